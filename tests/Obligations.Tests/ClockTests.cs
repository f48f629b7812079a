using LeftBehind.Contracts.Obligations;

namespace LeftBehind.Obligations.Tests;

public sealed class ClockTests
{
    [Theory]
    [InlineData("2026-05-08 10:00", 1, "2026-05-10 00:00")] // Saturday 9 May is worked for the holiday of 1 May
    [InlineData("2026-05-08 10:00", 2, "2026-05-12 00:00")]
    [InlineData("2026-05-09 10:00", 1, "2026-05-12 00:00")] // started on the make-up day itself
    [InlineData("2026-04-30 23:59", 1, "2026-05-07 00:00")] // 1 to 5 May rest
    [InlineData("2026-04-30 10:00", 5, "2026-05-12 00:00")]
    [InlineData("2026-02-13 08:00", 2, "2026-02-25 00:00")] // 14 February is worked, 15 to 23 rest
    [InlineData("2026-02-15 08:00", 1, "2026-02-25 00:00")] // a Sunday in the holiday
    [InlineData("2026-03-02 09:00", 10, "2026-03-17 00:00")]
    public void Working_days_end_with_the_nth_working_day_of_the_real_calendar(string starts, int days, string due) =>
        Assert.Equal(Given.China(due), Terms(Clock.WorkingDays(days)).DueAt(Given.China(starts), Given.Calendar));

    [Theory]
    [InlineData("2026-05-01 23:30", 24, "2026-05-02 23:30")]
    [InlineData("2026-02-27 08:00", 72, "2026-03-02 08:00")]
    public void Natural_hours_run_through_holidays(string starts, int hours, string due) =>
        Assert.Equal(Given.China(due), Terms(Clock.Natural(TimeSpan.FromHours(hours))).DueAt(Given.China(starts), Given.Calendar));

    [Theory]
    [InlineData("2026-05-02 10:00", 7, "2026-05-10 00:00")] // Saturday 9 May is worked
    [InlineData("2026-05-09 10:00", 7, "2026-05-19 00:00")] // Saturday 16 May is not, Monday 18 is
    [InlineData("2026-04-24 23:59", 7, "2026-05-07 00:00")] // 1 to 5 May rest
    public void Days_end_with_the_last_one_or_the_next_working_day(string starts, int days, string due) =>
        Assert.Equal(Given.China(due), Terms(Clock.Days(days)).DueAt(Given.China(starts), Given.Calendar));

    [Theory]
    [InlineData("2026-05-08 10:00", 1, "2026-06-09 00:00")]
    [InlineData("2026-05-31 10:00", 1, "2026-07-01 00:00")] // no 31 June: the month's last day (民法典 §202)
    [InlineData("2026-05-08 10:00", 3, "2026-08-11 00:00")] // Saturday 8 August: the end of Monday 10
    public void Months_end_with_the_same_day_or_the_months_last_one(string starts, int months, string due) =>
        Assert.Equal(Given.China(due), Terms(Clock.Months(months)).DueAt(Given.China(starts), Given.Calendar));

    [Fact]
    public void A_duty_due_at_once_has_no_due_time_and_an_alert()
    {
        Assert.Null(Given.AtOnce.DueAt(Given.Start, Given.Calendar));
        Assert.Equal(Given.Start.AddHours(2), Given.AtOnce.AtRiskAt(Given.Start, Given.Calendar));
        Assert.Equal(Given.Start.AddHours(6), Given.AtOnce.EscalatesAt(Given.Start, Given.Calendar));
    }

    [Fact]
    public void A_duty_is_at_risk_a_lead_before_it_is_due_or_after_a_share_of_its_time()
    {
        var terms = Terms(Clock.Natural(TimeSpan.FromHours(10)));
        Assert.Null(terms.AtRiskAt(Given.Start, Given.Calendar));
        Assert.Equal(Given.Start.AddHours(7), (terms with { AtRisk = AtRisk.Before(TimeSpan.FromHours(3)) }).AtRiskAt(Given.Start, Given.Calendar));
        Assert.Equal(Given.Start.AddHours(8), (terms with { AtRisk = AtRisk.After(0.8) }).AtRiskAt(Given.Start, Given.Calendar));
    }

    [Fact]
    public void A_lead_longer_than_the_whole_time_is_at_risk_from_the_start() =>
        Assert.Equal(Given.Start, (Terms(Clock.Natural(TimeSpan.FromHours(1))) with { AtRisk = AtRisk.Before(TimeSpan.FromDays(3)) }).AtRiskAt(Given.Start, Given.Calendar));

    [Fact]
    public void What_never_escalates_has_no_time_for_it() =>
        Assert.Null(Terms(Clock.Natural(TimeSpan.FromHours(1))).EscalatesAt(Given.Start, Given.Calendar));

    [Fact]
    public void Times_are_kept_in_UTC_and_whole_milliseconds()
    {
        var terms = Terms(Clock.Natural(TimeSpan.FromHours(1))) with { AtRisk = AtRisk.After(1.0 / 3), EscalatesAfter = TimeSpan.FromTicks(7) };
        foreach (var time in new[] { terms.DueAt(Given.Start, Given.Calendar), terms.AtRiskAt(Given.Start, Given.Calendar), terms.EscalatesAt(Given.Start, Given.Calendar) })
            Assert.True(time is { Offset.Ticks: 0 } t && t.Ticks % TimeSpan.TicksPerMillisecond == 0);
    }

    [Theory]
    [InlineData("visit")]
    [InlineData("Registry.visit")]
    [InlineData("registry.visit/2")]
    [InlineData("registry.visit\n")]
    public void A_kind_names_its_service_first(string kind) =>
        Assert.Throws<ArgumentException>(() => new ObligationTerms(kind, ObligationBasis.Policy, "§1", Clock.WorkingDays(1)));

    [Fact]
    public void A_clock_that_does_not_run_and_a_rule_without_a_source_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.WorkingDays(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.Natural(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.Immediate(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => AtRisk.After(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AtRisk.Before(TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => new ObligationTerms("registry.visit", ObligationBasis.Policy, " ", Clock.WorkingDays(1)));
    }

    private static ObligationTerms Terms(Clock clock) => new("registry.visit", ObligationBasis.PlatformDefault, "平台默认", clock);
}
