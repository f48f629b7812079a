using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Children;
using LeftBehind.TestKit;
using Parent = LeftBehind.Protos.Registry.V1.Parent;
using ParentState = LeftBehind.Protos.Registry.V1.ParentState;

namespace LeftBehind.Registry.IntegrationTests.Caring;

/// <summary>Children whom nobody cares for are found by rule: in whatever order it is told, on the day, and once an episode.</summary>
public sealed class UnattendedTests(RegistryServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));

    [Fact]
    public async Task Told_in_any_order_it_is_found_once_and_ends_when_somebody_cares()
    {
        var feed = servers.Partner();
        var (registry, rows) = (feed.Registry, feed.Family("h1"));
        rows[4] = feed.Carer("h1c", CarerKind.NoCarer, "");
        var child = (await feed.TakeAsync(rows[0], rows[1], rows[4]))[1];
        Assert.Empty(await EventsAsync(registry, child));
        await feed.TakeAsync(rows[2]);
        Assert.Empty(await EventsAsync(registry, child));
        await feed.TakeAsync(rows[3]);
        Assert.Equal(["unattended_child_detected"], await EventsAsync(registry, child));
        Assert.True((await new CaredFor(registry, child).ReadAsync()).Unattended);
        await feed.PushAsync(feed.Again(rows[3]));
        await feed.TakeAsync(feed.Parent("h1c", Parent.Father, ParentState.Missing));
        Assert.Single(await EventsAsync(registry, child));
        await feed.TakeAsync(feed.Carer("h1c"));
        Assert.Equal(["unattended_child_detected", "unattended_ended"], await EventsAsync(registry, child));
        await feed.TakeAsync(feed.Carer("h1c", CarerKind.NoCarer, ""));
        Assert.Equal(3, (await EventsAsync(registry, child)).Count);
    }

    [Fact]
    public async Task To_entrust_somebody_ends_it_and_a_barred_carer_begins_it_again()
    {
        var feed = servers.Partner();
        var rows = feed.Family("h1");
        rows[4] = feed.Carer("h1c", CarerKind.NoCarer, "");
        var care = new CaredFor(feed.Registry, (await feed.TakeAsync(rows))[1]);
        var today = Divisions.WorkCalendar.DayOf(TimeProvider.System.GetUtcNow()).ToString("yyyy-MM-dd", null);
        var entrusted = await care.EntrustAsync(today, version: 1);
        Assert.False(entrusted.Unattended);
        await feed.Registry.Care.ScreenCarerAsync(new() { ChildId = $"{care.Id}", Barred = Protos.Registry.V1.CarerBar.Offence, ExpectedVersion = entrusted.Version }, feed.Registry.AsOfficer());
        Assert.Equal(["unattended_child_detected", "care_entrusted", "unattended_ended", "carer_screened", "unattended_child_detected"], await care.EventsAsync());
    }

    [Fact]
    public async Task Days_alone_begin_and_end_it_by_the_due_sweep_and_only_once()
    {
        await using var registry = await servers.StartAsync(clock);
        var feed = new Feed(registry, "population-base", Places.County);
        var subjects = await feed.TakeAsync(
            feed.Household("h1"), feed.Member("h1", "soon", born: "2014-05-01"), feed.Parent("soon", Parent.Mother), feed.Parent("soon", Parent.Father, since: "2026-02-10"), feed.Carer("soon", CarerKind.NoCarer, ""),
            feed.Member("h1", "young", born: "2018-03-15"), feed.Carer("young", CarerKind.NoCarer, ""));
        var (soon, young) = (subjects[1], subjects[5]);
        Assert.Empty(await EventsAsync(registry, soon));
        Assert.Single(await EventsAsync(registry, young));
        foreach (var (day, started, ended) in new[] { (11, 0, 0), (12, 1, 0), (14, 1, 0), (15, 1, 1) })
        {
            clock.SetUtcNow(new DateTimeOffset(2026, 3, day, 0, 0, 30, TimeSpan.FromHours(8)));
            await Task.WhenAll(SweepAsync(registry), SweepAsync(registry));
            Assert.Equal((started, 1 + ended), ((await EventsAsync(registry, soon)).Count, (await EventsAsync(registry, young)).Count));
        }
    }

    [Fact]
    public async Task A_batch_of_many_is_found_in_one_go_and_asks_no_duty()
    {
        var feed = servers.Partner();
        var rows = Enumerable.Range(0, 190).SelectMany(i =>
        {
            var family = feed.Family($"m{i}");
            family[4] = feed.Carer($"m{i}c", CarerKind.NoCarer, "");
            return family;
        }).ToList();
        await feed.TakeAsync(rows);
        Assert.Equal(["190"], await feed.Registry.ColumnAsync(
            "select count(*)::text from registry.mt_events u where u.type = 'unattended_child_detected' and (u.data->>'child')::uuid in (select stream_id from registry.mt_events c where c.headers->>'source' = $1)", feed.Source));
    }

    private static Task<int> SweepAsync(RunningRegistry registry) => registry.Service<DueDeterminations>().SweepAsync(TestContext.Current.CancellationToken);

    private static Task<List<string>> EventsAsync(RunningRegistry registry, string child) => registry.EventsOfAsync(EntrustedCare.IdOf(Guid.Parse(child)).ToString());
}
