using LeftBehind.EventLog;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Children;
using LeftBehind.TestKit;
using Parent = LeftBehind.Protos.Registry.V1.Parent;
using ParentState = LeftBehind.Protos.Registry.V1.ParentState;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>What changes by the passing of days alone.</summary>
public sealed class DueDeterminationsTests(RegistryServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 2, 14, 9, 0, 0, TimeSpan.FromHours(8)));

    [Fact]
    public async Task Days_turn_categories_exactly_when_they_are_due_and_once()
    {
        clock.SetUtcNow(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
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

    /// <summary>A 16th birthday on day 2 of a quarter: out of the count of left-behind children that day, on file and in difficulty as before.</summary>
    [Fact]
    public async Task Who_turns_16_on_day_2_of_a_quarter_leaves_the_left_behind_that_day_and_nothing_else()
    {
        clock.SetUtcNow(new DateTimeOffset(2026, 3, 31, 9, 0, 0, TimeSpan.FromHours(8)));
        await using var registry = await servers.StartAsync(clock);
        var feed = new Feed(registry, "population-base", Places.County);
        var subjects = await feed.TakeAsync(
            feed.Household("h1"), feed.Member("h1", "only", born: "2010-04-02"), feed.Member("h1", "both", born: "2010-04-02"),
            feed.Parent("only", Parent.Mother), feed.Parent("only", Parent.Father), feed.Parent("both", Parent.Mother), feed.Parent("both", Parent.Father),
            feed.Granted("both", AidKind.MinimumLiving));
        var (only, both) = (subjects[1], subjects[2]);

        await TurnToAsync(registry, "2026-04-01");
        Assert.Equal(["LeftBehind", "LeftBehindInDifficulty"], await CategoriesAsync(registry, only, both));
        await TurnToAsync(registry, "2026-04-02");
        Assert.Equal(["None", "InDifficulty"], await CategoriesAsync(registry, only, both));

        Assert.Equal(("Open", "Open"), (await StateAsync(registry, only), await StateAsync(registry, both)));
        Assert.Equal("20260402 AgedOut", (await registry.ColumnAsync(
            "select (headers->>'on') || ' ' || (data->>'why') from registry.mt_events where stream_id = $1 and type = 'category_changed' order by version", Guid.Parse(both)))[^1]);
    }

    /// <summary>Home for Spring Festival, 12 days, changes no count; away for 31 days does.</summary>
    [Fact]
    public async Task Twelve_days_at_home_change_nothing_and_31_days_away_do()
    {
        await using var registry = await servers.StartAsync(clock);
        var feed = new Feed(registry, "population-base", Places.County);
        HouseholdRow Told(string child, ParentState status, string since)
        {
            var row = feed.Parent(child, Parent.Father, status, since);
            row.OccurredAt = since + "T00:00:00+08:00";
            return row;
        }
        HouseholdRow[] rows = [feed.Household("h1"), feed.Member("h1", "festival"), feed.Member("h1", "newly"),
            feed.Parent("festival", Parent.Mother), feed.Parent("newly", Parent.Mother), feed.Parent("festival", Parent.Father), feed.Parent("newly", Parent.Father, ParentState.AtHome)];
        foreach (var row in rows)
            row.OccurredAt = "2026-02-13T08:00:00+08:00";
        var subjects = await feed.TakeAsync(rows);
        var (festival, newly) = (subjects[1], subjects[2]);
        await feed.TakeAsync(Told("festival", ParentState.AtHome, "2026-02-14"), Told("newly", ParentState.OutForWork, "2026-02-14"));
        for (var day = new DateOnly(2026, 2, 15); day <= new DateOnly(2026, 3, 17); day = day.AddDays(1))
        {
            await TurnToAsync(registry, day.ToString("yyyy-MM-dd", null));
            if (day == new DateOnly(2026, 2, 26))
                await feed.TakeAsync(Told("festival", ParentState.OutForWork, "2026-02-26"));
            Assert.Equal(["LeftBehind", day < new DateOnly(2026, 3, 16) ? "None" : "LeftBehind"], await CategoriesAsync(registry, festival, newly));
        }
        // Counted from the 30th day on; by the 31st it stands, and of the festival nothing was ever recorded but the parent's own statuses.
        Assert.Single(await registry.EventsOfAsync(festival), "category_changed");
        Assert.Single(await registry.EventsOfAsync(newly), "category_changed");
    }

    /// <summary>A sweep looks outside of the writers' turn: what a writer tells between the look and the move must not lose its own day.</summary>
    [Fact]
    public async Task A_file_told_of_since_the_sweep_looked_keeps_the_day_its_writer_gave_it()
    {
        clock.SetUtcNow(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        await using var registry = await servers.StartAsync(clock);
        var feed = new Feed(registry, "population-base", Places.County);
        var subjects = await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "told", born: "2016-05-01"), feed.Member("h1", "still", born: "2016-05-01"));
        var (told, still) = (Guid.Parse(subjects[1]), Guid.Parse(subjects[2]));
        Looked Seen(Guid child) => new(new(child, new(2032, 5, 1)), EntrustedCare.IdOf(child), Versions: 1, Changes: false, Due: new(2034, 5, 1));
        await feed.TakeAsync(feed.Parent("told", Parent.Mother, ParentState.AtHome, "2026-02-14"));
        var before = await DueAsync(registry, told);

        await registry.Service<EventStore>().RunAsync(work => { DueDays.Move(work, [Seen(told), Seen(still)]); return Task.CompletedTask; }, TestContext.Current.CancellationToken);

        Assert.NotEqual("2034-05-01", before);
        Assert.Equal((before, "2034-05-01"), (await DueAsync(registry, told), await DueAsync(registry, still)));
    }

    private static async Task<string> DueAsync(RunningRegistry registry, Guid child) =>
        Assert.Single(await registry.ColumnAsync("select due::text from registry.due_determination where child = $1", child));

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
