using LeftBehind.EventLog;
using Marten;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace LeftBehind.ServiceDefaults;

internal static class Health
{
    private const string Ready = "ready";
    private static readonly TimeSpan ProbeWithin = TimeSpan.FromSeconds(3);

    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [Ready], timeout: ProbeWithin)
            .AddCheck<BrokerCheck>("broker", tags: [Ready], timeout: ProbeWithin)
            .AddCheck<DaemonCheck>("daemon", tags: [Ready], timeout: ProbeWithin);
        builder.Services.AddGrpcHealthChecks();
        // MassTransit adds a check that stays green while the broker blocks publishers; the probe stands in its place.
        builder.Services.Configure<HealthCheckServiceOptions>(checks =>
        {
            foreach (var masstransit in checks.Registrations.Where(r => r.Name.StartsWith("masstransit", StringComparison.Ordinal)).ToList())
                checks.Registrations.Remove(masstransit);
        });
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapGrpcHealthChecksService();
    }

    private static Task WriteAsync(Microsoft.AspNetCore.Http.HttpContext context, HealthReport report) =>
        Microsoft.AspNetCore.Http.HttpResponseJsonExtensions.WriteAsJsonAsync(context.Response, new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(e => e.Key, e => e.Value.Status.ToString()),
        });

    private sealed class DatabaseCheck(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }

    /// <summary>
    /// Relay and folds keep up: red when one has not moved for a while although the next event has been there as long, or never
    /// began although the first has. A long way behind while moving is a bulk load, not a fault; a gauge tells how far.
    /// </summary>
    private sealed class DaemonCheck(EventStore store, IDocumentStore marten) : IHealthCheck
    {
        private const int StillSeconds = 30;

        // Marten remembers the last gap of the log beside the positions; it is none, and never moves again.
        private const string NoPosition = "HighWaterStuckGap";

        private readonly string[] shards = [.. ((StoreOptions)marten.Options).Projections.AllShards().Select(s => s.Name.Identity)];

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var command = store.Database.CreateCommand($"""
                select shard, (select max(seq_id) from {store.Schema}.mt_events) from unnest($1) as shard
                where not exists (select 1 from {store.Schema}.mt_event_progression p where p.name = shard)
                  and (select e.timestamp from {store.Schema}.mt_events e order by e.seq_id limit 1) < now() - interval '{StillSeconds} seconds'
                union all
                select p.name, (select max(seq_id) from {store.Schema}.mt_events) - p.last_seq_id from {store.Schema}.mt_event_progression p
                cross join lateral (select e.timestamp from {store.Schema}.mt_events e where e.seq_id > p.last_seq_id order by e.seq_id limit 1) next
                where p.name <> '{NoPosition}' and p.last_updated < now() - interval '{StillSeconds} seconds'
                  and next.timestamp < now() - interval '{StillSeconds} seconds'
                """);
            command.Parameters.Add(new() { Value = shards });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken)
                ? HealthCheckResult.Unhealthy($"{reader.GetString(0)} stands still, {reader.GetInt64(1)} events behind")
                : HealthCheckResult.Healthy();
        }
    }

    private sealed class BrokerCheck(IBus bus, TimeProvider clock) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await bus.Publish(new BrokerProbe(clock.GetUtcNow()), cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
