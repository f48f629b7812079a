using System.Text.Json;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.Divisions.Tests;
using LeftBehind.EventLog;
using LeftBehind.Platform.Figures;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>Platform on a tree of a few divisions, for tests that change it; Registry tells it where children live.</summary>
internal sealed class SmallPlatform : IAsyncDisposable
{
    private const string ReadModel = """
        select line from (select 'f ' || division || ' ' || measure || ' ' || n as line from platform.division_figure where n <> 0
            union all select 'r ' || subject || ' ' || village || ' ' || change from platform.reassignment
            union all select 's ' || subject || ' ' || coalesce(village, 0) from platform.subject_facts) r order by line
        """;

    private readonly RealServers servers = new();
    private RunningService? service;

    public static Task<SmallPlatform> StartAsync(DivisionHistory tree, params (string Name, string Value)[] settings) => StartAsync(tree, null, settings);

    public static async Task<SmallPlatform> StartAsync(DivisionHistory tree, TimeProvider? clock, params (string Name, string Value)[] settings)
    {
        var platform = new SmallPlatform();
        platform.service = await RunningService.StartAsync(platform.servers, "platform", builder =>
        {
            builder.AddPlatform();
            builder.Services.AddSingleton(new DivisionTree(tree));
        }, app => app.MapPlatform(), clock, settings);
        return platform;
    }

    public Protos.Platform.V1.Platform.PlatformClient Client => new(service!.Channel);

    public ChangeFeed.ChangeFeedClient Feed => new(service!.Channel);

    public V1.Divisions.DivisionsClient Divisions => new(service!.Channel);

    public V1.Quarters.QuartersClient Quarters => new(service!.Channel);

    public T Service<T>() where T : notnull => service!.Service<T>();

    public CallOptions As(string division, Role role = Role.Officer, Department department = Department.CivilAffairs) => service!.As($"officer-{division}", department, role, division);

    public CallOptions Operations => service!.As("ops", Department.Platform, Role.Operations, "43");

    /// <summary>A child of five years that lives in a village.</summary>
    public static PagedEvent Lives(Guid child, DivisionId village) => new(
        0, Guid.NewGuid(), child, 1, child, "child_recorded", DateTimeOffset.UnixEpoch, new(2026, 3, 1), null, null, JsonSerializer.Serialize(new ChildRecorded(child, ChildChange.Moved, new(
            FileState.Open, village, new(2020, 5, 1), Sex.Female, ChildCategory.None, null, CarerKind.NotCollected, false)), EventTypes.Json));

    /// <summary>A left-behind child of five years, and the day from which that counts.</summary>
    public static PagedEvent LeftBehind(Guid child, DivisionId village, DateOnly on, ChildCategory category = ChildCategory.LeftBehind, CategoryReasons? why = null) => Lives(child, village) with
    {
        EffectiveOn = on,
        Json = JsonSerializer.Serialize(new ChildRecorded(child, ChildChange.Moved, new(FileState.Open, village, new(2020, 5, 1), Sex.Female, category,
            category is ChildCategory.LeftBehind ? LeftBehindReason.BothParentsOut : null, CarerKind.Grandparents, false), why), EventTypes.Json),
    };

    public Task TellAsync(params IReadOnlyList<PagedEvent> facts) => service!.TellAsync("registry", facts);

    public async Task<ConfirmedChanges> ConfirmAsync(long version, params IEnumerable<DivisionChange> changes) =>
        await Divisions.ConfirmDivisionChangesAsync(new() { RequestId = Guid.NewGuid().ToString(), ExpectedVersion = version, Changes = { changes } }, As("43"));

    /// <summary>Waits until the figures stand at the end of the log.</summary>
    public Task CountedAsync() => Eventually.IsAsync(() => service!.ColumnAsync(
        $"select (last_seq_id - (select max(seq_id) from platform.mt_events))::text from platform.mt_event_progression where name = '{FiguresProjection.ProgressName}:All'"), behind => behind is ["0"], TestContext.Current.CancellationToken);

    /// <summary>Every figure and every subject's place.</summary>
    public Task<List<string>> ReadModelAsync() => service!.ColumnAsync(ReadModel);

    public Task<List<string>> ColumnAsync(string sql) => service!.ColumnAsync(sql);

    /// <summary>Changes the store behind Platform's back.</summary>
    public async Task RunAsync(string sql)
    {
        await using var command = Service<Npgsql.NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>How many children each division counts.</summary>
    public async Task<Dictionary<DivisionId, long>> ChildrenAsync() => (await service!.ColumnAsync(
        "select division || ' ' || n from platform.division_figure join platform.measure on measure.id = measure where name = 'onFile.total.all' and n <> 0"))
        .Select(row => row.Split(' ')).ToDictionary(row => new DivisionId(long.Parse(row[0], null)), row => long.Parse(row[1], null));

    /// <summary>Stops the service, and folds its log once more from the beginning on the tree it was shipped with.</summary>
    public async Task<List<string>> RebuiltAsync(DivisionHistory tree)
    {
        var store = service!.Service<IConfiguration>()["ConnectionStrings:Store"];
        await service.DisposeAsync();
        service = null;
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Store", store), new("ConnectionStrings:RabbitMq", "amqp://127.0.0.1:1"), .. SealingKeys.New()]);
        builder.AddPlatform();
        builder.Services.AddSingleton(new DivisionTree(tree));
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        using var daemon = await app.Services.GetRequiredService<IDocumentStore>().BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync(FiguresProjection.ProgressName, TestContext.Current.CancellationToken);
        await using var command = app.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand(ReadModel);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        await servers.DisposeAsync();
    }
}
