using System.Globalization;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.TestKit;
using Xunit;
using PlatformClient = LeftBehind.Protos.Platform.V1.Platform.PlatformClient;

namespace LeftBehind.EndToEndTests;

/// <summary>A school day of a whole county, exceptions alone in one stream: every pupil is counted, 8 % of them absent.</summary>
[Collection(InOneInstallation.Name)]
public sealed class CountyDayFiguresTests(SharedInstallation shared, ITestOutputHelper output)
{
    private const string County = Counties.OfCountyDay, Source = "county-day-roll";
    private const int Classes = 50, PupilsAClass = 40, Batch = 1000;
    private static readonly string Village = SharedInstallation.FirstVillage(County);
    private static readonly DateOnly Today = Divisions.WorkCalendar.DayOf(TimeProvider.System.GetUtcNow());
    private readonly RunningInstallation running = shared.Running;

    [Fact]
    public async Task Every_pupil_of_a_pushed_day_is_counted_present_or_absent_in_the_county()
    {
        var ct = TestContext.Current.CancellationToken;
        var partner = running.As(Department.Partner, Role.Partner, County, Source, ct);
        var rows = (from c in Enumerable.Range(0, Classes) from p in Enumerable.Range(0, PupilsAClass) select Enrolled(c, p)).ToList();
        using (var roll = new EducationAttendance.EducationAttendanceClient(running.Channel("EducationAttendance")).PushStudentRoll(partner))
            Assert.Equal(rows.Count, await PushedAsync(rows.Chunk(Batch).Select(chunk => new RollBatch { BatchId = "r", Rows = { chunk } }), roll));
        await CountAsync("total.all", Classes * PupilsAClass, ct);
        await new Calendars.CalendarsClient(running.Channel("EducationAttendance")).PushTermCalendarAsync(
            new() { DivisionCode = County, Term = new() { Name = "t", From = Written(Today), Until = Written(Today.AddDays(60)), Extra = { Written(Today) } } },
            running.As(Department.Education, Role.Officer, County, ct: ct));

        var began = TimeProvider.System.GetTimestamp();
        using (var day = new Attendance.AttendanceClient(running.Channel("EducationAttendance")).PushAttendance(partner))
            Assert.Equal(Classes, await PushedAsync(Enumerable.Range(0, Classes).Select(Called).Chunk(Batch).Select(chunk => new AttendanceBatch { BatchId = "d", Rows = { chunk } }), day));
        var absent = Enumerable.Range(0, Classes).Sum(Absent);
        await CountAsync("attendance.absent", absent, ct);
        await CountAsync("attendance.present", Classes * PupilsAClass - absent, ct);
        output.WriteLine($"{Classes * PupilsAClass} pupils, {absent} absent: {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s from the first row pushed until the county's figures were exact.");
    }

    private static async Task<int> PushedAsync<TBatch>(IEnumerable<TBatch> batches, Grpc.Core.AsyncDuplexStreamingCall<TBatch, BatchVerdicts> push)
    {
        var writing = Task.Run(async () =>
        {
            foreach (var batch in batches)
                await push.RequestStream.WriteAsync(batch);
            await push.RequestStream.CompleteAsync();
        });
        var applied = 0;
        while (await push.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            applied += push.ResponseStream.Current.Rows.Count(r => r.Verdict is Verdict.Applied);
        await writing;
        return applied;
    }

    private static RollRow Enrolled(int c, int p) => new()
    {
        SourceEventId = $"e{c}-{p}", SourceSequence = 1, OccurredAt = At(Today), StudentNo = StudentNo(c, p),
        Enrolled = new() { Name = "石小禾", BirthDate = "2015-05-01", SchoolNo = "S1", SchoolCode = Village, Stage = Stage.Primary, ClassNo = Number(c) },
    };

    private static AttendanceRow Called(int c) => new()
    {
        SourceEventId = $"d{c}", SourceSequence = 1, OccurredAt = At(Today), SchoolNo = "S1", ClassNo = Number(c), Date = Written(Today), Session = Session.WholeDay,
        RollCall = new() { Exceptions = { Enumerable.Range(0, Absent(c)).Select(p => new AttendanceException { StudentNo = StudentNo(c, p), Category = AttendanceCategory.Excused, Fraction = "1" }) } },
    };

    private static int Absent(int c) => c % 5 == 0 ? 4 : 3;

    private Task<long> CountAsync(string measure, long wished, CancellationToken ct) => Eventually.IsAsync(async () =>
        (await new PlatformClient(running.Channel("Platform")).GetFiguresAsync(new() { DivisionCode = County, Populations = { "pupil" } }, running.Bureau(County, ct)))
            .Division.Figures.SingleOrDefault(f => f.Measure == $"pupil.{measure}")?.Value ?? 0, n => n == wished, ct, withinSeconds: 240);

    private static string StudentNo(int c, int p) => $"L{c:D5}{p:D3}";

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string At(DateOnly day) => $"{Written(day)}T00:00:01+08:00";
}
