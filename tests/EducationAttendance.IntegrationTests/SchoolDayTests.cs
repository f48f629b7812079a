using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EducationAttendance.Attendance;
using LeftBehind.Protos.Education.V1;
using LeftBehind.TestKit;
using static LeftBehind.EducationAttendance.IntegrationTests.Running.SchoolFeed;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>Term calendars, and the days on which a roll was to be called.</summary>
public sealed class SchoolDayTests(EducationServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 4, 27, 9, 0, 0, TimeSpan.FromHours(8)));

    /// <summary>9 May 2026 is a Saturday that is worked; 1 to 5 May are holidays; 10 May is a Sunday.</summary>
    [Fact]
    public async Task No_roll_on_a_make_up_workday_in_term_is_flagged_and_on_a_holiday_or_in_vacation_it_is_not()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2", classNo: "3-2"));
        await feed.TellAsync(Spring());
        Assert.Equal(["3-1", "3-2"], (await feed.MissingAsync("2026-04-27")).Order());

        clock.SetUtcNow(new DateTimeOffset(2026, 5, 9, 16, 0, 0, TimeSpan.FromHours(8)));
        await feed.PushAsync([.. new[] { "2026-04-27", "2026-04-28", "2026-04-29", "2026-04-30", "2026-05-06", "2026-05-07", "2026-05-08", "2026-05-09" }.Select(d => feed.Call(d))]);
        Assert.Equal(["3-2"], await feed.MissingAsync());
        await feed.SweepAsync();
        Assert.DoesNotContain("2026-05-09", await FlaggedAsync(education));

        clock.SetUtcNow(new DateTimeOffset(2026, 5, 11, 0, 0, 30, TimeSpan.FromHours(8)));
        await feed.SweepAsync();
        Assert.Equal(["2026-04-27", "2026-04-28", "2026-04-29", "2026-04-30", "2026-05-06", "2026-05-07", "2026-05-08", "2026-05-09"], await FlaggedAsync(education));
        Assert.Equal(0, await feed.SweepAsync());
        Assert.Equal(["3-2"], await feed.MissingAsync("2026-05-09"));
        foreach (var day in new[] { "2026-05-01", "2026-05-04", "2026-05-10", "2026-02-10" })
            Assert.Empty(await feed.MissingAsync(day));
        Assert.Equal(8, await RunningDutiesAsync(education));

        clock.SetUtcNow(new DateTimeOffset(2026, 7, 20, 9, 0, 0, TimeSpan.FromHours(8)));
        await feed.SweepAsync();
        Assert.DoesNotContain(await FlaggedAsync(education), d => string.CompareOrdinal(d, "2026-07-03") > 0);
    }

    [Fact]
    public async Task A_late_roll_makes_good_for_a_missing_one_and_fulfils_the_duty()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId;
        await feed.TellAsync(Spring());
        clock.SetUtcNow(new DateTimeOffset(2026, 4, 28, 0, 0, 30, TimeSpan.FromHours(8)));
        await feed.SweepAsync();
        Assert.Equal("2/0", await feed.StateAsync(pupil));
        Assert.Equal(1, await RunningDutiesAsync(education));
        var late = feed.Call("2026-04-27", Absent("L1"));
        late.OccurredAt = "2026-04-28T00:00:20+08:00";
        await feed.AskAsync(late);
        Assert.Equal("1/1", await feed.StateAsync(pupil));
        Assert.Empty(await feed.MissingAsync("2026-04-27"));
        Assert.Equal(0, await RunningDutiesAsync(education));
        Assert.Equal(["1"], await education.ColumnAsync("select roll::text from education.class_day"));
    }

    [Fact]
    public async Task A_calendar_told_anew_takes_back_what_was_flagged_and_brings_it_back()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var pupils = await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2", classNo: "3-2"));
        await feed.TellAsync(Spring());
        clock.SetUtcNow(new DateTimeOffset(2026, 4, 29, 9, 0, 0, TimeSpan.FromHours(8)));
        await feed.PushAsync(feed.Call("2026-04-27", Absent("L1")), feed.Call("2026-04-28", Absent("L1")));
        await feed.SweepAsync();
        Assert.Equal(["1/2", "2/0"], [await feed.StateAsync(pupils[0].SubjectId), await feed.StateAsync(pupils[1].SubjectId)]);

        await feed.TellAsync(Spring("2026-04-28"), 1);
        await feed.SweepAsync();
        Assert.Equal("1/1", await feed.StateAsync(pupils[0].SubjectId));
        Assert.Equal(["2026-04-27"], await FlaggedAsync(education));
        Assert.Equal(1, await RunningDutiesAsync(education));
        Assert.Equal(1, await EventsAsync(education, "obligation_waived"));

        await feed.TellAsync(Spring(), 2);
        await feed.SweepAsync();
        Assert.Equal("1/2", await feed.StateAsync(pupils[0].SubjectId));
        Assert.Equal(["2026-04-27", "2026-04-28"], await FlaggedAsync(education));
        Assert.Equal(2, await RunningDutiesAsync(education));
        Assert.Equal(0, await feed.SweepAsync());
        var late = feed.Call("2026-04-28");
        (late.ClassNo, late.OccurredAt) = ("3-2", "2026-04-29T08:00:00+08:00");
        await feed.AskAsync(late);
        Assert.Equal(1, await RunningDutiesAsync(education));
    }

    [Fact]
    public async Task A_calendar_is_told_by_the_countys_bureau_once_and_only_on_what_it_read()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        Assert.Equal(1, (await feed.TellAsync(Spring())).Version);
        Assert.Equal(1, (await feed.TellAsync(Spring(), 7)).Version);
        Assert.Equal(StatusCode.Aborted, await StatusAsync(() => feed.TellAsync(Spring("2026-04-28"))));
        var autumn = new Term { Name = "2026-2027-1", From = "2026-07-01", Until = "2027-01-20" };
        Assert.Equal(StatusCode.FailedPrecondition, await StatusAsync(() => feed.TellAsync(autumn, 1)));
        foreach (var wrong in new[] { new Term(), new Term { Name = "t", From = "2026-09-01", Until = "2026-08-01" }, new Term { Name = "t", From = "2026-09-01", Until = "2027-09-01" }, Spring("2026-08-01") })
            Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => feed.TellAsync(wrong, 1)));
        Task<TermCalendar> As(CallOptions caller) => education.Calendars.PushTermCalendarAsync(new() { DivisionCode = Places.County, Term = Spring(), ExpectedVersion = 1 }, caller).ResponseAsync;
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => As(feed.AsBureau(Places.NextCounty))));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => As(education.AsOfficer())));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => As(education.AsOfficer("4310", Department.Education))));
        var shown = await education.Calendars.GetTermCalendarAsync(new() { DivisionCode = Places.County, From = "2026-04-29", Until = "2026-05-11" }, education.AsOfficer());
        Assert.Equal(["2026-04-29", "2026-04-30", "2026-05-06", "2026-05-07", "2026-05-08", "2026-05-09", "2026-05-11"], shown.SchoolDays);
    }

    /// <summary>Days on which a roll is missing.</summary>
    private static Task<List<string>> FlaggedAsync(RunningEducation education) => education.ColumnAsync("select date::text from education.class_day where roll = 2 order by date");

    private static async Task<int> RunningDutiesAsync(RunningEducation education) =>
        (await education.ColumnAsync("select id::text from education.obligation_due where kind = $1", SettleDays.MissingRoll.Kind)).Count;

    private static async Task<int> EventsAsync(RunningEducation education, string type) => (await education.ColumnAsync("select id::text from education.mt_events where type = $1", type)).Count;

    private static async Task<StatusCode> StatusAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;
}
