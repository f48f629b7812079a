using LeftBehind.Pages.IntegrationTests.Running;
using LeftBehind.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace LeftBehind.Pages.IntegrationTests;

[Collection(OneBroker.Name)]
public sealed class ReadinessTests(TestServers servers)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_relay_that_never_began_is_red_once_the_first_event_is_old_and_green_when_it_runs()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        var teller = Teller.Build(scene.TellerSettings, scene.Logs);
        Assert.Equal(HealthStatus.Healthy, await DaemonAsync(teller));
        await scene.Told.CountAsync(Guid.NewGuid(), 1, 2);
        Assert.Equal(HealthStatus.Healthy, await DaemonAsync(teller));

        await scene.Told.ExecuteAsync($"update {Teller.Schema}.mt_events set timestamp = timestamp - interval '31 seconds' where version = 1");
        Assert.Equal(HealthStatus.Unhealthy, await DaemonAsync(teller));

        await scene.StartAsync(teller);
        await Eventually.IsAsync(() => DaemonAsync(teller), status => status is HealthStatus.Healthy, ct);
    }

    [Fact]
    public async Task A_service_that_tells_nothing_is_green_however_old_its_events_are()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartTellerAsync();
        await scene.Told.CountAsync(Guid.NewGuid(), 1);
        var listener = await scene.StartListenerAsync();
        await scene.Heard.ReachesAsync(1);
        await scene.Heard.ExecuteAsync($"update {Listener.Schema}.mt_events set timestamp = timestamp - interval '1 hour'");

        Assert.Equal(HealthStatus.Healthy, await DaemonAsync(listener));
    }

    private async Task<HealthStatus> DaemonAsync(WebApplication app) =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "daemon", ct)).Status;
}
