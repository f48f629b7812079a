using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Platform;
using LeftBehind.Platform.Days;
using LeftBehind.Platform.Log;
using LeftBehind.ServiceDefaults;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeftBehind.Registry.IntegrationTests.Running;

/// <summary>Platform's figures of what a Registry told, on a day of the same clock: the relay's own pages, taken and folded by Platform's own code.</summary>
internal sealed class Figures : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly RunningRegistry registry;
    private readonly JasperFx.Events.Daemon.IProjectionDaemon daemon;
    private long told;

    private Figures(WebApplication app, RunningRegistry registry, JasperFx.Events.Daemon.IProjectionDaemon daemon) => (this.app, this.registry, this.daemon) = (app, registry, daemon);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Figures> StartAsync(RegistryServers servers, RunningRegistry registry, TimeProvider clock)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Store", await servers.NewDatabaseAsync("platform")), new("Divisions:File", ShippedData.Divisions), new("ConnectionStrings:RabbitMq", "amqp://127.0.0.1:1"), .. SealingKeys.New()]);
        builder.Services.AddSingleton(clock);
        builder.AddPlatform();
        builder.Services.AddSingleton(Places.Tree);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        await app.RunServiceAsync(["migrate"]);
        var daemon = await app.Services.GetRequiredService<IDocumentStore>().BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        return new(app, registry, daemon);
    }

    /// <summary>The day turns, and whatever Registry did since is told and folded.</summary>
    public async Task CatchUpAsync()
    {
        await using var session = registry.Service<IDocumentStore>().QuerySession();
        var events = await session.Events.QueryAllRawEvents().Where(e => e.Sequence > told).OrderBy(e => e.Sequence).ToListAsync(Ct);
        var store = app.Services.GetRequiredService<EventStore>();
        if (events.Count > 0)
        {
            var pages = registry.Service<PageWriter>().Cut(Guid.NewGuid(), told, events[^1].Sequence,
                events.Select(e => new StoredEvent(e.Sequence, e.Id, e.StreamId, e.Version, e.Data, EventMeta.Of(e)))).ToList();
            await store.RunAsync(work => new TakeFacts("registry").HandleAsync(work, [.. pages.SelectMany(p => p.Events)], Ct), Ct);
            told = events[^1].Sequence;
        }
        await app.Services.GetRequiredService<TurnDays>().RunAsync(Ct);
        await Eventually.IsAsync(() => NumberAsync("""
            select (select coalesce(max(seq_id), 0) from platform.mt_events)
                - (select coalesce(max(last_seq_id), 0) from platform.mt_event_progression where name like 'figures%' or name like 'Figures%')
            """), behind => behind == 0, Ct);
    }

    /// <summary>A figure of a division.</summary>
    public Task<long> OfAsync(string measure, string division) => NumberAsync(
        "select coalesce(sum(n), 0)::bigint from platform.division_figure join platform.measure on id = measure where division = $1 and name = $2",
        Places.Tree.Resolve(DivisionCode.Parse(division), Places.Tree.Edition)!.Value.Value, measure);

    public async ValueTask DisposeAsync()
    {
        await daemon.StopAllAsync();
        daemon.Dispose();
        await app.DisposeAsync();
    }

    private async Task<long> NumberAsync(string sql, params object[] parameters)
    {
        await using var command = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
