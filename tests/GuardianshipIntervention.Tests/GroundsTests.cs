using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Petitions;
using Xunit;
using static LeftBehind.GuardianshipIntervention.Petitions.Limb;

namespace LeftBehind.GuardianshipIntervention.Tests;

/// <summary>Each ground on both sides of its threshold.</summary>
public class GroundsTests
{
    private static readonly DateTimeOffset Now = Story.Now;

    [Theory]
    [InlineData(PetitionGrounds.G1, new[] { HarmInflicted, SevereHarm })]
    [InlineData(PetitionGrounds.G3, new[] { DutyRefused, Destitute })]
    [InlineData(PetitionGrounds.G4, new[] { ViceOrIncapacity, DelegationRefused, HardshipOrDanger })]
    [InlineData(PetitionGrounds.G6, new[] { IncitedToOffend, GraveCircumstances })]
    public void A_ground_is_shown_by_all_of_its_limbs_and_by_no_fewer(PetitionGrounds ground, Limb[] limbs)
    {
        foreach (var left in limbs)
        {
            var story = limbs.Where(l => l != left).Aggregate(new Story(), (s, limb) => s.Evidence(limb, Now.AddMonths(-8)));
            Assert.Equal((LimbState.Missing, false, false), (story.Find(left).State, story.Ground(ground).Shown, story.Ground(ground).MayBePleaded));
            Assert.Contains(left.ToString(), story.Refused(CourtAct.PetitionFiled, with: r => r with { Pleaded = ground }), StringComparison.Ordinal);
            Assert.True(story.Evidence(left, Now.AddMonths(-8)).Ground(ground).Shown);
            Assert.Equal(CaseState.PetitionFiled, story.Act(CourtAct.PetitionFiled, with: r => r with { Pleaded = ground }).Case.State);
        }
    }

    [Fact]
    public void G2_needs_one_education_and_what_happened_after_it()
    {
        var story = new Story(conduct: Conduct.LeftUnattended).Evidence(DangerFaced).Evidence(NotCorrected, Now.AddDays(-40));
        Assert.Equal((LimbState.Missing, 0), (story.Find(Educated).State, story.Find(Educated).Counted));
        Assert.Equal(LimbState.Missing, story.Find(NotCorrected).State);

        story.Step(Conduct.LeftUnattended, InterventionAct.FamilyEducationOrder, Now.AddDays(-30), OrganKind.Other);
        Assert.Equal(LimbState.Shown, story.Find(Educated).State);
        Assert.False(story.Ground(PetitionGrounds.G2).MayBePleaded, "What was before the education shows nothing of what it changed.");
        Assert.True(story.Evidence(NotCorrected, Now.AddDays(-29)).Ground(PetitionGrounds.G2).Shown);
    }

    [Fact]
    public void G2_counts_no_education_on_another_conduct() =>
        Assert.Equal(LimbState.Missing, new Story().Step(Conduct.Abuse, InterventionAct.Admonition, Now.AddDays(-30)).Find(Educated).State);

    [Fact]
    public void G5_two_education_acts_are_refused_and_three_accepted_if_not_corrected_and_severely_affecting()
    {
        var story = new Story(conduct: Conduct.ExploitedForBegging);
        foreach (var days in new[] { -90, -80 })
            story.Step(Conduct.ExploitedForBegging, InterventionAct.Admonition, Now.AddDays(days));
        story.Evidence(CorrectionRefused, Now.AddDays(-60)).Evidence(LifeAndStudyAffected);
        Assert.Contains("EducatedThreeTimes (2 of 3)", story.Refused(CourtAct.PetitionFiled, with: Begging), StringComparison.Ordinal);

        story.Step(Conduct.ExploitedForBegging, InterventionAct.Reprimand, Now.AddDays(-70), OrganKind.ReliefBody);
        Assert.True(story.Ground(PetitionGrounds.G5).Shown);
        Assert.Equal(CaseState.PetitionFiled, story.Act(CourtAct.PetitionFiled, with: Begging).Case.State);
    }

    [Theory]
    [InlineData(CorrectionRefused)]
    [InlineData(LifeAndStudyAffected)]
    public void G5_three_education_acts_alone_are_not_enough(Limb left)
    {
        var story = ThreeTimes(OrganKind.Police);
        foreach (var limb in new[] { CorrectionRefused, LifeAndStudyAffected }.Where(l => l != left))
            story.Evidence(limb);
        Assert.Contains(left.ToString(), story.Refused(CourtAct.PetitionFiled, with: Begging), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OrganKind.Police, true)]
    [InlineData(OrganKind.ReliefBody, true)]
    [InlineData(OrganKind.CivilAffairs, true)]
    [InlineData(OrganKind.OtherDepartment, true)]
    [InlineData(OrganKind.VillageCommittee, false)]
    [InlineData(OrganKind.Other, false)]
    [InlineData(null, false)]
    public void G5_counts_the_criticism_of_departments_alone(OrganKind? organ, bool counts) =>
        Assert.Equal((counts ? 3 : 0, counts ? LimbState.Shown : LimbState.Missing), (ThreeTimes(organ).Find(EducatedThreeTimes).Counted, ThreeTimes(organ).Find(EducatedThreeTimes).State));

    [Fact]
    public void G5_counts_a_document_once()
    {
        var story = new Story();
        for (var again = 0; again < 3; again++)
            story.Step(Conduct.ExploitedForBegging, InterventionAct.Admonition, Now.AddDays(-30), document: "教育1号");
        Assert.Equal(1, story.Find(EducatedThreeTimes).Counted);
    }

    [Theory]
    [InlineData("2026-03-01", "2026-08-31", false)]
    [InlineData("2026-03-01", "2026-09-01", true)]
    [InlineData("2025-08-31", "2026-02-27", false)]
    [InlineData("2025-08-31", "2026-02-28", true)]
    [InlineData("2023-08-30", "2024-02-28", false)]
    [InlineData("2023-08-30", "2024-02-29", true)]
    [InlineData("2025-09-30", "2026-03-29", false)]
    [InlineData("2025-09-30", "2026-03-30", true)]
    public void G3_a_refusal_lasts_six_months_to_the_day(string began, string filed, bool lasts)
    {
        var asOf = At(filed);
        var of = new InterventionCase(Guid.NewGuid()).After(new Cases.EvidenceRecorded(null!, new Story().Item(DutyRefused, At(began))));
        var limb = Grounds.Of(of, asOf).SelectMany(g => g.Limbs).Single(l => l.Limb is DutyRefused);
        Assert.Equal((lasts ? LimbState.Shown : LimbState.Missing, lasts ? 6 : 5, 6), (limb.State, limb.Counted, limb.Needed));
    }

    [Fact]
    public void G3_a_petition_one_day_short_of_six_months_is_refused()
    {
        var filed = Now.AddDays(-10);
        var story = new Story().Evidence(Destitute, Now.AddMonths(-1)).Evidence(DutyRefused, filed.AddMonths(-6).AddDays(1));
        Assert.Contains("DutyRefused (5 of 6)", story.Refused(CourtAct.PetitionFiled, filed, r => r with { Pleaded = PetitionGrounds.G3 }), StringComparison.Ordinal);
        Assert.Equal(CaseState.PetitionFiled, story.Act(CourtAct.PetitionFiled, filed.AddDays(1), r => r with { Pleaded = PetitionGrounds.G3 }).Case.State);
    }

    [Fact]
    public void G4_is_refused_while_care_is_delegated()
    {
        var story = new Story().Evidence(ViceOrIncapacity).Evidence(DelegationRefused).Evidence(HardshipOrDanger);
        story.Take(Children.FollowCare.Decide(story.Case, entrusted: true));
        Assert.Contains("DelegationRefused", story.Refused(CourtAct.PetitionFiled, with: r => r with { Pleaded = PetitionGrounds.G4 }), StringComparison.Ordinal);
        Assert.Empty(Children.FollowCare.Decide(story.Case, entrusted: true));

        story.Take(Children.FollowCare.Decide(story.Case, entrusted: false));
        Assert.Equal(CaseState.PetitionFiled, story.Act(CourtAct.PetitionFiled, with: r => r with { Pleaded = PetitionGrounds.G4 }).Case.State);
    }

    [Fact]
    public void What_is_disputed_is_told_so_and_bars_no_petition_but_is_not_shown()
    {
        var story = new Story().Harmed();
        Assert.Equal(PetitionGrounds.G1, Grounds.ShownIn(story.Case, Now));
        var item = story.Case.Evidence.Single(e => e.Limb is SevereHarm);
        story.Take(DisputeEvidence.Decide(new(item.Request, true), story.Case));
        Assert.Equal((LimbState.Disputed, false, true), (story.Find(SevereHarm).State, story.Ground(PetitionGrounds.G1).Shown, story.Ground(PetitionGrounds.G1).MayBePleaded));
        Assert.Equal(PetitionGrounds.None, Grounds.ShownIn(story.Case, Now));
        // Another item that nobody disputes shows it.
        Assert.Equal(LimbState.Shown, story.Evidence(SevereHarm).Find(SevereHarm).State);
        Assert.Empty(DisputeEvidence.Decide(new(item.Request, true), story.Case));
        Assert.Throws<RejectedException>(() => DisputeEvidence.Decide(new(Guid.NewGuid(), true), story.Case).ToList());
    }

    [Fact]
    public void An_act_on_such_conduct_shows_the_conduct_and_what_happened_later_shows_nothing()
    {
        var story = new Story(conduct: Conduct.Abuse);
        Assert.Equal(LimbState.Shown, story.Find(HarmInflicted).State);
        Assert.Equal(LimbState.Missing, story.Find(HarmInflicted, Now.AddYears(-1).AddSeconds(-1)).State);
    }

    [Fact]
    public void The_six_grounds_are_pleaded_under_the_three_of_the_code()
    {
        var grounds = Grounds.Of(new Story().Case, Now);
        Assert.Equal(Enum.GetValues<PetitionGrounds>().Skip(1), grounds.Select(g => g.Ground));
        Assert.Equal(Enum.GetValues<PleadingBasis>(), grounds.Select(g => g.Basis).Distinct());
        Assert.Equal(Enum.GetValues<Limb>(), grounds.SelectMany(g => g.Limbs).Select(l => l.Limb));
    }

    private static CourtRecord Begging(CourtRecord record) => record with { Pleaded = PetitionGrounds.G5 };

    private static Story ThreeTimes(OrganKind? organ) => new[] { -90, -80, -70 }.Aggregate(
        new Story(conduct: Conduct.ExploitedForBegging), (s, days) => s.Step(Conduct.ExploitedForBegging, InterventionAct.WrittenWarning, Now.AddDays(days), organ));

    private static DateTimeOffset At(string day) => new(DateTime.Parse(day, null).AddHours(9), TimeSpan.FromHours(8));
}
