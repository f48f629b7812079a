using System.Diagnostics.Metrics;
using LeftBehind.Access;
using LeftBehind.Pages.IntegrationTests.Running;
using LeftBehind.Protos.Operations.V1;
using LeftBehind.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LeftBehind.Pages.IntegrationTests;

[Collection(OneBroker.Name)]
public sealed class RestoredStoreTests(TestServers servers)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly Guid thing = Guid.NewGuid();

    [Fact]
    public async Task A_restored_store_stops_the_lane_with_an_alert_and_once_accepted_every_fact_has_its_effect_once()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        var stops = 0;
        using var alerts = Alerts(() => Interlocked.Increment(ref stops));
        await scene.StartListenerAsync();
        var teller = await scene.StartTellerAsync();
        await scene.Told.CountAsync(thing, 1, 2, 3);
        await scene.Heard.ReachesAsync(3);
        await scene.StopAsync(teller);
        await scene.Told.DisposeAsync();
        var (lost, backup) = (scene.Told.Database, await servers.CopyAsync(scene.Told.Database, ct));

        // After the backup the store told two facts more, which are lost with it.
        await scene.UseTellerStoreAsync(lost);
        teller = await scene.StartTellerAsync();
        await scene.Told.CountAsync(thing, 4, 5);
        await scene.Heard.ReachesAsync(5);
        var heardOfTheLost = await scene.Heard.FactsAsync();
        var lostPage = await scene.CutAsync(4, 5);
        await scene.StopAsync(teller);

        await scene.UseTellerStoreAsync(backup);
        await scene.StartTellerAsync();
        await scene.Told.CountAsync(thing, 40, 50, 60);
        Assert.Equal($"unknown incarnation {await scene.Told.IncarnationAsync()}", await Eventually.IsAsync(scene.Heard.StoppedBecauseAsync, because => because is not null, ct));
        var lanes = new Lanes.LanesClient(Settings.Channel(scene.ListenerSettings.Grpc, Role.Operations));
        var shown = Assert.Single((await lanes.ListLanesAsync(new(), cancellationToken: ct)).Lanes);
        Assert.Equal(("stopped", 5L), (shown.State, shown.Watermark));
        Assert.Equal(heardOfTheLost, await scene.Heard.FactsAsync());
        Assert.Equal(1, stops);
        Assert.Single(scene.Logs.At(LogLevel.Critical), line => line.Contains($"Lane {Teller.Schema} stopped", StringComparison.Ordinal));

        await lanes.AcceptIncarnationAsync(new() { Source = Teller.Schema, Incarnation = $"{await scene.Told.IncarnationAsync()}" }, cancellationToken: ct);
        await scene.Heard.ReachesAsync(6);
        // A page of the lost log that was still under way changes nothing.
        await scene.Bystander.TellAsync(lostPage with { Floor = 6, Ceiling = 7 }, ct);
        await scene.Told.CountAsync(thing, 70);
        await scene.Heard.ReachesAsync(7);
        Assert.Equal(
            [.. heardOfTheLost, .. (await scene.Told.FactsAsync()).Where(f => f.Sequence > 3)], await scene.Heard.FactsAsync());
        Assert.Null(await scene.Heard.StoppedBecauseAsync());
    }

    [Fact]
    public async Task Facts_parked_before_and_after_a_restore_count_once_and_in_the_epoch_they_belong_to()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        var (other, lanes) = (Guid.NewGuid(), new Lanes.LanesClient(Settings.Channel(scene.ListenerSettings.Grpc, Role.Operations)));
        scene.Troubles.Poison(thing, 2);
        scene.Troubles.Poison(other, 1);
        await scene.StartListenerAsync();
        var teller = await scene.StartTellerAsync();
        await scene.Told.CountAsync(thing, 1, 2);
        await scene.Heard.ReachesAsync(2);
        await scene.StopAsync(teller);
        await scene.Told.DisposeAsync();
        var (lost, backup) = (scene.Told.Database, await servers.CopyAsync(scene.Told.Database, ct));

        // After the backup the store told two facts more, which are parked here and lost there.
        await scene.UseTellerStoreAsync(lost);
        teller = await scene.StartTellerAsync();
        await scene.Told.CountAsync(thing, 3, 4);
        await scene.Heard.ReachesAsync(4);
        await scene.StopAsync(teller);

        await scene.UseTellerStoreAsync(backup);
        await scene.StartTellerAsync();
        await scene.Told.CountAsync(other, 1, 2);
        await scene.Told.CountAsync(thing, 30);
        await Eventually.IsAsync(scene.Heard.StoppedBecauseAsync, because => because is not null, ct);
        await lanes.AcceptIncarnationAsync(new() { Source = Teller.Schema, Incarnation = $"{await scene.Told.IncarnationAsync()}" }, cancellationToken: ct);
        await scene.Heard.ReachesAsync(5);
        Assert.Equal([(1, 0)], await scene.Heard.CountedAsync(thing));

        scene.Troubles.Heal();
        await lanes.RetryParkedAsync(new() { Source = Teller.Schema, StreamId = $"{thing}" }, cancellationToken: ct);
        await lanes.RetryParkedAsync(new() { Source = Teller.Schema, StreamId = $"{other}" }, cancellationToken: ct);
        // 2 was told by both logs, 3 and 4 by the one that ended only.
        Assert.Equal([(1, 0), (3, 0), (4, 0), (2, 1), (30, 1)], await scene.Heard.CountedAsync(thing));
        Assert.Equal([(1, 1), (2, 1)], await scene.Heard.CountedAsync(other));
        Assert.Empty(await scene.Heard.ParkedAsync());
    }

    [Fact]
    public async Task A_store_that_lost_the_end_of_its_log_unnoticed_stops_the_lane_when_it_catches_up()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartTellerAsync();
        await scene.TellSafelyAsync(thing, 3);
        var page = await scene.CutAsync(0, 3);
        var lane = scene.Lane();
        // The lane has seen more than the store has.
        await lane.TakeAsync(page with { Ceiling = 9 }, ct);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var catchingUp = lane.CatchUpAsync(enough.Token);
        Assert.Equal("the source's log ends at 3, before the watermark", await Eventually.IsAsync(scene.Heard.StoppedBecauseAsync, because => because is not null, ct));
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => catchingUp);
    }

    private static MeterListener Alerts(Action onStop)
    {
        var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "leftbehind.lane.stopped")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => onStop());
        listener.Start();
        return listener;
    }
}
