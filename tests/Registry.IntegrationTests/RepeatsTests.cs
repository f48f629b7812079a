using Grpc.Core;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Whatever is pushed again is counted once.</summary>
public sealed class RepeatsTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();

    [Fact]
    public async Task Pushing_everything_again_appends_no_event_and_repeats_every_first_verdict()
    {
        var rows = Enumerable.Range(0, 10).SelectMany(i => feed.Family($"h{i}")).ToList();
        rows.Add(feed.Household(""));
        rows.Add(feed.Member("nowhere", "c"));
        var first = await feed.PushAsync(rows);
        var events = await feed.Registry.EventsFromAsync(feed.Source);
        var ledger = await feed.LedgerAsync();

        var again = await feed.PushAsync(rows);

        Assert.All(again.Rows, v => Assert.True(v.Repeated));
        Assert.Equal(first.Rows, again.Rows.Select(v => { v.Repeated = false; return v; }));
        Assert.Equal(events, await feed.Registry.EventsFromAsync(feed.Source));
        Assert.Equal(ledger, await feed.LedgerAsync());
    }

    [Fact]
    public async Task Telling_the_same_under_new_ids_is_unchanged_and_appends_no_event()
    {
        var rows = Enumerable.Range(0, 5).SelectMany(i => feed.Family($"h{i}")).ToList();
        await feed.TakeAsync(rows);
        var events = await feed.Registry.EventsFromAsync(feed.Source);
        var again = await feed.PushAsync(rows.Select(feed.Again).ToList());
        Assert.All(again.Rows, v => Assert.Equal(Verdict.Unchanged, v.Verdict));
        Assert.Equal(events, await feed.Registry.EventsFromAsync(feed.Source));
    }

    [Fact]
    public async Task A_batch_whose_transaction_is_taken_back_is_decided_again_from_the_start()
    {
        var (once, rows) = (feed.Source.Replace('-', '_'), feed.Family("h"));
        rows.Add(feed.Member("nowhere", "c"));
        await using var trouble = feed.Registry.Database.CreateCommand($"""
            create sequence registry.once_{once};
            create function registry.once_{once}() returns trigger language plpgsql as $$ begin
                if nextval('registry.once_{once}') = 1 then raise exception using errcode = '40001'; end if; return new; end $$;
            create trigger once_{once} before insert on registry.inbox for each row when (new.source = '{feed.Source}') execute function registry.once_{once}();
            """);
        await trouble.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var answer = await feed.PushAsync(rows);

        Assert.Equal([Verdict.Applied, Verdict.Applied, Verdict.Applied, Verdict.Applied, Verdict.Applied, Verdict.Waiting], answer.Rows.Select(v => v.Verdict));
        Assert.All(answer.Rows, v => Assert.False(v.Repeated));
        Assert.Equal(["7"], await feed.Registry.ColumnAsync($"select last_value::text from registry.once_{once}"));
        Assert.Equal(["1"], await feed.Registry.ColumnAsync("select count(*)::text from registry.mt_events where stream_id = $1 and type = 'child_file_opened'", Guid.Parse(answer.Rows[1].SubjectId)));
    }

    [Fact]
    public async Task A_stream_cut_in_the_middle_loses_no_answered_batch_and_counts_no_row_twice()
    {
        var batches = Enumerable.Range(0, 4).Select(b => Enumerable.Range(0, 20).SelectMany(i => feed.Family($"h{b}-{i}")).ToList()).ToList();
        using (var push = feed.Open())
        {
            await Feed.AskAsync(push, batches[0]);
            await Feed.AskAsync(push, batches[1]);
            await push.RequestStream.WriteAsync(new() { Rows = { batches[2] } }, TestContext.Current.CancellationToken);
        }
        var answers = new List<BatchVerdicts>();
        using (var push = feed.Open())
            foreach (var batch in batches)
                answers.Add(await Feed.AskAsync(push, batch));

        Assert.All(answers[0].Rows.Concat(answers[1].Rows), v => Assert.True(v.Repeated));
        Assert.Single(answers[2].Rows.Select(v => v.Repeated).Distinct());
        Assert.All(answers[3].Rows, v => Assert.False(v.Repeated));
        Assert.All(answers.SelectMany(a => a.Rows), v => Assert.Equal(Verdict.Applied, v.Verdict));
        var ledger = await feed.LedgerAsync();
        Assert.Equal((400, 400), (ledger.Received, ledger.Applied));
        Assert.Equal(80, (await FilesAsync()).Count);
    }

    [Fact]
    public async Task Two_streams_at_once_with_the_same_rows_count_each_once()
    {
        var batches = Enumerable.Range(0, 6).Select(b => Enumerable.Range(0, 10).SelectMany(i => feed.Family($"h{b}-{i}")).ToList()).ToList();

        var told = await Task.WhenAll(PushAllAsync(batches), PushAllAsync(batches));

        foreach (var (one, other) in told[0].Zip(told[1]))
        {
            Assert.Equal((Verdict.Applied, Verdict.Applied), (one.Verdict, other.Verdict));
            Assert.Equal(one.SubjectId, other.SubjectId);
            Assert.True(one.Repeated ^ other.Repeated);
        }
        Assert.Equal(300, (await feed.LedgerAsync()).Received);
        Assert.Equal(60, (await FilesAsync()).Count);
    }

    private async Task<List<RowVerdict>> PushAllAsync(List<List<HouseholdRow>> batches)
    {
        using var push = feed.Open();
        var told = new List<RowVerdict>();
        foreach (var batch in batches)
            told.AddRange((await Feed.AskAsync(push, batch)).Rows);
        return told;
    }

    private Task<List<string>> FilesAsync() => feed.Registry.ColumnAsync(
        "select stream_id::text from registry.mt_events where type = 'child_file_opened' and headers->>'source' = $1", feed.Source);
}
