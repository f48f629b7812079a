using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.TestKit;
using static LeftBehind.EducationAttendance.IntegrationTests.Running.SchoolFeed;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>L→G: one pupil under two numbers, in the roll and in attendance.</summary>
public sealed class StudentNumberTests(EducationServers servers)
{
    private const string Lasting = "G11010519491231002X";
    private readonly SetClock clock = new(new DateTimeOffset(2026, 4, 30, 9, 0, 0, TimeSpan.FromHours(8)));

    [Fact]
    public async Task A_pupil_stays_one_under_its_lasting_number_whichever_number_a_row_bears()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        await feed.TellAsync(Spring());
        var first = feed.Enrolled("L1");
        var pupil = (await feed.EnrolAsync(first))[0].SubjectId;
        await feed.PushAsync(feed.Call("2026-04-27", Absent("L1")), feed.Call("2026-04-28", Absent(Lasting)));

        var assigned = Row(feed, "L1", r => r.NumberAssigned = new() { LastingStudentNo = Lasting });
        Assert.Equal((Verdict.Applied, pupil), (await feed.EnrolAsync(assigned))[0] is var v ? (v.Verdict, v.SubjectId) : default);
        Assert.True((await feed.EnrolAsync(assigned))[0].Repeated);
        Assert.Equal(Verdict.Unchanged, (await feed.EnrolAsync(Row(feed, "L1", r => r.NumberAssigned = new() { LastingStudentNo = Lasting })))[0].Verdict);

        var late = Row(feed, "L1", r => r.HomeTaught = new());
        var moved = feed.Enrolled(Lasting, classNo: "3-2");
        Assert.Equal((Verdict.Applied, pupil), (await feed.EnrolAsync(moved))[0] is var m ? (m.Verdict, m.SubjectId) : default);
        // Older than what the lasting number told: too late, though nothing newer was told under the temporary one.
        Assert.Equal(Verdict.Superseded, (await feed.EnrolAsync(late))[0].Verdict);
        Assert.Equal(["pupil_enrolled", "pupil_number_assigned", "enrolment_corrected"], await education.EventsOfAsync(pupil));
        Assert.Equal(["1"], await education.ColumnAsync("select count(*)::text from education.mt_streams where type = 'pupil'"));
    }

    [Fact]
    public async Task Attendance_under_either_number_is_of_one_pupil()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        await feed.TellAsync(Spring());
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId;
        await feed.PushAsync(feed.Call("2026-04-27", Absent("L1")));
        var early = feed.Exception("2026-04-27", Absent(Lasting, AttendanceCategory.Excused));
        Assert.Equal(Verdict.Waiting, (await feed.AskAsync(early)).Verdict);
        await feed.EnrolAsync(Row(feed, "L1", r => r.NumberAssigned = new() { LastingStudentNo = Lasting }));
        await feed.SweepAsync();
        Assert.Equal(Verdict.Applied, (await feed.ReceiptAsync(early.SourceEventId)).Verdict);
        Assert.Equal("1/0", await feed.StateAsync(pupil));
        await feed.PushAsync(feed.Call("2026-04-28", Absent(Lasting)), feed.Call("2026-04-29", Absent("L1")));
        Assert.Equal("1/2", await feed.StateAsync(pupil));
        Assert.Equal(Verdict.Rejected, (await feed.AskAsync(feed.Call("2026-04-30", Absent(Lasting), Absent("L1")))).Verdict);
    }

    [Fact]
    public async Task Enrolled_under_both_before_that_was_told_one_is_counted()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var pupils = await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled(Lasting));
        Assert.NotEqual(pupils[0].SubjectId, pupils[1].SubjectId);
        var told = (await feed.EnrolAsync(Row(feed, "L1", r => r.NumberAssigned = new() { LastingStudentNo = Lasting })))[0];
        Assert.Equal((Verdict.Applied, pupils[1].SubjectId), (told.Verdict, told.SubjectId));
        Assert.Equal(["pupil_enrolled", "pupil_left"], await education.EventsOfAsync(pupils[0].SubjectId));
        Assert.Equal([pupils[1].SubjectId], await education.ColumnAsync("select pupil::text from education.class_pupil where enrolled"));
        Assert.Equal(pupils[1].SubjectId, (await feed.EnrolAsync(feed.Enrolled("L1", classNo: "3-2")))[0].SubjectId);
    }

    private static RollRow Row(SchoolFeed feed, string studentNo, Action<RollRow> fill)
    {
        var row = feed.Enrolled(studentNo);
        row.Enrolled = null;
        fill(row);
        return row;
    }
}
