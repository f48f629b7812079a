using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using Microsoft.Extensions.Time.Testing;
using Parent = LeftBehind.Protos.Registry.V1.Parent;
using ParentState = LeftBehind.Protos.Registry.V1.ParentState;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>What changes by the passing of days alone.</summary>
public sealed class DueDeterminationsTests(RegistryServers servers)
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));

    [Fact]
    public async Task Days_turn_categories_exactly_when_they_are_due_and_once()
    {
        await using var registry = await servers.StartAsync(clock);
        var feed = new Feed(registry, "population-base", Places.County);
        var subjects = await feed.TakeAsync(
            feed.Household("h1"), feed.Member("h1", "away", born: "2016-05-01"), feed.Member("h1", "soon16", born: "2010-03-15"), feed.Member("h1", "soon18", born: "2008-03-15"),
            feed.Parent("away", Parent.Mother), feed.Parent("away", Parent.Father, since: "2026-02-10"),
            feed.Parent("soon16", Parent.Mother), feed.Parent("soon16", Parent.Father),
            feed.Parent("soon18", Parent.Mother, ParentState.Deceased, ""), feed.Parent("soon18", Parent.Father, ParentState.Missing, ""));
        var (away, soon16, soon18) = (subjects[1], subjects[2], subjects[3]);
        Assert.Equal(["None", "LeftBehind", "InDifficulty"], await CategoriesAsync(registry, away, soon16, soon18));

        await TurnToAsync(registry, "2026-03-11");
        Assert.Equal("None", await CategoryAsync(registry, away));
        await TurnToAsync(registry, "2026-03-12");
        Assert.Equal("LeftBehind", await CategoryAsync(registry, away));

        await TurnToAsync(registry, "2026-03-14");
        Assert.Equal(["LeftBehind", "LeftBehind", "InDifficulty"], await CategoriesAsync(registry, away, soon16, soon18));
        await TurnToAsync(registry, "2026-03-15");
        Assert.Equal(["LeftBehind", "None", "None"], await CategoriesAsync(registry, away, soon16, soon18));
        Assert.Equal(("Open", "Adult"), (await StateAsync(registry, soon16), await StateAsync(registry, soon18)));

        var count = (await registry.ColumnAsync("select id::text from registry.mt_events")).Count;
        Assert.All(await Task.WhenAll(SweepAsync(registry), SweepAsync(registry)), swept => Assert.Equal(0, swept));
        Assert.Equal(count, (await registry.ColumnAsync("select id::text from registry.mt_events")).Count);
        Assert.Equal(2, (await registry.EventsOfAsync(soon16)).Count(e => e == "category_changed"));
    }

    /// <summary>Midnight in China comes; the service's own timer and this sweep may both see it.</summary>
    private async Task TurnToAsync(RunningRegistry registry, string day)
    {
        clock.SetUtcNow(new DateTimeOffset(DateTime.Parse(day, null), TimeSpan.FromHours(8)));
        await SweepAsync(registry);
    }

    private static Task<int> SweepAsync(RunningRegistry registry) =>
        registry.Service<DueDeterminations>().SweepAsync(TestContext.Current.CancellationToken);

    private static async Task<string> CategoryAsync(RunningRegistry registry, string child) => (await registry.FactsAsync(child)).GetProperty("category").GetString()!;

    private static async Task<string?> StateAsync(RunningRegistry registry, string child) => (await registry.FactsAsync(child)).GetProperty("state").GetString();

    private static async Task<string[]> CategoriesAsync(RunningRegistry registry, params string[] children)
    {
        var categories = new List<string>();
        foreach (var child in children)
            categories.Add(await CategoryAsync(registry, child));
        return [.. categories];
    }
}
