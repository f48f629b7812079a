using System.Globalization;
using Xunit;

namespace LeftBehind.Divisions.Tests;

public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar Calendar = WorkCalendar.Load(Shipped.File("workdays.json"));

    [Theory]
    [InlineData("2026-02-13", true)]
    [InlineData("2026-02-14", true)] // a Saturday worked for the Spring Festival
    [InlineData("2026-02-15", false)]
    [InlineData("2026-02-17", false)] // a Tuesday, first day of the lunar year
    [InlineData("2026-02-24", true)]
    [InlineData("2026-02-28", true)] // a Saturday worked
    [InlineData("2026-03-01", false)]
    public void Holidays_rest_and_make_up_days_work(string day, bool works) => Assert.Equal(works, Calendar.IsWorkingDay(Day(day)));

    [Theory]
    [InlineData("2026-02-13", 0, "2026-02-13")]
    [InlineData("2026-02-13", 1, "2026-02-14")]
    [InlineData("2026-02-13", 2, "2026-02-24")]
    [InlineData("2026-02-14", 10, "2026-03-06")]
    public void A_term_of_working_days_begins_on_the_day_after(string first, int days, string last)
    {
        var due = Calendar.AddWorkingDays(Day(first), days);
        Assert.Equal(Day(last), due);
        Assert.Equal(days, Calendar.WorkingDaysBetween(Day(first), due));
    }

    [Fact]
    public void A_term_cannot_run_backwards() => Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AddWorkingDays(Day("2026-02-13"), -1));

    [Fact]
    public void A_year_without_a_notice_counts_plain_weekdays()
    {
        Assert.True(Calendar.Covers(Day("2004-01-01")));
        Assert.True(Calendar.Covers(Day("2026-12-31")));
        Assert.False(Calendar.Covers(Day("2031-01-01")));
        Assert.True(Calendar.IsWorkingDay(Day("2031-01-01")));
    }

    [Fact]
    public void The_day_turns_at_midnight_in_China()
    {
        Assert.Equal(Day("2026-03-01"), WorkCalendar.DayOf(new DateTimeOffset(2026, 2, 28, 16, 0, 0, TimeSpan.Zero)));
        Assert.Equal(Day("2026-02-28"), WorkCalendar.DayOf(new DateTimeOffset(2026, 2, 28, 15, 59, 59, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2026, 2, 28, 16, 0, 0, TimeSpan.Zero), WorkCalendar.StartOf(Day("2026-03-01")));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
