using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Pages.IntegrationTests.Running;
using LeftBehind.Pages.IntegrationTests.Story;
using LeftBehind.Protos.Operations.V1;
using LeftBehind.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LeftBehind.Pages.IntegrationTests;

[Collection(OneBroker.Name)]
public sealed class ParkingTests(TestServers servers)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly Guid sick = Guid.NewGuid();
    private readonly Guid sound = Guid.NewGuid();

    [Fact]
    public async Task A_poison_event_is_parked_with_every_later_one_of_its_stream_and_handled_in_order_once_the_cause_is_gone()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartListenerAsync();
        await scene.StartTellerAsync();
        scene.Troubles.Poison(sick, 2);
        var part = Guid.NewGuid();
        await scene.Told.TellAsync(
            (sick, new ThingCounted(1)), (sound, new ThingCounted(1)), (sick, new ThingCounted(2)), (sound, new ThingCounted(2)),
            (sick, new ThingSplit(3, part)), (sound, new ThingCounted(3)));
        await scene.Heard.ReachesAsync(6);
        await scene.Told.TellAsync((sick, new ThingCounted(4)), (sound, new ThingCounted(4)));
        await scene.Heard.ReachesAsync(8);

        var told = await scene.Told.FactsAsync();
        bool Parks(Fact fact) => fact.Sequence is 3 or 5 or 7;
        Assert.Equal(told.Where(f => !Parks(f)), await scene.Heard.FactsAsync());
        Assert.Equal(told.Where(Parks), await scene.Heard.ParkedAsync());
        Assert.Contains(scene.Logs.At(LogLevel.Error), line => line.Contains("parked event 3 of type thing_noted: InvalidOperationException", StringComparison.Ordinal));

        var lanes = Operations(scene);
        var again = await lanes.RetryParkedAsync(new() { Source = Teller.Schema, StreamId = sick.ToString() }, cancellationToken: ct);
        Assert.Equal((0, 4), (again.Handled, again.StillParked));
        Assert.Equal(4, (await lanes.ListParkedAsync(new(), cancellationToken: ct)).Parked[0].Attempts);

        scene.Troubles.Heal();
        again = await lanes.RetryParkedAsync(new() { Source = Teller.Schema, StreamId = sick.ToString() }, cancellationToken: ct);
        Assert.Equal((4, 0), (again.Handled, again.StillParked));
        await scene.Told.TellAsync((sick, new ThingCounted(5)));
        await scene.Heard.ReachesAsync(9);
        Assert.Equal([.. told.Where(f => !Parks(f)), .. told.Where(Parks), new(9, sick, "thing_noted", 5)], await scene.Heard.FactsAsync());
        Assert.Empty(await scene.Heard.ParkedAsync());
        Assert.False(await scene.Bystander.HasQueueAsync(Listener.Queue() + "_error"));
        Assert.False(await scene.Bystander.HasQueueAsync(Listener.Queue() + "_skipped"));
    }

    [Fact]
    public async Task A_poison_event_in_a_replayed_range_is_parked_too()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartTellerAsync();
        scene.Troubles.Poison(sick, 1);
        await scene.Told.TellAsync((sick, new ThingCounted(1)), (sound, new ThingCounted(1)), (sick, new ThingCounted(2)), (sound, new ThingCounted(2)));
        await scene.Told.IsSafeAsync();
        await scene.Lane().TakeAsync(await scene.CutAsync(3, 4), ct);
        Assert.Equal([1L, 3], (await scene.Heard.ParkedAsync()).Select(f => f.Sequence));
        Assert.Equal([2L, 4], (await scene.Heard.FactsAsync()).Select(f => f.Sequence));
    }

    [Fact]
    public async Task A_consumer_that_catches_up_is_not_held_up_by_a_poison_event()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartTellerAsync();
        scene.Troubles.Poison(sick, 1);
        await scene.Told.TellAsync((sick, new ThingCounted(1)), (sound, new ThingCounted(1)));
        await scene.Told.IsSafeAsync();
        await scene.Lane().CatchUpAsync(ct);
        Assert.Equal(2, await scene.Heard.WatermarkAsync());
        Assert.Equal([1L], (await scene.Heard.ParkedAsync()).Select(f => f.Sequence));
    }

    [Fact]
    public async Task A_call_that_is_broken_off_in_the_service_is_unavailable_and_loses_nothing()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartListenerAsync();
        await scene.StartTellerAsync();
        scene.Troubles.Poison(sick, 1);
        await scene.Told.CountAsync(sick, 1);
        await scene.Heard.ReachesAsync(1);
        scene.Troubles.Heal();
        scene.Troubles.BreaksOff = true;
        var retry = new RetryParkedRequest { Source = Teller.Schema, StreamId = sick.ToString() };
        var broken = await Assert.ThrowsAsync<RpcException>(async () => await Operations(scene).RetryParkedAsync(retry, cancellationToken: ct));
        Assert.Equal(StatusCode.Unavailable, broken.StatusCode);

        scene.Troubles.BreaksOff = false;
        Assert.Equal(new() { Handled = 1 }, await Operations(scene).RetryParkedAsync(retry, cancellationToken: ct));
        await scene.EverythingIsHeardOnceAsync();
    }

    [Fact]
    public async Task Parked_events_are_given_up_only_with_a_reason()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartListenerAsync();
        await scene.StartTellerAsync();
        scene.Troubles.Poison(sick, 1);
        await scene.Told.PushAsync(new("partner", "row"), (sick, new ThingCounted(1)));
        await scene.Told.CountAsync(sick, 2);
        await scene.Heard.ReachesAsync(2);
        var lanes = Operations(scene);
        var asked = new FindParkedRequest { Source = "partner", SourceEventId = "row" };
        var services = new Lanes.LanesClient(Settings.Channel(scene.ListenerSettings.Grpc, Role.Service));
        Assert.Equal(new() { Parked = true }, await services.FindParkedAsync(asked, cancellationToken: ct));
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await lanes.DiscardParkedAsync(new() { Source = Teller.Schema, StreamId = sick.ToString() }, cancellationToken: ct));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await lanes.DiscardParkedAsync(new() { Source = Teller.Schema, StreamId = sick.ToString(), Reason = "a reason\0" }, cancellationToken: ct));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(2, (await scene.Heard.ParkedAsync()).Count);

        var given = await lanes.DiscardParkedAsync(
            new() { Source = Teller.Schema, StreamId = sick.ToString(), Reason = "the row was withdrawn" }, cancellationToken: ct);
        Assert.Equal(2, given.Discarded);
        Assert.Equal(new() { Discarded = true, DiscardReason = "the row was withdrawn" }, await services.FindParkedAsync(asked, cancellationToken: ct));
        Assert.Equal(new(), await services.FindParkedAsync(new(asked) { SourceEventId = "other" }, cancellationToken: ct));
        await scene.Told.CountAsync(sick, 3);
        await scene.Heard.ReachesAsync(3);
        Assert.Equal([3L], (await scene.Heard.FactsAsync()).Select(f => f.Sequence));
    }

    private static Lanes.LanesClient Operations(Scene scene) => new(Settings.Channel(scene.ListenerSettings.Grpc, Role.Operations));
}
