using LeftBehind.Contracts.Obligations;
using LeftBehind.EventLog;
using LeftBehind.TestKit;

namespace LeftBehind.Obligations.IntegrationTests;

/// <summary>Duties in the transaction of the service's own work.</summary>
public sealed class BookTests(RealServers servers)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opened_twice_is_one_also_by_two_at_once_and_after_its_end()
    {
        await using var duties = await Duties.StartAsync(servers);
        var asked = Duties.Asked(Duties.Child());
        var ids = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => duties.OpenAsync(asked, asked)))).SelectMany(i => i).Distinct();
        var id = Assert.Single(ids);
        Assert.Equal(1, await duties.FulfilAsync(asked.Subject, Duties.Start.AddHours(1)));
        Assert.Equal(id, (await duties.OpenAsync(asked))[0]);
        Assert.Equal(["obligation_opened", "obligation_fulfilled"], await duties.EventsAsync());
    }

    [Fact]
    public async Task Another_key_is_another_duty_and_each_is_fulfilled_by_its_own()
    {
        await using var duties = await Duties.StartAsync(servers);
        var child = Duties.Child();
        var ids = await duties.OpenAsync(Duties.Asked(child, "2026-Q1"), Duties.Asked(child, "2026-Q2"), Duties.Asked(child, "2026-Q3"));
        Assert.Equal(3, ids.Distinct().Count());
        duties.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await duties.Store.RunAsync(
            work => duties.Book.FulfilAsync(work, [new(child, Duties.Visit.Kind, Duties.Meta(Duties.Start.AddHours(1)), "2026-Q2")], ct), ct));
        Assert.Equal(["obligation_opened", "obligation_fulfilled"], await duties.EventsAsync(ids[1]));
        Assert.Equal(2, await duties.FulfilAsync(child, Duties.Start.AddHours(2)));
        Assert.Equal(0, await duties.FulfilAsync(child, Duties.Start.AddHours(2)));
        Assert.Empty(await duties.RowsAsync());
    }

    [Fact]
    public async Task A_duty_opened_and_fulfilled_in_one_transaction_leaves_no_row()
    {
        await using var duties = await Duties.StartAsync(servers);
        var asked = Duties.Asked(Duties.Child());
        var fulfilled = await duties.Store.RunAsync(async work =>
        {
            await duties.Book.OpenAsync(work, asked, ct);
            await duties.Book.OpenAsync(work, asked, ct);
            return await duties.Book.FulfilAsync(work, asked.Subject, Duties.Visit.Kind, Duties.Meta(Duties.Start), ct)
                + await duties.Book.FulfilAsync(work, asked.Subject, Duties.Visit.Kind, Duties.Meta(Duties.Start), ct);
        }, ct);
        Assert.Equal(1, fulfilled);
        Assert.Equal(["obligation_opened", "obligation_fulfilled"], await duties.EventsAsync());
        Assert.Empty(await duties.RowsAsync());
    }

    [Fact]
    public async Task Work_that_is_refused_opens_nothing()
    {
        await using var duties = await Duties.StartAsync(servers);
        await Assert.ThrowsAsync<RejectedException>(() => duties.Store.RunAsync(async work =>
        {
            await duties.Book.OpenAsync(work, Duties.Asked(Duties.Child()), ct);
            await work.FlushAsync(ct);
            throw new RejectedException("the service's own rule");
        }, ct));
        Assert.Empty(await duties.EventsAsync());
        Assert.Empty(await duties.RowsAsync());
    }

    [Fact]
    public async Task A_waiver_needs_a_reason_and_takes_only_what_it_means()
    {
        await using var duties = await Duties.StartAsync(servers);
        var (child, other) = (Duties.Child(), Duties.Child());
        var contact = new ObligationTerms("registry.contact", ObligationBasis.PlatformDefault, "平台默认", Clock.Natural(TimeSpan.FromDays(30)));
        await duties.OpenAsync(Duties.Asked(child), Duties.Asked(child, terms: contact), Duties.Asked(other));
        await Assert.ThrowsAsync<RejectedException>(() => WaiveAsync(Duties.Visit.Kind, "no"));
        Assert.Equal(3, (await duties.RowsAsync()).Count);
        Assert.Equal(1, await WaiveAsync(Duties.Visit.Kind, "已转入邻县"));
        Assert.Equal(1, await WaiveAsync(null, "已转入邻县"));
        Assert.Equal(0, await WaiveAsync(null, "已转入邻县"));
        Assert.Single(await duties.RowsAsync());
        Assert.Equal(2, await duties.CountAsync("obligation_waived"));

        Task<int> WaiveAsync(string? kind, string reason) =>
            duties.Store.RunAsync(work => duties.Book.WaiveAsync(work, child, kind, reason, Duties.Meta(Duties.Start), ct), ct);
    }

    [Fact]
    public async Task Who_acted_stands_beside_what_was_done_and_nobody_beside_what_the_clock_brought()
    {
        await using var duties = await Duties.StartAsync(servers);
        var asked = Duties.Asked(Duties.Child());
        await duties.OpenAsync(asked);
        duties.Clock.SetUtcNow(Duties.Due.AddHours(3));
        await duties.FulfilAsync(asked.Subject, Duties.Due.AddHours(2));
        var actors = await duties.ColumnAsync($"select type || ' ' || coalesce(headers->>'actor', 'nobody') from {Duties.Schema}.mt_events order by seq_id");
        const string Officer = "u-1@civil-affairs/431003/officer";
        Assert.Equal(["obligation_opened " + Officer, "obligation_at_risk nobody", "obligation_breached nobody", "obligation_fulfilled " + Officer], actors);
    }

    [Fact]
    public async Task A_clock_that_runs_ahead_makes_nothing_late()
    {
        await using var duties = await Duties.StartAsync(servers);
        var asked = Duties.Asked(Duties.Child());
        await duties.OpenAsync(asked);
        Assert.Equal(1, await duties.FulfilAsync(asked.Subject, Duties.Due.AddYears(1)));
        Assert.Equal(["obligation_opened", "obligation_fulfilled"], await duties.EventsAsync());
    }
}
