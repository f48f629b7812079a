using LeftBehind.Pages.IntegrationTests.Running;
using LeftBehind.Pages.IntegrationTests.Story;
using LeftBehind.TestKit;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace LeftBehind.Pages.IntegrationTests;

[Collection(OneBroker.Name)]
public sealed class TakingPagesTests(TestServers servers)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_that_come_twice_have_their_effect_once()
    {
        await using var scene = await Scene.OpenAsync(servers, ct, echo: true);
        await scene.StartListenerAsync();
        await scene.StartTellerAsync();
        var thing = Guid.NewGuid();
        for (var wave = 0; wave < 10; wave++)
        {
            await scene.Told.TellAsync((thing, new ThingCounted(wave)), (thing, new ThingSplit(wave, Guid.NewGuid())));
            await scene.Heard.ReachesAsync(await scene.Told.LastAsync());
        }
        var pages = scene.Bystander.Seen.Select(s => (s.Page.Floor, s.Page.Ceiling)).Distinct().Count();
        await Eventually.IsAsync(() => Task.FromResult(scene.Bystander.Seen.Count), seen => seen >= 2 * pages, ct);
        await Eventually.IsAsync(() => scene.Bystander.WaitingAsync(Listener.Queue()), waiting => waiting == 0, ct);
        await scene.EverythingIsHeardOnceAsync();
        Assert.Equal((await scene.Told.FactsAsync()).Count, scene.Troubles.Handled);
    }

    [Fact]
    public async Task Of_a_page_that_overlaps_what_was_taken_only_the_rest_is_handled()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartListenerAsync();
        var teller = await scene.StartTellerAsync();
        var thing = Guid.NewGuid();
        await scene.Told.CountAsync(thing, 1, 2, 3, 4);
        await scene.Heard.ReachesAsync(4);
        await scene.StopAsync(teller);

        // A relay that was killed between publishing and keeping its progress cuts the same range elsewhere.
        await scene.Told.CountAsync(thing, 5, 6, 7, 8);
        await scene.Bystander.TellAsync(await scene.CutAsync(2, 6), ct);
        await scene.Heard.ReachesAsync(6);
        await scene.Bystander.TellAsync(await scene.CutAsync(1, 5), ct);
        await scene.StartTellerAsync();
        await scene.Heard.ReachesAsync(8);
        await scene.EverythingIsHeardOnceAsync();
        Assert.Equal(8, scene.Troubles.Handled);
    }

    [Fact]
    public async Task A_missing_page_is_pulled_from_the_source_before_the_next_one_is_handled()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartTellerAsync();
        var lane = scene.Lane();
        var thing = Guid.NewGuid();
        await scene.TellSafelyAsync(thing, 6);
        await lane.TakeAsync(await scene.CutAsync(0, 2), ct);
        await lane.TakeAsync(await scene.CutAsync(5, 6), ct);
        await scene.EverythingIsHeardOnceAsync();
        await lane.TakeAsync(await scene.CutAsync(2, 5), ct);
        await scene.EverythingIsHeardOnceAsync();
        Assert.Equal(6, await scene.Heard.WatermarkAsync());
    }

    [Fact]
    public async Task A_consumer_added_late_gets_everything_from_the_beginning()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.Bystander.EmptyQueueAsync(Listener.Queue(Listener.LateSchema));
        await scene.StartListenerAsync();
        await scene.StartTellerAsync();
        var thing = Guid.NewGuid();
        await scene.Told.CountAsync(thing, [.. Enumerable.Range(1, 1200)]);
        await scene.Heard.ReachesAsync(1200);

        var database = await servers.NewAsync(Listener.LateSchema, ct);
        await using var late = new Hearing(database, Listener.LateSchema, ct);
        await scene.StartAsync(Listener.Build(Listener.LateSchema, Settings.For(database, servers.Broker, scene.TellerSettings.Grpc), new Troubles(), scene.Logs));
        await late.ReachesAsync(1200);
        await scene.Told.CountAsync(thing, 1201);
        await late.ReachesAsync(1201);
        Assert.Equal(await scene.Told.FactsAsync(), await late.FactsAsync());
        await scene.EverythingIsHeardOnceAsync();
    }

    [Fact]
    public async Task A_consumer_whose_queue_was_deleted_while_it_was_down_gets_what_it_missed()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        var listener = await scene.StartListenerAsync();
        await scene.StartTellerAsync();
        var thing = Guid.NewGuid();
        await scene.Told.CountAsync(thing, 1, 2);
        await scene.Heard.ReachesAsync(2);
        await scene.StopAsync(listener);
        await scene.Told.CountAsync(thing, 3, 4);
        await Eventually.IsAsync(() => scene.Bystander.WaitingAsync(Listener.Queue()), waiting => waiting > 0, ct);
        await scene.Bystander.DeleteQueueAsync(Listener.Queue());
        await scene.StartListenerAsync();
        await scene.Heard.ReachesAsync(4);
        await scene.EverythingIsHeardOnceAsync();
    }

    [Fact]
    public async Task A_consumer_whose_queue_is_deleted_under_its_hands_goes_on()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartListenerAsync();
        await scene.StartTellerAsync();
        var thing = Guid.NewGuid();
        await scene.Told.CountAsync(thing, 1);
        await scene.Heard.ReachesAsync(1);
        await scene.Bystander.DeleteQueueAsync(Listener.Queue());
        await scene.Told.CountAsync(thing, 2, 3);
        await Eventually.IsAsync(() => scene.Bystander.HasQueueAsync(Listener.Queue()), there => there, ct);
        await scene.Told.CountAsync(thing, 4);
        await scene.Heard.ReachesAsync(4);
        await scene.EverythingIsHeardOnceAsync();
    }
}
