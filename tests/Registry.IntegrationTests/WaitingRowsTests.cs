using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Rows ahead of what they speak of wait, sealed, and are taken when that arrives.</summary>
public sealed class WaitingRowsTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();

    [Fact]
    public async Task A_batch_may_tell_everything_backwards()
    {
        var rows = feed.Family("h1");
        rows.Reverse();
        var subjects = await feed.TakeAsync(rows);
        Assert.Equal("LeftBehind", (await feed.Registry.FactsAsync(subjects[0])).GetProperty("category").GetString());
    }

    [Fact]
    public async Task Each_row_before_the_one_it_speaks_of_waits_and_the_ledger_moves_when_it_is_taken()
    {
        var family = feed.Family("h1");
        var waits = new List<RowVerdict>();
        foreach (var row in Enumerable.Reverse(family).SkipLast(1))
            waits.Add(await feed.AskAsync(row));
        Assert.Equal(["member", "member", "member", "household"], waits.Select(v => v.WaitingFor));
        Assert.All(waits, v => Assert.Equal((Verdict.Waiting, ""), (v.Verdict, v.SubjectId)));
        var before = await feed.LedgerAsync();
        Assert.Equal((4, 4, 0), (before.Received, before.Waiting, before.Applied));

        await feed.TakeAsync(family[0]);

        var after = await feed.LedgerAsync();
        Assert.Equal((5, 0, 5), (after.Received, after.Waiting, after.Applied));
        var member = await feed.ReceiptAsync(family[1].SourceEventId);
        Assert.Equal((Verdict.Applied, ""), (member.Verdict, member.WaitingFor));
        Assert.Equal("LeftBehind", (await feed.Registry.FactsAsync(member.SubjectId)).GetProperty("category").GetString());
        Assert.Empty(await feed.Registry.ColumnAsync("select event_id from registry.waiting_row where source = $1", feed.Source));
    }

    [Fact]
    public async Task Pushing_a_waiting_row_again_says_where_it_stands_and_counts_nothing()
    {
        var row = feed.Member("h1", "c1");
        await feed.PushAsync(row);
        var again = await feed.AskAsync(row);
        Assert.Equal((Verdict.Waiting, true, "household"), (again.Verdict, again.Repeated, again.WaitingFor));
        await feed.TakeAsync(feed.Household("h1"));
        again = await feed.AskAsync(row);
        Assert.Equal((Verdict.Applied, true), (again.Verdict, again.Repeated));
        Assert.Equal(2, (await feed.LedgerAsync()).Received);
    }

    [Fact]
    public async Task Rows_that_waited_are_taken_in_the_order_of_their_source()
    {
        var (first, last) = (feed.Parent("c1", Parent.Father, since: "2024-01-01"), feed.Parent("c1", Parent.Father, ParentState.AtHome, "2025-06-01"));
        await feed.PushAsync(last);
        await feed.PushAsync(first);
        var subjects = await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1"), feed.Parent("c1", Parent.Mother, since: "2024-01-01"));
        Assert.Equal("None", (await feed.Registry.FactsAsync(subjects[1])).GetProperty("category").GetString());
        Assert.Equal(5, (await feed.LedgerAsync()).Applied);
    }

    [Fact]
    public async Task A_household_and_a_member_that_come_together_wake_each_waiting_row_once()
    {
        var (member, parent) = (feed.Member("h1", "c1"), feed.Parent("c1", Parent.Father));
        await feed.PushAsync(member, parent);
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", "李晓禾")))[1];
        Assert.Equal(Verdict.Applied, (await feed.ReceiptAsync(parent.SourceEventId)).Verdict);
        Assert.Single(await feed.Registry.EventsOfAsync(child), "parent_status_recorded");
        // The older of the two rows on the member comes too late, or just in time to be corrected.
        Assert.Contains((await feed.ReceiptAsync(member.SourceEventId)).Verdict, new[] { Verdict.Applied, Verdict.Superseded });
        var ledger = await feed.LedgerAsync();
        Assert.Equal((4, 0), (ledger.Received, ledger.Waiting));
    }

    [Fact]
    public async Task A_row_that_waited_is_decided_by_the_authority_of_its_own_pusher()
    {
        var next = feed.Of(Places.NextCounty);
        var city = next.Of("4310");
        var (foreign, own) = (feed.Member("h1", "c1"), next.Member("h1", "c2"));
        await feed.PushAsync(foreign);
        await next.PushAsync(own);

        await city.TakeAsync(city.Household("h1", Places.NextCountyVillage));

        var refused = await feed.ReceiptAsync(foreign.SourceEventId);
        Assert.Equal((Verdict.Rejected, "member.household_no", "not a household in your divisions"), (refused.Verdict, refused.Field, refused.Reason));
        Assert.Equal(Verdict.Applied, (await feed.ReceiptAsync(own.SourceEventId)).Verdict);
    }

    [Fact]
    public async Task A_row_that_waited_keeps_its_authority_when_somebody_smaller_wakes_it()
    {
        var next = feed.Of(Places.NextCounty);
        var city = next.Of("4310");
        var child = (await next.TakeAsync(next.Household("h1", Places.NextCountyVillage), next.Member("h1", "c1")))[1];
        var move = city.Member("h2", "c1");
        await city.PushAsync(move);
        await feed.TakeAsync(feed.Household("h2"));
        var taken = await feed.ReceiptAsync(move.SourceEventId);
        Assert.Equal((Verdict.Applied, child), (taken.Verdict, taken.SubjectId));
    }

    [Fact]
    public async Task A_row_whose_pusher_was_not_kept_is_refused_and_the_waking_push_is_taken()
    {
        var row = feed.Member("h1", "c1");
        await feed.PushAsync(row);
        await feed.Registry.ColumnAsync("update registry.waiting_row set pusher = '{}' where source = $1 returning source", feed.Source);
        await feed.TakeAsync(feed.Household("h1"));
        Assert.Equal((Verdict.Rejected, "row"), (await feed.ReceiptAsync(row.SourceEventId)) is var told ? (told.Verdict, told.Field) : default);
        Assert.Equal((1, 1, 0), (await feed.LedgerAsync()) is var ledger ? (ledger.Applied, ledger.Rejected, ledger.Waiting) : default);
    }

    [Fact]
    public async Task What_waits_is_kept_sealed()
    {
        await feed.PushAsync(feed.Member("h1", "c1", "尉迟蘅芷"));
        var kept = await feed.Registry.ColumnAsync("select encode(sealed, 'escape') || encode(sealed, 'hex') from registry.waiting_row where source = $1", feed.Source);
        Assert.DoesNotContain(Convert.ToHexStringLower("尉迟蘅芷"u8), Assert.Single(kept), StringComparison.Ordinal);
    }
}
