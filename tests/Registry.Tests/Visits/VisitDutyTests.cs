using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Registry;
using LeftBehind.Obligations;
using LeftBehind.Registry.Visits;

namespace LeftBehind.Registry.Tests.Visits;

/// <summary>When a visit is due, and what becomes of it when the plan changes.</summary>
public sealed class VisitDutyTests
{
    [Theory]
    // A week on from Saturday 2 May is Saturday 9 May, which is worked: no later (民法典 §203).
    [InlineData(Cadence.Weekly, 2, "2026-05-10")]
    // From Saturday 9 May, a week on is Saturday 16 May, which is not: the end of Monday 18.
    [InlineData(Cadence.Weekly, 9, "2026-05-19")]
    // A month on from 8 May is Monday 8 June.
    [InlineData(Cadence.Monthly, 8, "2026-06-09")]
    // A month on from 31 May is 30 June (民法典 §202).
    [InlineData(Cadence.Monthly, 31, "2026-07-01")]
    // Three months on from 8 May is Saturday 8 August: the end of Monday 10.
    [InlineData(Cadence.Quarterly, 8, "2026-08-11")]
    public void A_visit_is_due_by_the_end_of_the_last_day_or_of_the_next_working_day(Cadence cadence, int day, string tooLate) => Assert.Equal(
        DateOnly.Parse(tooLate, null), DateOnly.FromDateTime(Given.Rules.DueAt(cadence, Given.At(2026, 5, day, 10)).ToOffset(TimeSpan.FromHours(8)).DateTime));

    [Fact]
    public void A_child_that_becomes_left_behind_is_due_from_then_on_and_its_town_owes_the_visit()
    {
        var visits = Given.Visits(Given.LeftBehind, Given.Plan(Given.LeftBehind), Given.Now);
        Assert.Equal((Given.Now, Samples.Tree.Parent(Samples.Matian)), (visits.Duty!.StartsAt, visits.Duty.Town));
        Assert.Equal(new(Cadence.Quarterly, KeyListReasons.None, null, false, false, false), visits.Facts);
    }

    [Fact]
    public void A_child_of_whom_nothing_is_to_be_kept_has_no_visits() => Assert.Equal(0, Given.Visits(Given.AtHome, Given.Plan(Given.AtHome), Given.Now).Version);

    [Fact]
    public void The_same_plan_told_again_changes_nothing()
    {
        var plan = Given.Plan(Given.LeftBehind, RiskLevel.Medium);
        var visits = Given.Visits(Given.LeftBehind, plan, Given.Now);
        Assert.Same(visits, visits.Follow(Given.LeftBehind, plan, Given.Now.AddDays(3)));
    }

    [Fact]
    public void More_often_counts_from_the_last_visit_unless_that_is_too_late_by_now()
    {
        var visited = Given.Visits(Given.LeftBehind, Given.Plan(Given.LeftBehind), Given.Now.AddDays(-60));
        var lately = visited.Record(Given.LeftBehind, Given.Visit(Given.Now.AddDays(-2))).Follow(Given.LeftBehind, Given.Plan(Given.LeftBehind, RiskLevel.High), Given.Now);
        Assert.Equal(Given.Now.AddDays(-2), lately.Duty!.StartsAt);
        var longAgo = visited.Record(Given.LeftBehind, Given.Visit(Given.Now.AddDays(-20))).Follow(Given.LeftBehind, Given.Plan(Given.LeftBehind, RiskLevel.High), Given.Now);
        Assert.Equal((Given.Now, Cadence.Weekly), (longAgo.Duty!.StartsAt, longAgo.Duty.Cadence));
    }

    [Fact]
    public void Less_often_counts_from_the_last_visit()
    {
        var visits = Given.Visits(Given.LeftBehind, Given.Plan(Given.LeftBehind, RiskLevel.High), Given.Now).Record(Given.LeftBehind, Given.Visit(Given.Now.AddDays(1)));
        Assert.Equal(Given.Now.AddDays(1), visits.Follow(Given.LeftBehind, Given.Plan(Given.LeftBehind, RiskLevel.Low), Given.Now.AddDays(3)).Duty!.StartsAt);
    }

    [Fact]
    public void A_missing_visit_stays_missing_when_risk_or_key_list_change_and_ends_when_the_child_moves()
    {
        var missed = Miss(Given.Visits(Given.LeftBehind, Given.Plan(Given.LeftBehind, RiskLevel.High), Given.Now));
        var later = missed.Duty!.DueAt.AddDays(2);
        var lowered = missed.Follow(Given.LeftBehind, Given.Plan(Given.LeftBehind, RiskLevel.Low), later);
        Assert.Equal((missed.Duty, true), (lowered.Duty, lowered.Facts.Overdue));
        var moved = missed.Follow(Given.LeftBehind, Given.Plan(Given.LeftBehind, RiskLevel.High) with { Village = Samples.NextVillage }, later);
        Assert.Equal((later, false), (moved.Duty!.StartsAt, moved.Facts.Overdue));
    }

    [Fact]
    public void In_another_village_the_time_of_the_visit_goes_on()
    {
        var visits = Given.Visits(Given.LeftBehind, Given.Plan(Given.LeftBehind), Given.Now);
        var moved = visits.Follow(Given.LeftBehind, Given.Plan(Given.LeftBehind) with { Village = Samples.NextVillage }, Given.Now.AddDays(10));
        Assert.Equal((Given.Now, Samples.NextVillage), (moved.Duty!.StartsAt, moved.Duty.Village));
        Assert.NotEqual(visits.Duty!.Key, moved.Duty.Key);
    }

    [Fact]
    public void Who_is_not_visited_any_more_is_due_nothing()
    {
        var missed = Miss(Given.Visits(Given.LeftBehind, Given.Plan(Given.LeftBehind), Given.Now));
        var ended = missed.Follow(Given.AtHome, Given.Plan(Given.AtHome), Given.Now.AddDays(300));
        Assert.Equal((null, false), (ended.Duty, ended.Facts.Overdue));
    }

    [Fact]
    public void A_breach_of_another_duty_misses_nothing_and_a_waiver_is_followed_by_the_next_visit()
    {
        var visits = Given.Visits(Given.LeftBehind, Given.Plan(Given.LeftBehind), Given.Now);
        var duty = visits.Duty!.ObligationOf(Given.LeftBehind.Id);
        Assert.Null(MissedVisits.Decide(Given.LeftBehind.Id, Guid.NewGuid(), new ObligationBreached(Of(visits), visits.Duty.DueAt), visits, Given.Rules));
        var waived = Given.Now.AddDays(100);
        var letGo = Assert.IsType<VisitLetGo>(MissedVisits.Decide(Given.LeftBehind.Id, duty, new ObligationWaived(Of(visits), "the family is away", null, waived), visits, Given.Rules));
        Assert.Equal(waived, letGo.Duty!.StartsAt);
    }

    private static ChildVisits Miss(ChildVisits visits)
    {
        var told = MissedVisits.Decide(Given.LeftBehind.Id, visits.Duty!.ObligationOf(Given.LeftBehind.Id), new ObligationBreached(Of(visits), visits.Duty.DueAt), visits, Given.Rules);
        var missed = visits.After(visits.Told(Given.LeftBehind.Id, Assert.IsType<VisitMissed>(told)));
        Assert.True(missed.Facts.Overdue);
        return missed;
    }

    private static Duty Of(ChildVisits visits) => new(VisitRules.Kind, VisitRules.SubjectOf(Given.LeftBehind.Id), visits.Duty!.Town, Contracts.Obligations.OwnerDepartment.CivilAffairs,
        visits.Duty.StartsAt, visits.Duty.DueAt, Contracts.Obligations.ObligationBasis.PlatformDefault, "平台默认");
}
