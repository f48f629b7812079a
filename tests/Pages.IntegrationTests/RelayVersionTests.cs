using LeftBehind.Pages.IntegrationTests.Running;
using LeftBehind.Pages.IntegrationTests.Story;
using Xunit;

namespace LeftBehind.Pages.IntegrationTests;

[Collection(OneBroker.Name)]
public sealed class RelayVersionTests(TestServers servers)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly Guid thing = Guid.NewGuid();

    [Fact]
    public async Task A_release_that_tells_older_events_has_them_pulled_once()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.StartListenerAsync();
        var teller = await scene.StartTellerAsync();
        await MixAsync(scene, 1);
        await scene.Heard.ReachesAsync(6);
        await scene.EverythingIsHeardOnceAsync();
        await scene.StopAsync(teller);

        teller = await scene.StartTellerAsync(version: 2);
        await MixAsync(scene, 7);
        await scene.Heard.ReachesAsync(12);
        await AllIsHeardOnceAsync(scene);
        await scene.StopAsync(teller);

        // The release is taken back for a while: what was not told then is pulled after it returns, and nothing else.
        teller = await scene.StartTellerAsync();
        await MixAsync(scene, 13);
        await scene.Heard.ReachesAsync(18);
        await scene.StopAsync(teller);
        await scene.StartTellerAsync(version: 2);
        await MixAsync(scene, 19);
        await scene.Heard.ReachesAsync(24);
        await AllIsHeardOnceAsync(scene);
    }

    [Fact]
    public async Task Newly_told_events_between_an_overlapping_floor_and_the_watermark_are_not_forgotten()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        var lane = await TakenByTheFirstReleaseAsync(scene);
        await lane.TakeAsync(await scene.CutAsync(1, 8, version: 2), ct);
        await AllIsHeardOnceAsync(scene);
        Assert.Equal(8, await scene.Heard.WatermarkAsync());
    }

    [Fact]
    public async Task A_lane_that_misses_pages_when_the_release_changes_gets_both_the_missing_and_the_newly_told()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        var lane = await TakenByTheFirstReleaseAsync(scene);
        await lane.TakeAsync(await scene.CutAsync(7, 8, version: 2), ct);
        await AllIsHeardOnceAsync(scene);
        Assert.Equal(8, await scene.Heard.WatermarkAsync());
    }

    [Fact]
    public async Task A_newly_told_event_that_is_poison_is_parked()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        var lane = await TakenByTheFirstReleaseAsync(scene);
        scene.Troubles.Poison(thing, 2);
        await lane.TakeAsync(await scene.CutAsync(6, 8, version: 2), ct);
        Assert.Equal([2L, 4, 6, 7, 8], (await scene.Heard.ParkedAsync()).Select(f => f.Sequence));
        Assert.Equal([1L, 3, 5], (await scene.Heard.FactsAsync()).Select(f => f.Sequence));
    }

    /// <summary>Six events taken under the first release, two more told; the second release runs.</summary>
    private async Task<Lane> TakenByTheFirstReleaseAsync(Scene scene)
    {
        await MixAsync(scene, 1);
        await scene.StartTellerAsync(version: 2);
        await scene.Told.TellAsync((thing, new ThingCounted(7)), (thing, new ThingHidden(8)));
        await scene.Told.IsSafeAsync();
        var lane = scene.Lane();
        await lane.TakeAsync(await scene.CutAsync(0, 6), ct);
        return lane;
    }

    private Task MixAsync(Scene scene, int first) => scene.Told.TellAsync(
        [.. Enumerable.Range(first, 6).Select(n => (thing, n % 2 == 0 ? (object)new ThingHidden(n) : new ThingCounted(n)))]);

    private static async Task AllIsHeardOnceAsync(Scene scene) =>
        Assert.Equal(await scene.Told.FactsAsync(version: 2), (await scene.Heard.FactsAsync()).OrderBy(f => f.Sequence));
}
