using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EducationAttendance.Attendance;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using Session = LeftBehind.Protos.Education.V1.Session;

namespace LeftBehind.EducationAttendance.IntegrationTests.Running;

/// <summary>A county's roll system and its education bureau: makes rows with ids and sequences of its own, and pushes them.</summary>
public sealed class SchoolFeed(RunningEducation education, TimeProvider clock, string division = Places.County)
{
    public const string Source = "student-roll", Village = Places.Matian;

    private int last;

    public CallOptions AsPartner => education.As(Source, division);

    public RollRow Enrolled(string studentNo, string classNo = "3-1", string schoolNo = "S1", string born = "2016-05-01", string village = Village)
    {
        var number = Interlocked.Increment(ref last);
        return new()
        {
            SourceEventId = $"r{number}", SourceSequence = number, OccurredAt = "2026-03-02T08:00:00+08:00", StudentNo = studentNo,
            Enrolled = new() { Name = "李小禾", BirthDate = born, Sex = Sex.Female, SchoolNo = schoolNo, SchoolCode = village, Stage = Stage.Primary, ClassNo = classNo, Grade = 3 },
        };
    }

    public AttendanceRow Call(string date, params AttendanceException[] exceptions) => Row(date, r => r.RollCall = new() { By = "teacher-1", Exceptions = { exceptions } });

    public AttendanceRow Exception(string date, AttendanceException told) => Row(date, r => r.Exception = told);

    public AttendanceRow Row(string date, Action<AttendanceRow> fill)
    {
        var number = Interlocked.Increment(ref last);
        var row = new AttendanceRow
        {
            SourceEventId = $"a{number}", SourceSequence = number, OccurredAt = date + "T08:10:00+08:00", SchoolNo = "S1", ClassNo = "3-1", Date = date, Session = Session.WholeDay,
        };
        fill(row);
        return row;
    }

    public static AttendanceException Absent(string studentNo, AttendanceCategory category = AttendanceCategory.Unexcused, string fraction = "1") =>
        new() { StudentNo = studentNo, Category = category, Fraction = fraction };

    public async Task<BatchVerdicts> PushAsync(params AttendanceRow[] rows)
    {
        using var push = education.Attendance.PushAttendance(AsPartner);
        var answers = await PushAsync(push, [new() { BatchId = "b", Rows = { rows } }]);
        return answers[0];
    }

    /// <summary>Batches in one stream.</summary>
    public static async Task<List<BatchVerdicts>> PushAsync(AsyncDuplexStreamingCall<AttendanceBatch, BatchVerdicts> push, IReadOnlyList<AttendanceBatch> batches)
    {
        var answers = new List<BatchVerdicts>();
        foreach (var batch in batches)
            await push.RequestStream.WriteAsync(batch, TestContext.Current.CancellationToken);
        await push.RequestStream.CompleteAsync();
        while (await push.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            answers.Add(push.ResponseStream.Current);
        return answers;
    }

    public async Task<RowVerdict> AskAsync(AttendanceRow row) => Assert.Single((await PushAsync(row)).Rows);

    public async Task<List<RowVerdict>> EnrolAsync(params RollRow[] rows)
    {
        using var push = education.Client.PushStudentRoll(AsPartner);
        await push.RequestStream.WriteAsync(new() { BatchId = "b", Rows = { rows } }, TestContext.Current.CancellationToken);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return [.. push.ResponseStream.Current.Rows];
    }

    public async Task<RowVerdict> ReceiptAsync(string id) => (await education.Client.GetReceiptAsync(new() { Source = Source, SourceEventId = id }, AsPartner)).Verdict;

    public CallOptions AsBureau(string county = Places.County) => education.AsOfficer(county, Department.Education);

    public static Term Spring(params string[] closed) => new() { Name = "2025-2026-2", From = "2026-03-02", Until = "2026-07-03", Closed = { closed } };

    public async Task<TermCalendar> TellAsync(Term term, long expected = 0) =>
        await education.Calendars.PushTermCalendarAsync(new() { DivisionCode = Places.County, Term = term, ExpectedVersion = expected }, AsBureau());

    /// <summary>What the passing of days brings: waiting rows, rolls missing, duties.</summary>
    public async Task<int> SweepAsync() =>
        await education.Service<WakeAttendance>().SweepAsync(TestContext.Current.CancellationToken)
        + await education.Service<SettleDays>().SweepAsync(TestContext.Current.CancellationToken);

    public async Task<List<string>> MissingAsync(string date = "", string division = Places.County) =>
        [.. (await education.Attendance.ListMissingRollsAsync(new() { DivisionCode = division, Date = date }, AsBureau())).Rolls.Select(r => r.ClassNo)];

    /// <summary>state/run of a pupil, as the table keeps it: 0 there, 1 absent, 2 no roll.</summary>
    public async Task<string> StateAsync(string pupil) => (await education.ColumnAsync(
        "select coalesce(state::text, '-') || '/' || run from education.class_pupil where pupil = $1", Guid.Parse(pupil)))[0];

    public DateTimeOffset Now => clock.GetUtcNow();
}
