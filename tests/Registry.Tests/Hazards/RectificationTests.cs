using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Hazards.Findings;

namespace LeftBehind.Registry.Tests.Hazards;

/// <summary>Found → ordered → rectified; overdue from the day after the due date on, once.</summary>
public sealed class RectificationTests
{
    private static readonly DateOnly Today = Samples.Today;
    private static readonly Hazard Found = Hazard.New(Guid.NewGuid()).After(new HazardFound(HazardPlace.Home, null,
        new(Guid.NewGuid(), Guid.NewGuid(), Samples.Matian, HazardKind.Scald, HazardState.Found, Today)));
    private static readonly RectificationOrder ByVillage = new(Samples.Matian, OwnerDepartment.CivilAffairs, Today.AddDays(5));
    private static readonly Hazard Ordered = Order(Found);

    [Fact]
    public void A_rectification_is_ordered_once_and_the_same_again_is_no_news()
    {
        Assert.Equal((HazardState.Ordered, Today.AddDays(5), 2L), (Ordered.Facts!.State, Ordered.Facts.DueOn!.Value, Ordered.Version));
        Assert.Empty(OrderRectification.Decide(new(ByVillage, Today.AddDays(5)), Ordered, Today));
        Assert.Throws<RejectedException>(() => OrderRectification.Decide(new(ByVillage with { OrderedBy = Today.AddDays(9) }, Today.AddDays(9)), Ordered, Today));
        Assert.Throws<RejectedException>(() => OrderRectification.Decide(new(ByVillage, Today.AddDays(5)), Rectify(Found, Today, Today), Today));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void A_due_date_may_be_today_and_not_before(int days, bool taken)
    {
        IEnumerable<IHazardEvent> Decide() => OrderRectification.Decide(new(ByVillage with { OrderedBy = Today.AddDays(days) }, Today.AddDays(days)), Found, Today);
        if (taken)
            Assert.Single(Decide());
        else
            Assert.Throws<RejectedException>(Decide);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void A_hazard_is_overdue_after_its_due_date_once(int days, bool overdue)
    {
        var decided = OverdueHazards.Decide(Ordered, Today.AddDays(days)).ToList();
        Assert.Equal(overdue, decided.Count == 1);
        Assert.Empty(OverdueHazards.Decide(Found, Today.AddDays(days)));
        if (!overdue)
            return;
        Assert.Empty(OverdueHazards.Decide(Ordered.After(decided[0]), Today.AddDays(days)));
        Assert.Equal(WorkCalendar.StartOf(Today.AddDays(6)), OverdueHazards.AtDue((HazardOverdue)decided[0]).OccurredAt);
    }

    [Fact]
    public void Done_on_the_due_date_is_in_time_also_when_told_late_and_after_the_sweep()
    {
        var overdue = OverdueHazards.Decide(Ordered, Today.AddDays(9)).Aggregate(Ordered, (h, e) => h.After(e));
        foreach (var hazard in (Hazard[])[Ordered, overdue])
            Assert.Equal(HazardState.Rectified, Rectify(hazard, Today.AddDays(5), Today.AddDays(9)).Facts!.State);
    }

    [Fact]
    public void Done_after_the_due_date_is_late_and_was_overdue_first_whether_the_sweep_came_or_not()
    {
        var decided = RecordRectified.Decide(Ordered, Today.AddDays(6), Today.AddDays(6)).ToList();
        Assert.Equal([typeof(HazardOverdue), typeof(Rectified)], decided.Select(e => e.GetType()));
        Assert.Equal(HazardState.RectifiedLate, decided[1].After.State);
        var overdue = OverdueHazards.Decide(Ordered, Today.AddDays(6)).Aggregate(Ordered, (h, e) => h.After(e));
        Assert.Equal(HazardState.RectifiedLate, Assert.Single(RecordRectified.Decide(overdue, Today.AddDays(6), Today.AddDays(6))).After.State);
    }

    [Fact]
    public void A_hazard_that_nobody_ordered_to_rectify_is_rectified_too() => Assert.Equal(HazardState.Rectified, Rectify(Found, Today, Today).Facts!.State);

    [Fact]
    public void It_is_rectified_on_one_day_between_the_finding_and_today()
    {
        var rectified = Rectify(Found, Today.AddDays(1), Today.AddDays(2));
        Assert.Empty(RecordRectified.Decide(rectified, Today.AddDays(1), Today.AddDays(3)));
        Assert.Throws<RejectedException>(() => RecordRectified.Decide(rectified, Today.AddDays(2), Today.AddDays(3)));
        Assert.Throws<RejectedException>(() => RecordRectified.Decide(Found, Today.AddDays(-1), Today));
        Assert.Throws<RejectedException>(() => RecordRectified.Decide(Found, Today.AddDays(1), Today));
    }

    [Fact]
    public void A_due_date_that_was_ordered_is_a_local_rule_and_none_is_a_platform_default_and_neither_is_law()
    {
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
        var ordered = RectificationTerms.Of(Today.AddDays(5), now);
        Assert.Equal((ObligationBasis.LocalRule, WorkCalendar.StartOf(Today.AddDays(6))), (ordered.Basis, ordered.DueAt(now, null!)));
        Assert.Equal(ObligationBasis.PlatformDefault, RectificationTerms.Of(null, now).Basis);
        Assert.Contains("平台默认", RectificationTerms.Default.Citation, StringComparison.Ordinal);
    }

    private static Hazard Order(Hazard hazard) => OrderRectification.Decide(new(ByVillage, Today.AddDays(5)), hazard, Today).Aggregate(hazard, (h, e) => h.After(e));

    private static Hazard Rectify(Hazard hazard, DateOnly on, DateOnly today) => RecordRectified.Decide(hazard, on, today).Aggregate(hazard, (h, e) => h.After(e));
}
