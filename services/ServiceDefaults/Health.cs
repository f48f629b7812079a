using LeftBehind.EventLog;
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
    /// Relay and folds keep up: red when one is behind the log and has not moved for a while. A long way behind while moving
    /// is a bulk load, not a fault; a gauge tells how far.
    /// </summary>
    private sealed class DaemonCheck(EventStore store) : IHealthCheck
    {
        private const int StillSeconds = 30;

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var command = store.Database.CreateCommand($"""
                select name, (select max(seq_id) from {store.Schema}.mt_events) - last_seq_id from {store.Schema}.mt_event_progression p
                where last_seq_id < (select max(seq_id) from {store.Schema}.mt_events) and last_updated < now() - interval '{StillSeconds} seconds'
                """);
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
