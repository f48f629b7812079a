using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Xunit;
using Sex = LeftBehind.Protos.Registry.V1.Sex;

namespace LeftBehind.EndToEndTests.Story;

/// <summary>A child of a village on all services, whose time stands still until it is moved on; who calls, and what Platform shows of it.</summary>
internal sealed class OneChild(RunningInstallation running, CancellationToken ct)
{
    public const string Village = "431003101218", Town = "431003101", County = "431003", Number = "431003201605010043", StudentNo = "G" + Number;
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private readonly Dictionary<string, long> expected = [];
    private readonly List<string> told = [];
    private int rows;

    public string Id { get; private set; } = "";

    public string Pupil { get; private set; } = "";

    public CallOptions TownOfficer => running.Bureau(Town, ct);

    public CallOptions CountyOfficer => running.Bureau(County, ct);

    public CallOptions Police => running.As(Department.Police, Role.Officer, County, ct: ct);

    public CallOptions Teacher => running.As(Department.Education, Role.School, Village, ct: ct);

    public CallOptions Education => running.As(Department.Education, Role.Officer, County, ct: ct);

    public string Now => Written(running.Now!.Value);

    public string Today => running.Now!.Value.ToString("yyyy-MM-dd", null);

    private Platform.PlatformClient Platform => new(running.Channel("Platform"));

    /// <summary>Time passes until then, in China.</summary>
    public void Is(int month, int day, int hour, int minute = 0) => running.Now = new(2026, month, day, hour, minute, 0, China);

    /// <summary>A moment of so many minutes ago.</summary>
    public string Ago(int minutes) => Written(running.Now!.Value.AddMinutes(-minutes));

    public static string Request() => $"{Guid.NewGuid()}";

    /// <summary>On file as left behind, and enrolled under the same number, so that the pupil finds its file.</summary>
    public async Task BeginAsync()
    {
        using var push = new Registry.RegistryClient(running.Channel("Registry")).PushHouseholds(running.As(Department.Partner, Role.Partner, County, "population-base", ct));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                Row(r => r.Household = new() { HouseholdNo = "h", ResidenceCode = Village, Residency = Residency.Rural, Address = "一组" }),
                Row(r => r.Member = new() { HouseholdNo = "h", PersonNo = "c", Name = "李小禾", IdNumber = Number, BirthDate = "2016-05-01", Sex = Sex.Female, Relation = Relation.Child }),
                Away(Parent.Father), Away(Parent.Mother),
            },
        }, ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        Id = push.ResponseStream.Current.Rows[1].SubjectId;
        Pupil = await EnrolAsync();
        await new Calendars.CalendarsClient(running.Channel("EducationAttendance")).PushTermCalendarAsync(
            new() { DivisionCode = County, Term = new() { Name = "2026春", From = "2026-03-02", Until = "2026-07-10" } }, Education);
    }

    /// <summary>A roll call of the class on this day.</summary>
    public async Task CallAsync(bool absent)
    {
        using var push = new Attendance.AttendanceClient(running.Channel("EducationAttendance")).PushAttendance(running.As(Department.Partner, Role.Partner, County, "roll", ct));
        var call = new RollCall();
        if (absent)
            call.Exceptions.Add(new AttendanceException { StudentNo = StudentNo, Category = AttendanceCategory.Unexcused, Fraction = "1" });
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = Today,
            Rows = { new AttendanceRow { SourceEventId = $"a{Today}", SourceSequence = ++rows, OccurredAt = Now, SchoolNo = "S1", ClassNo = "3-1", Date = Today, Session = Session.WholeDay, RollCall = call } },
        }, ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        Assert.Equal(Verdict.Applied, push.ResponseStream.Current.Rows[0].Verdict);
    }

    /// <summary>
    /// From now on these are the figures of village, town, county, city and province, beside those that were before: a measure that is named again has
    /// another number, and one of zero is not shown.
    /// </summary>
    public async Task CountsAsync(params (string Measure, long N)[] now)
    {
        foreach (var (measure, n) in now)
            expected[measure] = n;
        foreach (var (division, caller) in new[] { (Village, County), (Town, County), (County, County), ("4310", "4310"), ("43", "43") })
        {
            var figures = new Dictionary<string, long>();
            await Eventually.IsAsync(async () => figures = (await Platform.GetFiguresAsync(new() { DivisionCode = division }, running.Bureau(caller, ct))).Division.Figures
                .ToDictionary(f => f.Measure, f => f.Value), f => expected.All(e => f.GetValueOrDefault(e.Key) == e.Value), ct);
        }
    }

    /// <summary>From now on these stand in the child's timeline too, in this order, of all services but Registry and the school.</summary>
    public async Task TellsAsync(params string[] more)
    {
        told.AddRange(more);
        var shown = await Eventually.IsAsync(TimelineAsync, t => t.Count >= told.Count, ct);
        Assert.Equal(told, shown);

        async Task<List<string>> TimelineAsync() => [.. from e in await EntriesAsync(Id) where e.Service is not ("registry" or "education") select $"{e.Fact} {e.Change}"];
    }

    /// <summary>All that Platform shows of a subject to county civil affairs.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> EntriesAsync(string subject) => (await Platform.GetTimelineAsync(new() { SubjectId = subject }, CountyOfficer)).Entries;

    /// <summary>Waits until a service has heard of the child.</summary>
    public async Task<T> KnownAsync<T>(Func<AsyncUnaryCall<T>> call) where T : class => (await Eventually.IsAsync(async () =>
    {
        try
        {
            return await call();
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
        {
            return null;
        }
    }, answer => answer is not null, ct))!;

    public async Task ReconcilesAsync() => await Eventually.IsAsync(
        async () => await Platform.ReconcileAsync(new(), running.Operations(ct)), r => r.FigureDifferences == 0 && r.Sources.All(s => s.Differences == 0), ct);

    private async Task<string> EnrolAsync()
    {
        using var push = new EducationAttendance.EducationAttendanceClient(running.Channel("EducationAttendance")).PushStudentRoll(running.As(Department.Partner, Role.Partner, County, "roll", ct));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                new RollRow { SourceEventId = "e", SourceSequence = ++rows, OccurredAt = Now, StudentNo = StudentNo,
                    Enrolled = new() { Name = "李小禾", BirthDate = "2016-05-01", SchoolNo = "S1", SchoolCode = Village, Stage = Stage.Primary, ClassNo = "3-1" } },
            },
        }, ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        return push.ResponseStream.Current.Rows[0].SubjectId;
    }

    private HouseholdRow Away(Parent parent) => Row(r => r.Parent = new() { PersonNo = "c", Parent = parent, Status = ParentState.OutForWork, Since = "2025-02-10" });

    private HouseholdRow Row(Action<HouseholdRow> fill)
    {
        var row = new HouseholdRow { SourceEventId = $"e{++rows}", SourceSequence = rows, OccurredAt = Now };
        fill(row);
        return row;
    }

    private static string Written(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", null);
}
