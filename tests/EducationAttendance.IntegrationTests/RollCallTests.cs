using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.TestKit;
using static LeftBehind.EducationAttendance.IntegrationTests.Running.SchoolFeed;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>Roll calls as they come in: verdicts, order, and what follows for the pupils.</summary>
public sealed class RollCallTests(EducationServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 5, 12, 9, 0, 0, TimeSpan.FromHours(8)));

    [Fact]
    public async Task One_roll_delivered_three_times_and_out_of_order_gives_one_state()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var pupils = await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2"));
        await feed.TellAsync(Spring());
        var (call, mark, again) = (feed.Call("2026-05-09", Absent("L1")), feed.Exception("2026-05-09", Absent("L2")), feed.Call("2026-05-11"));
        mark.OccurredAt = "2026-05-09T15:00:00+08:00";

        Assert.Equal((Verdict.Waiting, "roll_call"), VerdictOf(await feed.AskAsync(mark)));
        var first = await feed.PushAsync(again, call, mark);
        Assert.Equal([Verdict.Applied, Verdict.Applied, Verdict.Waiting], first.Rows.Select(r => r.Verdict));
        foreach (var _ in Enumerable.Range(0, 2))
            Assert.All((await feed.PushAsync(mark, call, again)).Rows, r => Assert.True(r.Repeated && r.Verdict is Verdict.Applied));
        Assert.Equal(Verdict.Applied, (await feed.ReceiptAsync(mark.SourceEventId)).Verdict);

        Assert.Equal(["0/0", "0/0"], [await feed.StateAsync(pupils[0].SubjectId), await feed.StateAsync(pupils[1].SubjectId)]);
        Assert.Equal(["roll_call_submitted", "attendance_mark_told"],
            (await education.EventsOfAsync((await feed.ReceiptAsync(call.SourceEventId)).SubjectId)).Where(e => e != "pupils_attended"));
        var days = (await education.ColumnAsync("select date || ' ' || roll from education.class_day order by date"));
        Assert.Equal(["2026-05-09 0", "2026-05-11 0"], days);
        Assert.Equal(["4 1.000", "4 1.000"], await education.ColumnAsync("select category || ' ' || fraction from education.attendance_mark"));
    }

    [Fact]
    public async Task Unexcused_school_days_in_a_row_are_counted_in_any_order_over_holidays_and_days_without_a_roll()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2")))[0].SubjectId;
        await feed.TellAsync(Spring());
        // 1 to 5 May are off and 9 May is worked; of 6 May there is no roll, which neither breaks nor lengthens the run.
        await feed.PushAsync(feed.Call("2026-05-08", Absent("L1")), feed.Call("2026-05-09", Absent("L1", fraction: "0.5")));
        Assert.Equal("1/2", await feed.StateAsync(pupil));
        await feed.PushAsync(feed.Call("2026-04-30", Absent("L1")), feed.Call("2026-04-29"));
        Assert.Equal("1/3", await feed.StateAsync(pupil));
        await feed.PushAsync(feed.Call("2026-05-07", Absent("L1", AttendanceCategory.Excused)));
        Assert.Equal("1/2", await feed.StateAsync(pupil));
        Assert.Equal(["2026-05-08"], await education.ColumnAsync("select run_since::text from education.class_pupil where run > 0"));
        await feed.PushAsync(feed.Exception("2026-05-07", Absent("L1")));
        Assert.Equal("1/4", await feed.StateAsync(pupil));
        await feed.PushAsync(feed.Call("2026-05-11", Absent("L2", AttendanceCategory.Excused)));
        Assert.Equal("0/0", await feed.StateAsync(pupil));
    }

    [Fact]
    public async Task What_waits_for_the_roll_or_the_calendar_is_taken_when_that_comes_by_the_other_way()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var call = feed.Call("2026-05-11", Absent("L1"));
        Assert.Equal((Verdict.Waiting, "class"), VerdictOf(await feed.AskAsync(call)));
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId;
        await feed.SweepAsync();
        Assert.Equal((Verdict.Waiting, "calendar"), VerdictOf(await feed.ReceiptAsync(call.SourceEventId)));
        await feed.TellAsync(Spring());
        await feed.SweepAsync();
        Assert.Equal(Verdict.Applied, (await feed.ReceiptAsync(call.SourceEventId)).Verdict);
        Assert.Equal("1/1", await feed.StateAsync(pupil));

        var mark = feed.Exception("2026-05-11", Absent("L9"));
        Assert.Equal((Verdict.Waiting, "enrolment"), VerdictOf(await feed.AskAsync(mark)));
        var other = (await feed.EnrolAsync(feed.Enrolled("L9")))[0].SubjectId;
        await feed.SweepAsync();
        Assert.Equal(Verdict.Applied, (await feed.ReceiptAsync(mark.SourceEventId)).Verdict);
        Assert.Equal("1/1", await feed.StateAsync(other));
        Assert.Empty(await education.ColumnAsync("select event_id from education.waiting_row"));
        Assert.Empty(await education.ColumnAsync("select key::text from education.attendance_wake"));
    }

    [Fact]
    public async Task Bad_rows_get_a_clear_verdict_and_none_is_lost()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2", classNo: "3-2"), feed.Enrolled("L3", born: "2026-03-01"));
        await feed.TellAsync(Spring());

        Assert.Equal((Verdict.Rejected, "date"), VerdictOf(await feed.AskAsync(feed.Call("2026-05-10"))));
        Assert.Equal((Verdict.Waiting, "class"), VerdictOf(await feed.AskAsync(feed.Row("2026-05-11", r => (r.SchoolNo, r.RollCall) = ("S9", new())))));
        Assert.Equal((Verdict.Rejected, "roll_call.exceptions[1].student_no"), VerdictOf(await feed.AskAsync(feed.Call("2026-05-11", Absent("L1"), Absent("L2")))));
        Assert.Equal((Verdict.Waiting, "roll_call"), VerdictOf(await feed.AskAsync(feed.Exception("2026-05-11", Absent("L1")))));
        Assert.Equal((Verdict.Applied, "roll_call.exceptions[0].student_no"), VerdictOf(await feed.AskAsync(feed.Call("2026-05-11", Absent("L77")))));
        Assert.Equal((Verdict.Rejected, "source_event_id"), VerdictOf(await feed.AskAsync(feed.Row("2026-05-11", r => (r.SourceEventId, r.RollCall) = ("a4", new())))));

        var ledger = (await education.Client.CountReceiptsAsync(new() { Source = Source }, feed.AsPartner)).Days.Single();
        Assert.Equal(ledger.Received, ledger.Applied + ledger.Unchanged + ledger.Superseded + ledger.Waiting + ledger.Rejected);
        Assert.Equal(8, ledger.Received);
    }

    [Fact]
    public async Task A_correction_of_a_correction_counts_and_all_that_was_told_stays()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId;
        await feed.TellAsync(Spring());
        var day = (await feed.AskAsync(feed.Call("2026-05-11", Absent("L1")))).SubjectId;
        await feed.AskAsync(feed.Exception("2026-05-11", Absent("L1", AttendanceCategory.Excused, "0.5")));
        Assert.Equal("1/0", await feed.StateAsync(pupil));
        await feed.AskAsync(feed.Exception("2026-05-11", Absent("L1", AttendanceCategory.Present, "")));
        Assert.Equal("0/0", await feed.StateAsync(pupil));
        Assert.Equal(Verdict.Unchanged, (await feed.AskAsync(feed.Exception("2026-05-11", Absent("L1", AttendanceCategory.Present, "0")))).Verdict);
        Assert.Equal(["roll_call_submitted", "attendance_mark_told", "attendance_mark_told"], (await education.EventsOfAsync(day)).Where(e => e != "pupils_attended"));
        Assert.Equal(["1 4 1.000"], await education.ColumnAsync("select category || ' ' || submitted_category || ' ' || submitted_fraction from education.attendance_mark"));
    }

    private static (Verdict, string) VerdictOf(RowVerdict row) => (row.Verdict, row.WaitingFor.Length > 0 ? row.WaitingFor : row.Field);
}
