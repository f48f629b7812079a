using Marten.Events.Daemon;
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
            .AddMartenAsyncDaemonHealthCheck(maxEventLag: 50_000);
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

    private sealed class BrokerCheck(IBus bus, TimeProvider clock) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await bus.Publish(new BrokerProbe(clock.GetUtcNow()), cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
