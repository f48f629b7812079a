using LeftBehind.Pages.IntegrationTests.Running;
using LeftBehind.Pages.IntegrationTests.Story;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.Pages.IntegrationTests;

[Collection(OneBroker.Name)]
public sealed class RelayTests(TestServers servers)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_of_one_source_are_contiguous_over_ranges_without_facts_and_over_a_restart_of_the_relay()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        var thing = Guid.NewGuid();
        await scene.Told.CountAsync(thing, 1, 2, 3);
        var teller = await scene.StartTellerAsync();
        await TellsToTheEndAsync(scene);
        await scene.Told.IsToldAsync();

        await scene.StopAsync(teller);
        await scene.Told.TellAsync([.. Enumerable.Range(4, 3).Select(n => (thing, (object)new ThingHidden(n)))]);
        teller = await scene.StartTellerAsync();
        await TellsToTheEndAsync(scene);
        var quiet = Distinct(scene)[^1].Page;
        Assert.Empty(quiet.Events);

        // Numbers that a rolled back transaction has burnt are in no event; the range is told all the same.
        await scene.Told.ExecuteAsync($"select nextval('{Teller.Schema}.mt_events_sequence') from generate_series(1, 5)");
        await scene.Told.CountAsync(thing, 7);
        await TellsToTheEndAsync(scene);

        var pages = Distinct(scene);
        Assert.Equal(0, pages[0].Page.Floor);
        Assert.All(pages.Zip(pages.Skip(1)), pair => Assert.Equal(pair.First.Page.Ceiling, pair.Second.Page.Floor));
        Assert.Equal(
            (await scene.Told.FactsAsync()).Select(f => f.Sequence), pages.SelectMany(p => p.Page.Events).Select(f => f.Sequence));
    }

    [Fact]
    public async Task Large_facts_are_told_in_pages_of_at_most_256_KB()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        var text = string.Concat(Enumerable.Repeat("儿\"", 10_000));
        await scene.Told.TellAsync([.. Enumerable.Range(1, 30).Select(n => (Guid.NewGuid(), (object)new ThingCounted(n, text)))]);
        await scene.StartListenerAsync();
        await scene.StartTellerAsync();
        await TellsToTheEndAsync(scene);

        Assert.All(scene.Bystander.Seen, seen => Assert.InRange(seen.Bytes, 1, 256 * 1024));
        var pages = Distinct(scene);
        Assert.InRange(pages.Count, 6, 12);
        Assert.All(pages.Zip(pages.Skip(1)), pair => Assert.Equal(pair.First.Page.Ceiling, pair.Second.Page.Floor));
        await scene.EverythingIsHeardOnceAsync();
    }

    private static List<SeenPage> Distinct(Scene scene) => [.. scene.Bystander.Seen.DistinctBy(s => (s.Page.Floor, s.Page.Ceiling))];

    private async Task TellsToTheEndAsync(Scene scene)
    {
        var last = await scene.Told.LastAsync();
        await Eventually.IsAsync(() => Task.FromResult(scene.Bystander.Seen), seen => seen.Any(s => s.Page.Ceiling >= last), ct);
    }
}

/// <summary>Tests that use the same queues, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class OneBroker
{
    public const string Name = "one broker";
}
