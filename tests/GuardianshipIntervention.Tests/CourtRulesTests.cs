using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Petitions;
using Xunit;

namespace LeftBehind.GuardianshipIntervention.Tests;

/// <summary>What the law asks beyond an act's place in the table; each refusal names the article.</summary>
public class CourtRulesTests
{
    private static readonly DateTimeOffset Now = Story.Now, Made = new(2026, 2, 27, 10, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData("2026-08-27", true)]
    [InlineData("2026-08-28", false)]
    [InlineData("2026-02-27", true)]
    [InlineData("2026-02-26", false)]
    public void An_order_is_valid_for_six_months_at_the_most(string until, bool granted)
    {
        var story = new Story().Act(CourtAct.OrderApplied, Made.AddHours(-1));
        CourtRecord Until(CourtRecord r) => r with { Until = DateOnly.Parse(until, null) };
        if (granted)
            Assert.Equal(OrderState.Granted, story.Act(CourtAct.OrderGranted, Made, Until).Case.Order);
        else
            Assert.Contains("反家庭暴力法 §30", story.Refused(CourtAct.OrderGranted, Made, Until), StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_is_prolonged_before_it_lapses_to_a_later_day_by_six_months_at_the_most()
    {
        var story = Granted(until: new(2026, 3, 31));
        Assert.Contains("§30", story.Refused(CourtAct.OrderExtended, new(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(8))), StringComparison.Ordinal);
        Assert.Contains("§30", story.Refused(CourtAct.OrderExtended, Made.AddDays(20), r => r with { Until = new(2026, 3, 31) }), StringComparison.Ordinal);
        Assert.Contains("§30", story.Refused(CourtAct.OrderExtended, Made.AddDays(20), r => r with { Until = new(2026, 10, 1) }), StringComparison.Ordinal);
        story.Act(CourtAct.OrderExtended, new(2026, 3, 31, 23, 59, 59, TimeSpan.FromHours(8)), r => r with { Until = new(2026, 9, 30) });
        Assert.Equal((OrderState.Granted, new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.FromHours(8))), (story.Case.Order, CourtRules.LapsesAt(story.Case)));
    }

    [Fact]
    public void An_order_lapses_at_the_end_of_its_last_day_and_no_earlier()
    {
        var story = Granted(until: new(2026, 3, 31));
        var end = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(8));
        Assert.Contains("§30", story.Refused(CourtAct.OrderLapsed, end.AddTicks(-1)), StringComparison.Ordinal);
        Assert.Equal(OrderState.Lapsed, story.Act(CourtAct.OrderLapsed, end).Case.Order);
        Assert.Equal(OrderState.Applied, story.Act(CourtAct.OrderApplied).Case.Order);
    }

    [Theory]
    [InlineData("2026-03-04T23:59:59+08:00", true)]
    [InlineData("2026-03-05T00:00:00+08:00", false)]
    public void A_review_is_asked_for_within_five_days_and_does_not_suspend_the_order(string asked, bool inTime)
    {
        var story = Granted(until: new(2026, 6, 1));
        var at = DateTimeOffset.Parse(asked, null);
        if (!inTime)
        {
            Assert.Contains("反家庭暴力法 §31", story.Refused(CourtAct.OrderReviewAsked, at), StringComparison.Ordinal);
            return;
        }
        story.Act(CourtAct.OrderReviewAsked, at);
        Assert.Equal((OrderState.Granted, true), (story.Case.Order, CourtRules.ReviewPending(story.Case)));
        Assert.Contains("once", story.Refused(CourtAct.OrderReviewAsked, at), StringComparison.Ordinal);
        Assert.Equal((OrderState.Granted, false), (story.Act(CourtAct.OrderReviewUpheld).Case.Order, CourtRules.ReviewPending(story.Case)));
        Assert.Contains("§31", story.Refused(CourtAct.OrderReviewUpheld), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_is_entitled_files_a_petition_and_nobody_else()
    {
        foreach (var petitioner in Enum.GetValues<Petitioner>())
            if (FilePetition.Entitled.Contains(petitioner))
                Assert.Equal(CaseState.PetitionFiled, new Story().Harmed().Act(CourtAct.PetitionFiled, with: r => r with { Petitioner = petitioner }).Case.State);
            else
                Assert.Contains("民法典 §36", new Story().Harmed().Refused(CourtAct.PetitionFiled, with: r => r with { Petitioner = petitioner }), StringComparison.Ordinal);
        Assert.DoesNotContain(Petitioner.Police, FilePetition.Entitled);
        Assert.DoesNotContain(Petitioner.Respondent, FilePetition.Entitled);
        Assert.Contains("民法典 §36", new Story().Harmed().Refused(CourtAct.PetitionFiled, with: r => r with { Pleaded = PetitionGrounds.None }), StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_dated_after_the_petition_is_refused_and_shows_nothing_in_it()
    {
        var filed = Now.AddDays(-10);
        var story = new Story().Evidence(Limb.HarmInflicted).Evidence(Limb.SevereHarm, filed.AddSeconds(1));
        Assert.Contains("SevereHarm", story.Refused(CourtAct.PetitionFiled, filed), StringComparison.Ordinal);

        story.Evidence(Limb.SevereHarm, filed).Act(CourtAct.PetitionFiled, filed);
        var refused = Assert.Throws<RejectedException>(() => story.Evidence(Limb.SevereHarm, filed.AddSeconds(1)));
        Assert.Contains("民法典 §36", refused.Message, StringComparison.Ordinal);
        Assert.Equal(4, story.Evidence(Limb.SevereHarm, filed).Case.Evidence.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(GuardianKind.Missing)]
    public void A_judgment_without_a_guardian_is_refused(GuardianKind? guardian) =>
        Assert.Contains("民法典 §36", new Story().Harmed().Act(CourtAct.PetitionFiled).Refused(CourtAct.GuardianshipRevoked, with: r => r with { Guardian = guardian }), StringComparison.Ordinal);

    [Fact]
    public void Restoration_is_barred_after_an_intentional_crime_against_the_child_whenever_it_was_convicted()
    {
        Story Revoked() => new Story().Harmed().Act(CourtAct.PetitionFiled).Act(CourtAct.GuardianshipRevoked);
        Assert.Contains("民法典 §38", Revoked().Act(CourtAct.CrimeConvicted).Refused(CourtAct.RestorationPetitioned), StringComparison.Ordinal);
        Assert.Contains("民法典 §38", Revoked().Act(CourtAct.RestorationPetitioned).Act(CourtAct.CrimeConvicted).Refused(CourtAct.GuardianshipRestored), StringComparison.Ordinal);
        Assert.Equal(CaseState.Closed, Revoked().Act(CourtAct.RestorationPetitioned).Act(CourtAct.GuardianshipRestored).Case.State);
    }

    [Fact]
    public void Against_a_carer_there_is_no_petition_and_the_case_ends_unfit()
    {
        Assert.Contains("民法典总则编解释 §13", new Story(Respondent.EntrustedCarer).Harmed().Refused(CourtAct.PetitionFiled), StringComparison.Ordinal);
        Assert.Contains("§22", new Story().Refused(CourtAct.CarerFoundUnfit), StringComparison.Ordinal);
        var ended = new Story(Respondent.EntrustedCarer).Act(CourtAct.CarerFoundUnfit).Case;
        Assert.Equal((CaseState.Closed, CaseStep.CarerFoundUnfit), (ended.State, CaseTelling.StepOf(ended)));
    }

    [Fact]
    public void An_act_lies_neither_in_the_future_nor_before_what_it_follows()
    {
        var story = new Story().Act(CourtAct.OrderApplied, Made);
        Assert.Contains("before OrderApplied", story.Refused(CourtAct.OrderGranted, Made.AddTicks(-1)), StringComparison.Ordinal);
        Assert.Contains("future", story.Refused(CourtAct.OrderRefused, Now.AddTicks(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeat_changes_nothing_and_a_request_id_is_not_used_twice()
    {
        var story = new Story();
        var applied = story.Record(CourtAct.OrderApplied);
        story.Take(RecordCourtAct.Decide(new(applied), story.Case, Now));
        Assert.Empty(RecordCourtAct.Decide(new(applied), story.Case, Now));
        Assert.Empty(RecordCourtAct.Decide(new(applied with { Request = Guid.NewGuid() }), story.Case, Now));
        Assert.Throws<RejectedException>(() => RecordCourtAct.Decide(new(applied with { Urgent = true }), story.Case, Now).ToList());

        var item = story.Item(Limb.SevereHarm, Made);
        story.Take(RecordEvidence.Decide(new(item), story.Case, Now));
        Assert.Empty(RecordEvidence.Decide(new(item), story.Case, Now));
        Assert.Throws<RejectedException>(() => RecordEvidence.Decide(new(item with { Limb = Limb.Destitute }), story.Case, Now).ToList());
        Assert.Throws<RejectedException>(() => story.Evidence(Limb.Educated));
        Assert.Throws<RejectedException>(() => story.Evidence(Limb.Destitute, Now.AddTicks(1)));
    }

    [Fact]
    public void A_case_is_assigned_to_one_account_a_department_until_it_is_closed()
    {
        var story = new Story();
        foreach (var to in new Assignee[] { new("p1", AssignedDepartment.Police), new("j1", AssignedDepartment.Justice), new("p2", AssignedDepartment.Police) })
            story.Take(AssignCase.Decide(new(to), story.Case));
        Assert.Equal(["j1", "p2"], story.Case.Assignees.Select(a => a.Account));
        Assert.Empty(AssignCase.Decide(new(new("p2", AssignedDepartment.Police)), story.Case));
        story.Act(CourtAct.CaseClosed);
        Assert.Throws<RejectedException>(() => AssignCase.Decide(new(new("p3", AssignedDepartment.Police)), story.Case).ToList());
        Assert.Throws<RejectedException>(() => story.Evidence(Limb.Destitute));
    }

    private static Story Granted(DateOnly until) => new Story().Act(CourtAct.OrderApplied, Made.AddHours(-5)).Act(CourtAct.OrderGranted, Made, r => r with { Until = until });
}
