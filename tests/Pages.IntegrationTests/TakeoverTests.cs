using System.Diagnostics;
using LeftBehind.Pages.IntegrationTests.Running;
using LeftBehind.Pages.IntegrationTests.Story;
using LeftBehind.Servers.Processes;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.Pages.IntegrationTests;

[Collection(OneBroker.Name)]
public sealed class TakeoverTests(TestServers servers, ITestOutputHelper output)
{
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFreeze = TimeSpan.FromSeconds(20);

    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly Guid thing = Guid.NewGuid();

    [Fact]
    public async Task Of_two_replicas_of_a_consumer_one_is_active_and_the_other_takes_over()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartTellerAsync();
        var first = await scene.StartListenerAsync();
        await scene.Told.CountAsync(thing, 1);
        await scene.Heard.ReachesAsync(1);
        var spare = new Troubles();
        var settings = Settings.For(scene.ListenerSettings.Values["ConnectionStrings:Store"]!, servers.Broker, scene.TellerSettings.Grpc);
        await scene.HasCaughtUpAsync(await scene.StartAsync(Listener.Build(Listener.Schema, settings, spare)));
        for (var n = 2; n <= 20; n++)
        {
            await scene.Told.CountAsync(thing, n);
            await scene.Heard.ReachesAsync(n);
        }
        Assert.Equal((20, 0), (scene.Troubles.Handled, spare.Handled));

        await scene.StopAsync(first);
        await scene.Told.CountAsync(thing, 21, 22);
        await scene.Heard.ReachesAsync(22);
        await scene.EverythingIsHeardOnceAsync();
        Assert.Equal((20, 2), (scene.Troubles.Handled, spare.Handled));
    }

    [Fact]
    public async Task When_the_relaying_replica_is_killed_another_goes_on()
    {
        using var folder = TestFolder.Create();
        await AnotherGoesOnAsync(folder.Of("teller.log"), leader => leader.KillAsync(), AfterKill);
    }

    [Fact]
    public async Task When_the_relaying_replica_freezes_another_goes_on_and_nothing_is_heard_twice_once_it_thaws()
    {
        ServerProcess? frozen = null;
        using var folder = TestFolder.Create();
        var log = folder.Of("teller.log");
        await AnotherGoesOnAsync(
            log,
            leader =>
            {
                (frozen = leader).Freeze();
                return Task.CompletedTask;
            },
            AfterFreeze,
            async scene =>
            {
                frozen!.Thaw();
                await Eventually.IsAsync(() => Task.FromResult(File.ReadAllText(log)), said => said.Contains("Does not lead", StringComparison.Ordinal), ct);
                await scene.Told.CountAsync(thing, 5, 6);
                await scene.Heard.ReachesAsync(6);
            });
    }

    private async Task AnotherGoesOnAsync(string log, Func<ServerProcess, Task> endAsync, TimeSpan bound, Func<Scene, Task>? afterwards = null)
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartListenerAsync();
        var settings = Settings.For(scene.Told.Database, servers.Broker);
        await using var leader = await ServerProcess.StartAsync(new(Environment.ProcessPath!, "teller")
        {
            Environment = settings.AsEnvironment(), Log = log, Folder = AppContext.BaseDirectory,
        });
        await scene.Told.CountAsync(thing, 1);
        await scene.Heard.ReachesAsync(1);
        await scene.StartTellerAsync();
        await scene.Told.CountAsync(thing, 2);
        await scene.Heard.ReachesAsync(2);

        var since = Stopwatch.StartNew();
        await endAsync(leader);
        await scene.Told.CountAsync(thing, 3, 4);
        await scene.Heard.ReachesAsync(4);
        output.WriteLine($"The next replica relayed {since.Elapsed.TotalSeconds:0.0} s later.");
        Assert.InRange(since.Elapsed, TimeSpan.Zero, bound);
        if (afterwards is not null)
            await afterwards(scene);
        await scene.EverythingIsHeardOnceAsync();
    }
}
