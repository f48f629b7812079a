using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using LeftBehind.Pages.IntegrationTests.Running;
using LeftBehind.Protos.Operations.V1;
using LeftBehind.Servers;
using LeftBehind.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace LeftBehind.Pages.IntegrationTests;

/// <summary>On servers of their own, which are killed.</summary>
public sealed class OutageTests(OutageTests.OwnServers own) : IClassFixture<OutageTests.OwnServers>
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly Guid thing = Guid.NewGuid();

    [Fact]
    public async Task A_database_that_is_killed_while_facts_are_handled_parks_nothing_and_loses_nothing()
    {
        await using var scene = await own.OpenAsync("database", ct);
        await scene.StartTellerAsync();
        await scene.StartListenerAsync();
        await scene.Told.CountAsync(thing, 1, 2);
        await scene.Heard.ReachesAsync(2);
        var held = scene.Troubles.HoldNext();
        await scene.Told.CountAsync(thing, 3, 4, 5);
        await held.WaitAsync(ct);
        await own.Servers.Postgres.KillAsync();
        scene.Troubles.Release();
        await own.Servers.Postgres.StartAgainAsync(ct);
        scene.Told.ForgetConnections();
        scene.Heard.ForgetConnections();
        await scene.Told.CountAsync(thing, 6);
        await scene.Heard.ReachesAsync(await scene.Told.LastAsync());
        await scene.EverythingIsHeardOnceAsync();
        Assert.Empty(await scene.Heard.ParkedAsync());
    }

    [Fact]
    public async Task A_broker_that_is_killed_loses_no_fact_and_doubles_none()
    {
        await using var scene = await own.OpenAsync("broker", ct);
        var teller = await scene.StartTellerAsync();
        await scene.StartListenerAsync();
        await scene.Told.CountAsync(thing, 1, 2);
        await scene.Heard.ReachesAsync(2);
        Assert.Equal(HealthStatus.Healthy, await BrokerAsync(teller));
        await Eventually.IsAsync(() => own.Servers.RabbitMq.HasRegisteredQueuesAsync(ct), registered => registered, ct);
        await own.Servers.RabbitMq.KillAsync();
        await Eventually.IsAsync(() => BrokerAsync(teller), status => status is HealthStatus.Unhealthy, ct);
        await scene.Told.CountAsync(thing, 3, 4);
        await own.Servers.RabbitMq.StartAgainAsync(ct);
        await scene.Told.CountAsync(thing, 5);
        // The bus waits longer and longer before it tries again: 59 s at worst when measured.
        await scene.Heard.ReachesAsync(5, withinSeconds: 300);
        await Eventually.IsAsync(() => BrokerAsync(teller), status => status is HealthStatus.Healthy, ct);
        await scene.EverythingIsHeardOnceAsync();
        Assert.Empty(await scene.Heard.ParkedAsync());
    }

    /// <summary>Longer than a ping that is not answered takes.</summary>
    [Fact]
    public async Task A_call_to_a_peer_that_answers_nothing_ends()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        await using var scene = await own.OpenAsync("mute", ct);
        var listener = Listener.Build(Listener.Schema, scene.ListenerSettings.With("Sources:mute:Grpc", $"http://{mute.LocalEndpoint}"), scene.Troubles, scene.Logs);
        using var replay = listener.Services.GetRequiredService<Func<string, Source.SourceClient>>()("mute").Replay(new(), cancellationToken: ct);
        await Assert.ThrowsAsync<RpcException>(() => replay.ResponseStream.MoveNext(ct).WaitAsync(TimeSpan.FromMinutes(1), ct));
        await listener.DisposeAsync();
    }

    private async Task<HealthStatus> BrokerAsync(WebApplication app) =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "broker", ct)).Status;

    public sealed class OwnServers : IAsyncLifetime
    {
        public PrivateServers Servers { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Servers = await RealServers.StartPrivateAsync(TestContext.Current.CancellationToken);

        internal async Task<Scene> OpenAsync(string name, CancellationToken ct)
        {
            var (superuser, broker) = (Servers.Postgres.ConnectionString, Servers.RabbitMq.Uri);
            var teller = await PostgresDatabases.CreateDatabaseAsync(superuser, $"{name}_{Teller.Schema}", ct);
            var listener = await PostgresDatabases.CreateDatabaseAsync(superuser, $"{name}_{Listener.Schema}", ct);
            await TestServers.MigrateAsync(Teller.Schema, teller, broker);
            await TestServers.MigrateAsync(Listener.Schema, listener, broker);
            var scene = await Scene.OpenAsync(broker, teller, listener, ct);
            await scene.Bystander.EmptyQueueAsync(Listener.Queue());
            return scene;
        }

        public ValueTask DisposeAsync() => Servers.DisposeAsync();
    }
}
