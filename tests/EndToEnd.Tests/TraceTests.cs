using System.Diagnostics;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Telemetry;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>One push is one trace, through whatever services its facts go.</summary>
[Collection(InOneInstallation.Name)]
public sealed class TraceTests(SharedInstallation shared)
{
    private const string County = Counties.OfTraces;
    private const string IdNumber = "431230201605010027";

    // education pushes, registry finds the file, education takes the match, Platform counts.
    private static readonly string[] Way = ["leftbehind.education", "leftbehind.registry", "leftbehind.education", "leftbehind.platform"];

    private static readonly string Trace = ActivityTraceId.CreateRandom().ToString();

    [Fact]
    public async Task A_pushed_pupil_is_one_trace_from_the_roll_over_its_file_to_the_figures()
    {
        var ct = TestContext.Current.CancellationToken;
        var village = SharedInstallation.FirstVillage(County);
        await PushChildAsync(village, ct);

        var answer = await PushPupilAsync(village, ct);

        Assert.Equal(Trace, answer.TraceId);
        var ways = await Eventually.IsAsync(() => Task.FromResult(WaysOf(answer.TraceId)), found => found.Exists(Contains(Way)), ct);
        Assert.Contains(ways, Contains(Way));
    }

    /// <summary>For each span of a trace, the services from its root down to it, a service once for each stay.</summary>
    private List<string[]> WaysOf(string trace)
    {
        var spans = shared.Telemetry.Spans.Where(s => s.TraceId == trace).DistinctBy(s => s.SpanId).ToDictionary(s => s.SpanId);
        return [.. spans.Values.Select(Up).Select(up => up.Reverse().ToArray())];

        IEnumerable<string> Up(ReceivedSpan span)
        {
            for (var (at, last) = (span, ""); at is not null; at = spans.GetValueOrDefault(at.ParentSpanId))
                if (at.Service != last)
                    yield return last = at.Service;
        }
    }

    private static Predicate<string[]> Contains(string[] way) => found => found.SequenceEqual(way);

    private async Task PushChildAsync(string village, CancellationToken ct)
    {
        var registry = new Registry.RegistryClient(shared.Running.Channel("Registry"));
        using var push = registry.PushHouseholds(shared.Running.As(Department.Partner, Role.Partner, County, "traced-base", ct));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "child",
            Rows =
            {
                new HouseholdRow { SourceEventId = "h", SourceSequence = 1, OccurredAt = "2026-03-01T08:00:00+08:00", Household = new() { HouseholdNo = "h", ResidenceCode = village } },
                new HouseholdRow
                {
                    SourceEventId = "c", SourceSequence = 2, OccurredAt = "2026-03-01T08:00:00+08:00",
                    Member = new() { HouseholdNo = "h", PersonNo = "c", Name = "石小溪", IdNumber = IdNumber, BirthDate = "2016-05-01", Sex = Protos.Registry.V1.Sex.Female, Relation = Relation.Child },
                },
            },
        }, ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        Assert.All(push.ResponseStream.Current.Rows, v => Assert.Equal(Verdict.Applied, v.Verdict));
    }

    private async Task<BatchVerdicts> PushPupilAsync(string village, CancellationToken ct)
    {
        var education = new EducationAttendance.EducationAttendanceClient(shared.Running.Channel("EducationAttendance"));
        // Who sends a sampled traceparent is always followed, however many others ask within the second.
        var call = shared.Running.As(Department.Partner, Role.Partner, County, "traced-roll", ct);
        call.Headers!.Add("traceparent", $"00-{Trace}-{ActivitySpanId.CreateRandom()}-01");
        using var push = education.PushStudentRoll(call);
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "pupil",
            Rows =
            {
                new RollRow
                {
                    SourceEventId = "p", SourceSequence = 1, OccurredAt = "2026-03-01T08:00:00+08:00", StudentNo = "G" + IdNumber,
                    Enrolled = new() { Name = "石小溪", BirthDate = "2016-05-01", Sex = Protos.Education.V1.Sex.Female, SchoolNo = "S1", SchoolCode = village, Stage = Stage.Primary },
                },
            },
        }, ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        Assert.Equal(Verdict.Applied, Assert.Single(push.ResponseStream.Current.Rows).Verdict);
        return push.ResponseStream.Current;
    }
}
