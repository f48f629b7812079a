using System.Text.Json;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using Marten;
using Npgsql;

[assembly: AssemblyFixture(typeof(LeftBehind.Platform.IntegrationTests.RunningPlatform))]

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>Platform, and what Registry tells it over the broker.</summary>
public sealed class RunningPlatform : IAsyncLifetime
{
    private readonly RealServers servers = new();
    private RunningService? service;

    public ChangeFeed.ChangeFeedClient Feed => new(service!.Channel);

    public Protos.Platform.V1.Platform.PlatformClient Client => new(service!.Channel);

    public Protos.Platform.V1.Appraisals.AppraisalsClient Appraisals => new(service!.Channel);

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(servers, "platform", builder => builder.AddPlatform(), app => app.MapPlatform());

    /// <summary>A fact of a child's file.</summary>
    public static PagedEvent Fact(Guid child, long version, string village, ChildChange change = ChildChange.Moved) => new(
        0, Guid.NewGuid(), child, version, child, "child_recorded", DateTimeOffset.UnixEpoch, new(2026, 3, 1), null, null, JsonSerializer.Serialize(new ChildRecorded(child, change, new(
            FileState.Open, DivisionId.Parse(village + "@2023"), new(2016, 5, 1), Sex.Female, ChildCategory.None, null, CarerKind.NotCollected, false)), EventTypes.Json));

    /// <summary>A left-behind child that grandparents care for, or nobody.</summary>
    public static PagedEvent LeftBehindFact(Guid child, string village, bool alone = false) => Fact(child, 1, village) with
    {
        Json = JsonSerializer.Serialize(new ChildRecorded(child, ChildChange.Opened, new(
            FileState.Open, DivisionId.Parse(village + "@2023"), new(2016, 5, 1), Sex.Female, ChildCategory.LeftBehind, LeftBehindReason.BothParentsOut, alone ? CarerKind.None : CarerKind.Grandparents, false)), EventTypes.Json),
    };

    /// <summary>Registry tells facts in one page; answered when Platform's log has them.</summary>
    public Task TellAsync(params IReadOnlyList<PagedEvent> facts) => service!.TellAsync("registry", facts);

    /// <summary>Assessment tells what a child's guardianship was graded.</summary>
    public Task GradeAsync(Guid child, string village, GuardianshipGrade grade) => service!.TellAsync("assessment",
    [
        new(0, Guid.NewGuid(), child, 1, child, "assessment_finalised", DateTimeOffset.UnixEpoch, new(2026, 3, 1), null, null,
            JsonSerializer.Serialize(new AssessmentFinalised(Guid.NewGuid(), child, DivisionId.Parse(village + "@2023"), grade, RiskLevel.High), EventTypes.Json)),
    ]);

    /// <summary>Calls as an officer, of civil affairs where nothing else is said.</summary>
    public CallOptions AsOfficer(string division, Department department = Department.CivilAffairs) => service!.As($"officer-{division}", department, Role.Officer, division);

    /// <summary>Calls as operations.</summary>
    public CallOptions AsOperations() => service!.As("operator", Department.Platform, Role.Operations, "43");

    /// <summary>Folds a child's facts once more, as far as the commit; answered is the commit.</summary>
    public async Task<Func<Task>> FoldAgainAsync(Guid child)
    {
        var ct = TestContext.Current.CancellationToken;
        var session = service!.Service<IDocumentStore>().LightweightSession();
        await new FiguresProjection(service.Service<NpgsqlDataSource>(), service.Service<CountedTree>()).ApplyAsync(session, await session.Events.FetchStreamAsync(child, token: ct), ct);
        return async () =>
        {
            await using (session)
                await session.SaveChangesAsync(ct);
        };
    }

    /// <summary>A number that Platform's store answers.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var command = service!.Service<NpgsqlDataSource>().CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) ?? 0L);
    }

    /// <summary>Changes the read model behind the fold's back.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var command = service!.Service<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        await servers.DisposeAsync();
    }
}
