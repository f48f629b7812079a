using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.EventLog;

namespace LeftBehind.Obligations.Tests;

public sealed class ObligationTests
{
    private static readonly DateTimeOffset Due = Given.Start.AddHours(72);

    [Fact]
    public void Opened_twice_is_opened_once()
    {
        var opened = Given.Opened(Given.Order);
        Assert.Empty(opened.Open(Given.Opening(Given.Order)));
        Assert.Empty(opened.With(opened.Fulfil(Given.Start.AddHours(1))).Open(Given.Opening(Given.Order)));
    }

    [Fact]
    public void The_same_duty_has_the_same_id_and_another_kind_subject_or_key_has_another()
    {
        var id = Obligation.IdOf("registry.visit", Given.Child, "2026-Q1");
        Assert.Equal(id, Obligation.IdOf("registry.visit", Given.Child with { }, "2026-Q1"));
        Guid[] others =
        [
            Obligation.IdOf("registry.contact", Given.Child, "2026-Q1"), Obligation.IdOf("registry.visit", Given.Child with { Kind = "pupil" }, "2026-Q1"),
            Obligation.IdOf("registry.visit", Given.Child with { Id = Guid.NewGuid() }, "2026-Q1"), Obligation.IdOf("registry.visit", Given.Child, "2026-Q2"),
        ];
        Assert.Equal(5, others.Append(id).Distinct().Count());
        Assert.Equal(Obligation.KeyOf(Given.Start), Obligation.KeyOf(Given.Start.ToUniversalTime()));
    }

    [Fact]
    public void It_comes_at_risk_is_breached_and_escalated_each_at_its_own_hour()
    {
        var obligation = Given.Opened(Given.Order);
        Assert.Equal(Due.AddHours(-12), obligation.NextAt);
        Assert.Empty(obligation.Turn(Due.AddHours(-12).AddMilliseconds(-1)));
        obligation = Turned(obligation, Due.AddHours(-12), typeof(ObligationAtRisk));
        Assert.Equal((ObligationState.AtRisk, Due), (obligation.State, obligation.NextAt!.Value));

        Assert.Empty(obligation.Turn(Due.AddMilliseconds(-1)));
        obligation = Turned(obligation, Due, typeof(ObligationBreached));
        Assert.Equal((ObligationState.Breached, Due.AddHours(1)), (obligation.State, obligation.NextAt!.Value));

        Assert.Empty(obligation.Turn(Due.AddHours(1).AddMilliseconds(-1)));
        obligation = Turned(obligation, Due.AddHours(1), typeof(ObligationEscalated));
        Assert.Equal(DivisionLevel.City, obligation.EscalatedTo);
        Assert.Null(obligation.NextAt);
        Assert.Empty(obligation.Turn(Due.AddYears(1)));
    }

    [Fact]
    public void A_sweep_that_comes_late_tells_all_of_it_at_the_time_it_happened()
    {
        var events = Given.Opened(Given.Order).Turn(Due.AddDays(9));
        Assert.Equal([typeof(ObligationAtRisk), typeof(ObligationBreached), typeof(ObligationEscalated)], events.Kinds());
        Assert.Equal([Due.AddHours(-12), Due, Due.AddHours(1)], events.Select(e => e.At));
    }

    [Fact]
    public void An_urgent_order_undecided_after_24_hours_is_breached_and_brought_before_the_city()
    {
        var urgent = new ObligationTerms("guardianship.decideUrgentOrder", ObligationBasis.Law, "反家暴法 §28", Clock.Natural(TimeSpan.FromHours(24))) { EscalatesAfter = TimeSpan.Zero };
        var events = Given.Opened(urgent).Turn(Given.Start.AddHours(25));
        Assert.Equal([typeof(ObligationBreached), typeof(ObligationEscalated)], events.Kinds());
        Assert.Equal(DivisionLevel.City, ((ObligationEscalated)events[1]).To);
    }

    [Fact]
    public void Above_a_village_is_the_town_and_above_the_province_nobody()
    {
        Assert.Equal(DivisionLevel.Town, Given.Opened(Given.Order, owner: Given.Village).Turn(Due.AddDays(1)).OfType<ObligationEscalated>().Single().To);
        var province = Given.Opened(Given.Order, owner: Given.Province);
        province = province.With(province.Turn(Due.AddDays(1)));
        Assert.Equal((ObligationState.Breached, (DivisionLevel?)null, (DateTimeOffset?)null), (province.State, province.EscalatedTo, province.NextAt));
    }

    [Fact]
    public void What_is_due_at_once_is_alerted_and_escalated_and_never_breached()
    {
        var obligation = Given.Opened(Given.AtOnce);
        var events = obligation.Turn(Given.Start.AddYears(1));
        Assert.Equal([typeof(ObligationAtRisk), typeof(ObligationEscalated)], events.Kinds());
        obligation = obligation.With(events);
        Assert.Equal(ObligationState.AtRisk, obligation.State);
        var done = Assert.IsType<ObligationFulfilled>(Assert.Single(obligation.Fulfil(Given.Start.AddYears(2))));
        Assert.Equal((false, DivisionLevel.City), (done.Late, done.EscalatedTo!.Value));
        Assert.Equal(Given.Start.AddYears(2) - Given.Start, done.At - done.Of.StartsAt);
    }

    [Fact]
    public void Done_in_time_it_never_breaches()
    {
        var obligation = Given.Opened(Given.Order);
        obligation = obligation.With(obligation.Fulfil(Due.AddMilliseconds(-1)));
        Assert.Equal((ObligationState.Fulfilled, (DateTimeOffset?)null), (obligation.State, obligation.NextAt));
        Assert.Empty(obligation.Turn(Due.AddYears(1)));
    }

    [Fact]
    public void Done_too_late_it_stays_known_as_breached_and_late()
    {
        var obligation = Given.Opened(Given.Order);
        obligation = obligation.With(obligation.Turn(Due));
        var events = obligation.Fulfil(Due.AddHours(3));
        Assert.Equal([typeof(ObligationEscalated), typeof(ObligationFulfilled)], events.Kinds());
        obligation = obligation.With(events);
        Assert.Equal((ObligationState.FulfilledLate, Due, DivisionLevel.City), (obligation.State, obligation.BreachedAt!.Value, obligation.Fulfilled!.EscalatedTo!.Value));
    }

    [Fact]
    public void Done_too_late_before_any_sweep_came_by_the_breach_is_an_event_all_the_same() =>
        Assert.Equal([typeof(ObligationAtRisk), typeof(ObligationBreached), typeof(ObligationFulfilled)], Given.Opened(Given.Order).Fulfil(Due).Kinds());

    [Fact]
    public void Done_in_time_and_told_after_the_breach_it_is_not_late_and_the_breach_stays_in_the_log()
    {
        var obligation = Given.Opened(Given.Order);
        obligation = obligation.With(obligation.Turn(Due.AddDays(1)));
        obligation = obligation.With(obligation.Fulfil(Due.AddHours(-1)));
        Assert.Equal((ObligationState.Fulfilled, Due), (obligation.State, obligation.BreachedAt!.Value));
    }

    [Fact]
    public void Fulfilled_or_waived_twice_is_nothing()
    {
        var open = Given.Opened(Given.Order);
        foreach (var ended in new[] { open.With(open.Fulfil(Due)), open.With(open.Waive("child moved away", Given.Start)) })
        {
            Assert.Empty(ended.Fulfil(Due.AddHours(1)));
            Assert.Empty(ended.Waive("once more", Due));
            Assert.Empty(ended.Turn(Due.AddYears(1)));
            Assert.Null(ended.NextAt);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   no   ")]
    [InlineData("431003201605011234 moved away")]
    [InlineData("call 13800138000 first")]
    public void A_waiver_needs_a_reason_that_names_nobody(string reason)
    {
        var refused = Assert.Throws<RejectedException>(() => Given.Opened(Given.Order).Waive(reason, Given.Start));
        Assert.DoesNotContain("1380", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waived_after_its_time_the_breach_stays_known()
    {
        var obligation = Given.Opened(Given.Order);
        obligation = obligation.With(obligation.Waive("已转入邻县", Due.AddDays(1)));
        Assert.Equal((ObligationState.Waived, Due, DivisionLevel.City), (obligation.State, obligation.BreachedAt!.Value, obligation.Waived!.EscalatedTo!.Value));
    }

    [Fact]
    public void What_was_never_opened_is_neither_fulfilled_nor_turned()
    {
        var nothing = Obligation.New(Guid.NewGuid());
        Assert.Empty(nothing.Fulfil(Due));
        Assert.Empty(nothing.Turn(Due));
        Assert.Empty(nothing.Waive("no such duty", Due));
    }

    private static Obligation Turned(Obligation obligation, DateTimeOffset now, Type expected)
    {
        var @event = Assert.Single(obligation.Turn(now));
        Assert.Equal((expected, now), (@event.GetType(), @event.At));
        return obligation.After(@event);
    }
}
