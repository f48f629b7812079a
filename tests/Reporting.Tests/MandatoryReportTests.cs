using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Accountability;
using LeftBehind.Reporting.Linking;
using LeftBehind.Reporting.Reports;
using Xunit;

namespace LeftBehind.Reporting.Tests;

/// <summary>Who reports, by which list, when; and what people decide about a report, which never deletes it nor lowers its urgency.</summary>
public class MandatoryReportTests
{
    private static readonly ReportSetAside Unfounded = new(SetAsideAs.Unfounded, Given.Text, Given.Officer);

    [Fact]
    public void Every_reporter_kind_of_the_policy_reports_on_its_footing()
    {
        Assert.Equal(
            [ReporterKind.School, ReporterKind.Kindergarten, ReporterKind.Hospital, ReporterKind.VillageCommittee, ReporterKind.SocialWorkOrganisation, ReporterKind.ReliefStation, ReporterKind.WelfareInstitution],
            Enum.GetValues<ReporterKind>().Where(k => Reporters.DutyOf(k) is ReporterDuty.Mandated));
        Assert.Equal([ReporterKind.Citizen, ReporterKind.Organisation], Enum.GetValues<ReporterKind>().Where(k => Reporters.DutyOf(k) is ReporterDuty.Voluntary));
        Assert.Equal((ReporterDuty.Own, ReporterDuty.Rule), (Reporters.DutyOf(ReporterKind.Child), Reporters.DutyOf(ReporterKind.PlatformRule)));
    }

    [Fact]
    public void Nine_categories_are_mapped_to_the_situations_and_kept_beside_them()
    {
        Assert.Equal(9, Enum.GetValues<ReportedCategory>().Length);
        Assert.All(Enum.GetValues<ReportedCategory>(), c => Assert.True(Enum.IsDefined(Categories.SituationOf(c))));
        var report = Given.After(new Report(Guid.NewGuid()), r => ReportHarm.Decide(
            Given.Report(Situation.GuardianIncapableOrFailing) with { Category = ReportedCategory.SexualHarmUnder14 }, r, null, Given.Now));
        Assert.Equal((Situation.GuardianIncapableOrFailing, ReportedCategory.SexualHarmUnder14), (report.Facts.Situation, report.Facts.Category));
        Assert.Equal(Urgency.Emergency, report.Case.Urgency);
    }

    [Fact]
    public void It_is_found_then_reported_and_the_police_learn_of_what_was_found()
    {
        static Report Reported(ReportHarm harm) => Given.After(new Report(Guid.NewGuid()), r => ReportHarm.Decide(harm, r, null, Given.Now));
        var harm = Given.Report(Situation.Missing);
        var told = Reported(harm with { ReportedAt = Given.Now.AddHours(-1), PoliceToldAt = Given.Found });
        Assert.Equal((Given.Now.AddHours(-1), Given.Now, Given.Found), (told.ReportedAt, told.ReceivedAt, told.PoliceNotifiedAt));
        foreach (var wrong in new[]
        {
            harm with { ReportedAt = Given.Found.AddMinutes(-1) }, harm with { ReportedAt = Given.Now.AddMinutes(1) }, harm with { DiscoveredAt = Given.Now.AddMinutes(1) },
            harm with { PoliceToldAt = Given.Found.AddMinutes(-1) }, harm with { PoliceToldAt = Given.Now.AddMinutes(1) },
        })
            Assert.Throws<RejectedException>(() => Reported(wrong));
        // A later referral does not make the police learn of it later.
        Assert.Equal(Given.Found, told.After(new ReferredToPolice(Guid.NewGuid(), Given.Now, Given.Officer)).PoliceNotifiedAt);
    }

    [Fact]
    public void A_report_goes_through_its_states()
    {
        var report = Given.Received(Situation.Missing);
        Assert.Equal(ReportState.Received, report.State);
        report = Given.After(report, r => TriageReport.Decide(new(Urgency.Emergency, Given.Officer), r));
        Assert.Equal(ReportState.Triaged, report.State);
        report = report.After(new ReferredToPolice(Guid.NewGuid(), Given.Now, Given.Officer));
        Assert.Equal(ReportState.ReferredToPolice, report.State);
        report = report.After(new ReportUnderHandling(Guid.NewGuid()));
        Assert.Equal(ReportState.UnderHandling, report.State);
        Assert.Equal(ReportState.Concluded, report.After(new ReportConcluded(Guid.NewGuid())).State);
    }

    [Fact]
    public void Triage_only_raises_and_only_what_is_open()
    {
        var report = Given.Received(Situation.LivingAlone);
        Assert.Throws<RejectedException>(() => TriageReport.Decide(new(Urgency.Ordinary, Given.Officer), report));
        var raised = Given.After(report, r => TriageReport.Decide(new(Urgency.Emergency, Given.Officer), r));
        Assert.Equal(Urgency.Emergency, raised.Case.Urgency);
        Assert.Empty(TriageReport.Decide(new(Urgency.Emergency, Given.Officer), raised));
        Assert.Throws<RejectedException>(() => TriageReport.Decide(new(Urgency.High, Given.Officer), raised));
        foreach (var ended in new[] { report.After(Unfounded), report.After(new ReportConcluded(Guid.NewGuid())) })
            Assert.Throws<RejectedException>(() => TriageReport.Decide(new(Urgency.Emergency, Given.Officer), ended));
    }

    [Fact]
    public void What_is_set_aside_stays_with_its_urgency_and_a_further_report_opens_a_new_case()
    {
        var report = Given.Received(Situation.DomesticViolence);
        var aside = Given.After(report, r => SetAsideReport.Decide(Unfounded, r));

        Assert.Equal((ReportState.Unfounded, Urgency.Emergency), (aside.State, aside.Case.Urgency));
        Assert.Equal(ReportState.OutOfScope, report.After(Unfounded with { As = SetAsideAs.OutOfScope }).State);
        Assert.Empty(SetAsideReport.Decide(Unfounded, aside));
        Assert.Throws<RejectedException>(() => SetAsideReport.Decide(Unfounded with { As = SetAsideAs.OutOfScope }, aside));
        Assert.Throws<RejectedException>(() => ReferToPolice.Decide(new(Guid.NewGuid(), Given.Now, Given.Officer), aside, Given.Now));
        Assert.IsType<HarmReported>(Assert.Single(ReportHarm.Decide(Given.Report(Situation.Missing), new(Guid.NewGuid()), aside, Given.Now)));
    }

    [Fact]
    public void What_the_police_answer_or_joined_a_case_is_not_set_aside()
    {
        var report = Given.Received(Situation.Missing);
        Assert.Throws<RejectedException>(() => SetAsideReport.Decide(Unfounded, report.After(new ReferredToPolice(Guid.NewGuid(), Given.Now, Given.Officer))));
        Assert.Throws<RejectedException>(() => SetAsideReport.Decide(Unfounded, report.After(new ReportLinked(report.Case, Guid.NewGuid(), Urgency.High))));
    }

    [Fact]
    public void A_report_without_a_child_has_open_cases_of_its_place_proposed_and_one_with_a_child_none()
    {
        var (nameless, other) = (Nameless(), Guid.NewGuid());
        var proposed = Given.After(nameless, r => ProposeLinks.Decide(r, [nameless.Id, other]));
        Assert.Equal([other], proposed.Proposed);
        Assert.True(proposed.IsOpenCase);
        Assert.Empty(ProposeLinks.Decide(nameless, [nameless.Id]));
        Assert.Empty(ProposeLinks.Decide(Given.Received(Situation.Missing), [other]));

        var dismissed = Given.After(proposed, r => DismissProposal.Decide(new(other, Given.Officer), r));
        Assert.Empty(dismissed.Proposed);
        Assert.Empty(DismissProposal.Decide(new(other, Given.Officer), dismissed));
        Assert.Throws<RejectedException>(() => DismissProposal.Decide(new(Guid.NewGuid(), Given.Officer), dismissed));
    }

    [Fact]
    public void A_person_joins_a_report_to_a_case_that_keeps_its_urgency_or_rises()
    {
        var (nameless, openCase) = (Nameless(Situation.DomesticViolence), Given.Received(Situation.GuardianIncapableOrFailing));
        var joined = Given.After(nameless, r => LinkReport.Decide(r, openCase));
        openCase = Given.After(openCase, c => LinkReport.Join(nameless, c));

        Assert.Equal((ReportState.Linked, openCase.Id, Given.Child), (joined.State, joined.LinkedTo, joined.Case.Child));
        Assert.Equal(Urgency.Emergency, openCase.Case.Urgency);
        Assert.Equal([Situation.GuardianIncapableOrFailing, Situation.DomesticViolence], openCase.Situations);
        Assert.Empty(LinkReport.Decide(joined, openCase));
        var calm = Given.After(openCase, c => LinkReport.Join(Nameless(Situation.LivingAlone), c));
        Assert.Equal(Urgency.Emergency, calm.Case.Urgency);
    }

    [Fact]
    public void Another_childs_report_a_closed_case_and_what_is_answered_already_are_not_joined()
    {
        var (nameless, openCase) = (Nameless(), Given.Received(Situation.Missing));
        var another = Given.After(new Report(Guid.NewGuid()), r => ReportHarm.Decide(Given.Report(Situation.Missing, child: Guid.NewGuid()), r, null, Given.Now));
        foreach (var (report, target) in new[]
        {
            (another, openCase), (nameless, nameless), (nameless, openCase.After(new ReportConcluded(Guid.NewGuid()))), (nameless.After(Unfounded), openCase),
            (nameless.After(new ReferredToPolice(Guid.NewGuid(), Given.Now, Given.Officer)), openCase),
            (nameless.After(new RepeatReceived(Guid.NewGuid(), Situation.Missing, Urgency.Emergency, null)), openCase),
            (nameless.After(new ReportLinked(nameless.Case, Guid.NewGuid(), Urgency.High)), openCase),
        })
            Assert.Throws<RejectedException>(() => LinkReport.Decide(report, target));
    }

    [Fact]
    public void A_joined_report_is_shielded_with_its_case_and_the_case_with_it()
    {
        var concerned = Given.After(new Report(Guid.NewGuid()), r => ReportHarm.Decide(
            Given.Report(Situation.OtherHarm, concerned: new("school-7", null)) with { Child = null }, r, null, Given.Now));
        var plain = Given.Received(Situation.Missing);
        Assert.True(Given.After(plain, c => LinkReport.Join(concerned, c)) is { Case.Shielded: true, Concerns.Count: 1 });
        Assert.True(Given.After(Nameless(), r => LinkReport.Decide(r, plain with { Case = plain.Case with { Shielded = true } })).Facts.Shielded);
    }

    [Fact]
    public void Whoever_must_report_and_did_not_is_held_to_account_by_the_organ_above()
    {
        var failure = new FailureToReportFound("第一小学", ReporterKind.School, Given.Found, Given.Text, Given.Now, Given.Officer);
        var report = Given.After(Given.Received(Situation.DomesticViolence), r => RecordFailureToReport.Decide(failure, r));
        var held = new AccountabilityRecorded("第一小学", AccountabilityMeasure.Disciplined, "教育局", "教字1号", Given.Now, Given.Officer);

        Assert.Single(RecordAccountability.Decide(held, report, Given.Now));
        Assert.Empty(RecordAccountability.Decide(held with { By = "another" }, report.After(held), Given.Now));
        Assert.Throws<RejectedException>(() => RecordAccountability.Decide(held with { Organisation = "第二小学" }, report, Given.Now));
        Assert.Throws<RejectedException>(() => RecordAccountability.Decide(held with { At = Given.Now.AddMinutes(1) }, report, Given.Now));
        Assert.Throws<RejectedException>(() => RecordAccountability.Decide(held with { At = Given.Found.AddMinutes(-1) }, report, Given.Now));
        Assert.Throws<RejectedException>(() => RecordAccountability.Decide(held with { Organ = "第一小学" }, report, Given.Now));
        Assert.Empty(RecordFailureToReport.Decide(failure, report));
        Assert.Throws<RejectedException>(() => RecordFailureToReport.Decide(failure with { KnewAt = Given.Now }, report));
        Assert.Throws<RejectedException>(() => RecordFailureToReport.Decide(failure with { Organisation = "第二小学", KnewAt = Given.Now.AddMinutes(1) }, report));
        Assert.Throws<RejectedException>(() => RecordFailureToReport.Decide(failure with { Kind = ReporterKind.Citizen }, report));
    }

    [Fact]
    public void Only_known_volunteers_are_commended()
    {
        var praise = new ReporterCommended(CommendationForm.Praise, "公安局", null, Given.Now, Given.Officer);
        static Report By(ReporterKind kind, bool anonymous = false) => Given.After(new Report(Guid.NewGuid()), r => ReportHarm.Decide(
            Given.Report(Situation.Missing) with { Reporter = kind, Anonymous = anonymous }, r, null, Given.Now));

        Assert.Single(CommendReporter.Decide(praise, By(ReporterKind.Citizen), Given.Now));
        Assert.Empty(CommendReporter.Decide(praise with { By = "another" }, By(ReporterKind.Organisation).After(praise), Given.Now));
        foreach (var kind in Enum.GetValues<ReporterKind>().Where(k => Reporters.DutyOf(k) is not ReporterDuty.Voluntary))
            Assert.Throws<RejectedException>(() => CommendReporter.Decide(praise, By(kind), Given.Now));
        Assert.Throws<RejectedException>(() => CommendReporter.Decide(praise, By(ReporterKind.Citizen, anonymous: true), Given.Now));
        Assert.Throws<RejectedException>(() => CommendReporter.Decide(praise with { At = Given.Now.AddMinutes(-1) }, By(ReporterKind.Citizen), Given.Now));
    }

    private static Report Nameless(Situation situation = Situation.LivingAlone) => Given.After(new Report(Guid.NewGuid()),
        r => ReportHarm.Decide(Given.Report(situation) with { Child = null }, r, null, Given.Now));
}
