using System.Text.Json;
using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Visits;
using LeftBehind.TestKit;

namespace LeftBehind.Registry.IntegrationTests.Visits;

/// <summary>A Registry at a time of its own, with a family of two children left behind in 麻田村, and what visits tell.</summary>
public sealed class VisitStory : IAsyncDisposable
{
    /// <summary>Saturday 2 May 2026, 10:00 in China.</summary>
    public static readonly DateTimeOffset Start = new(2026, 5, 2, 10, 0, 0, TimeSpan.FromHours(8));

    public const string Town = "431003101", Purpose = "走访前了解情况";

    private VisitStory(RunningRegistry registry, SetClock clock, Feed feed, string elder, string younger) =>
        (Registry, Clock, Feed, Elder, Younger) = (registry, clock, feed, elder, younger);

    public RunningRegistry Registry { get; }
    public SetClock Clock { get; }
    public Feed Feed { get; }
    public string Elder { get; }
    public string Younger { get; }

    public CallOptions Worker => Registry.AsAccount("worker-1", Places.Matian);
    public CallOptions TownOfficer => Registry.AsAccount("town-1", Town);
    public CallOptions County => Registry.AsOfficer();
    public CallOptions Elsewhere => Registry.AsOfficer(Places.NextCounty);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<VisitStory> BeginAsync(RegistryServers servers)
    {
        var clock = new SetClock(Start);
        var registry = await servers.StartAsync(clock);
        var feed = new Feed(registry, "population-base", Places.County);
        var ids = await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "elder"), feed.Member("h1", "younger", "李小苗", "2018-03-01"),
            feed.Parent("elder", Parent.Father), feed.Parent("elder", Parent.Mother), feed.Parent("younger", Parent.Father), feed.Parent("younger", Parent.Mother));
        return new(registry, clock, feed, ids[1], ids[2]);
    }

    public async Task<RecordedVisit> VisitAsync(DateTimeOffset at, VisitFinding finding = VisitFinding.LivingInOrder, CallOptions? by = null, string? id = null, params string[] children) =>
        await Registry.Visits.RecordVisitAsync(Request(at, finding, id, children), by ?? Worker);

    public RecordVisitRequest Request(DateTimeOffset at, VisitFinding finding = VisitFinding.LivingInOrder, string? id = null, params string[] children) => new()
    {
        RequestId = id ?? Guid.NewGuid().ToString(), VisitedAt = at.ToString("O"),
        Children = { (children.Length > 0 ? children : [Elder]).Select(c => new VisitedChild { ChildId = c, Findings = { finding }, Note = "孩子说想妈妈", VerifiesIdentity = true }) },
    };

    public async Task<Protos.Registry.V1.ChildVisits> ReadAsync(string? child = null, CallOptions? by = null) =>
        await Registry.Visits.GetVisitsAsync(new() { ChildId = child ?? Elder, Purpose = Purpose }, by ?? County);

    /// <summary>Assessment tells a risk, as its lane does.</summary>
    public Task AssessAsync(RiskLevel risk, string? child = null, Guid? fact = null)
    {
        var told = new AssessmentFinalised(Guid.NewGuid(), Guid.Parse(child ?? Elder), DivisionId.Parse(Places.Matian + "@2023"), GuardianshipGrade.Fair, risk);
        return TellAsync(new FollowRisk(Registry.Service<VisitDuties>(), Clock), "assessment_finalised", told, Guid.Parse(child ?? Elder), fact);
    }

    public Task TellAsync(Pages.IPageHandler handler, string type, object told, Guid subject, Guid? fact = null) => Registry.Service<EventStore>().RunAsync(work => handler.HandleAsync(work,
        [new(1, fact ?? Guid.NewGuid(), subject, 1, subject, type, Clock.GetUtcNow(), new(2026, 5, 2), null, null, JsonSerializer.Serialize(told, told.GetType(), EventTypes.Json))], Ct), Ct);

    public async Task SweepAtAsync(DateTimeOffset now)
    {
        Clock.SetUtcNow(now);
        await Registry.Service<ObligationSweep>().SweepAsync(Ct);
    }

    public Task<List<string>> EventsAsync(string? child = null) => Registry.EventsOfAsync($"{LeftBehind.Registry.Visits.ChildVisits.IdOf(Guid.Parse(child ?? Elder))}");

    /// <summary>Events of the duties about a child, as they were told.</summary>
    public Task<List<string>> DutiesAsync(string? child = null) => Registry.ColumnAsync(
        "select type from registry.mt_events where type like 'obligation%' and data->'of'->'subject'->>'id' = $1 order by seq_id", child ?? Elder);

    /// <summary>What runs for a child: kind, state and when it is due in China.</summary>
    public Task<List<string>> RunningAsync(string? child = null) => Registry.ColumnAsync(
        "select kind || ' ' || state || ' ' || coalesce(to_char(due_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'), '-') from registry.obligation_due where subject = $1 order by kind",
        Guid.Parse(child ?? Elder));

    public async Task<VisitFact> FactsAsync(string? child = null) => JsonSerializer.Deserialize<VisitFact>((await Registry.FactsAsync(
        $"{LeftBehind.Registry.Visits.ChildVisits.IdOf(Guid.Parse(child ?? Elder))}")).GetRawText(), EventTypes.Json)!;

    public static async Task<StatusCode> RefusedAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;

    public ValueTask DisposeAsync() => Registry.DisposeAsync();

    /// <summary>What left the house last.</summary>
    public sealed record VisitFact(string Cadence, string KeyList, DateOnly? LastVisitOn, bool Overdue, bool VerifiedByVisit, bool HasWorker);
}
