using System.Runtime.CompilerServices;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Tests;

public class SchoolDaysTests
{
    public static readonly WorkCalendar Working = WorkCalendar.Load(Path.Combine(Data(), "workdays.json"));

    public static readonly Term Autumn = new("2025-2026-1", new(2025, 9, 1), new(2026, 1, 30), [], []);
    public static readonly Term Spring = new("2025-2026-2", new(2026, 3, 2), new(2026, 7, 3), [new(2026, 6, 18)], [new(2026, 6, 27)]);

    private static readonly SchoolDays Days = new(Working, [Autumn, Spring]);

    [Theory]
    [InlineData("2026-03-02", DayKind.SchoolDay)]
    [InlineData("2026-05-09", DayKind.SchoolDay)] // a Saturday that is worked for the holiday of 1 May
    [InlineData("2026-05-10", DayKind.DayOff)] // a Sunday
    [InlineData("2026-05-01", DayKind.DayOff)] // a public holiday
    [InlineData("2026-06-18", DayKind.DayOff)] // closed by the county
    [InlineData("2026-06-27", DayKind.SchoolDay)] // a Saturday with school in the county alone
    [InlineData("2026-02-14", DayKind.Vacation)] // worked for the Spring Festival, and vacation all the same
    [InlineData("2026-02-10", DayKind.Vacation)]
    [InlineData("2026-07-04", DayKind.NotKnown)]
    [InlineData("2025-08-29", DayKind.NotKnown)]
    public void School_days_are_days_of_a_term_that_are_worked_and_not_closed_and_the_extra_ones(string day, DayKind kind) =>
        Assert.Equal(kind, Days.Of(DateOnly.Parse(day, null)));

    [Fact]
    public void Without_a_term_nothing_is_known() => Assert.Equal(DayKind.NotKnown, new SchoolDays(Working, []).Of(new(2026, 3, 2)));

    [Fact]
    public void The_third_school_day_is_counted_over_holidays_and_make_up_days()
    {
        // 1 to 5 May 2026 are off, 9 May is worked.
        Assert.Equal(new DateOnly(2026, 5, 7), Days.After(new(2026, 4, 30), 2));
        Assert.Equal(new DateOnly(2026, 5, 9), Days.After(new(2026, 5, 7), 2));
        Assert.Null(Days.After(new(2026, 7, 3), 1));
    }

    [Fact]
    public void A_term_told_again_differs_by_the_days_whose_answer_changes()
    {
        var told = Spring with { Closed = [new(2026, 5, 9)], Until = new(2026, 7, 1) };
        var differences = SchoolDays.Differences(Days, new(Working, [Autumn, told]), told, Spring, new(2026, 7, 2));
        Assert.Equal([new(2026, 5, 9), new(2026, 6, 18), new(2026, 7, 2)], differences);
    }

    [Fact]
    public void A_term_told_as_it_is_changes_nothing_and_one_that_overlaps_is_refused()
    {
        var county = Sample.Id("431003");
        var calendar = new TermCalendar(TermCalendar.IdOf(county)).After(new TermTold(county, Spring));
        Assert.Empty(PushTermCalendar.Decide(calendar, county, Spring with { Closed = [.. Spring.Closed] }));
        Assert.Equal([new TermTold(county, Autumn)], PushTermCalendar.Decide(calendar, county, Autumn));
        Assert.Throws<RejectedException>(() => PushTermCalendar.Decide(calendar, county, Autumn with { Until = Spring.From }).ToList());
        Assert.Equal(new[] { Autumn, Spring }, calendar.After(new TermTold(county, Autumn)).Terms);
    }

    private static string Data([CallerFilePath] string source = "")
    {
        for (var folder = new FileInfo(source).Directory; folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "deploy", "data") is var data && Directory.Exists(data))
                return data;
        throw new DirectoryNotFoundException("deploy/data");
    }
}
