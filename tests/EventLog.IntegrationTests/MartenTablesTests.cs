using LeftBehind.Contracts;
using LeftBehind.TestKit;
using Npgsql;
using Xunit;

namespace LeftBehind.EventLog.IntegrationTests;

public sealed class MartenTablesTests(Store store)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    /// <summary>
    /// The columns that Marten creates: those written here, and those that may be left out. A Marten release that adds one
    /// fails here, before it fails in an installation or, worse, does not.
    /// </summary>
    [Fact]
    public async Task The_columns_written_and_those_left_to_their_defaults_are_all_that_Marten_creates()
    {
        Assert.Equal(
            ["bdata", "data!", "headers", "id!", "is_archived", "mt_dotnet_type", "seq_id!", "stream_id", "tenant_id", "timestamp", "type!", "version!"],
            await ColumnsAsync("mt_events"));
        Assert.Equal(
            ["compacted_version", "created", "id!", "is_archived", "tenant_id", "timestamp", "type", "version"], await ColumnsAsync("mt_streams"));
    }

    [Fact]
    public async Task Of_documents_no_statistics_are_gathered_and_of_what_is_looked_up_they_are()
    {
        await FillAsync(Guid.NewGuid(), 1);
        await using (var analyze = store.Database.CreateCommand($"analyze {Store.Schema}.mt_events"))
            await analyze.ExecuteNonQueryAsync(ct);
        await using var command = store.Database.CreateCommand("select attname::text from pg_stats where schemaname = $1 and tablename = 'mt_events' order by 1");
        command.Parameters.Add(new() { Value = Store.Schema });
        var analysed = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            analysed.Add(reader.GetString(0));
        Assert.DoesNotContain("data", analysed);
        Assert.DoesNotContain("headers", analysed);
        Assert.Superset(new HashSet<string> { "id", "seq_id", "stream_id", "version", "type" }, analysed.ToHashSet());
    }

    [Fact]
    public async Task Marten_reads_a_stream_that_was_written_set_based()
    {
        var (id, at) = (Guid.NewGuid(), new DateTimeOffset(2026, 3, 1, 8, 30, 0, TimeSpan.Zero));
        var meta = new EventMeta(at, new(2026, 2, 28), new Origin("population-base", "2026-03-01T08:30:00Z"),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "u-1@civil-affairs/43/officer", Guid.NewGuid(), new Told("registry", 7, 3));
        await store.Events.RunAsync(async work =>
        {
            await work.LoadAsync<Box>([id], ct);
            work.Append(id, new BoxFilled(3, "儿童 \"quoted\" \\"), meta);
            work.Append(id, new BoxClosed(new(2026, 3, 2)), new(at, new(2026, 3, 1)));
        }, ct);

        await using var session = store.Marten.QuerySession();
        var events = await session.Events.FetchStreamAsync(id, token: ct);
        Assert.Equal([new BoxFilled(3, "儿童 \"quoted\" \\"), new BoxClosed(new(2026, 3, 2))], events.Select(e => e.Data));
        Assert.Equal([1L, 2], events.Select(e => e.Version));
        Assert.Equal(meta, EventMeta.Of(events[0]));
        Assert.Equal(new(at, new(2026, 3, 1)), EventMeta.Of(events[1]));
        Assert.Equal(2, (await session.Events.FetchStreamStateAsync(id, ct))!.Version);
    }

    [Fact]
    public async Task Marten_and_the_set_based_writer_continue_each_others_streams()
    {
        var id = Guid.NewGuid();
        await FillAsync(id, 1);
        await using (var session = store.Marten.LightweightSession())
        {
            session.Events.Append(id, new BoxFilled(2));
            await session.SaveChangesAsync(ct);
        }
        await FillAsync(id, 3);
        await using var query = store.Marten.QuerySession();
        var events = await query.Events.FetchStreamAsync(id, token: ct);
        Assert.Equal([(1L, 1), (2, 2), (3, 3)], events.Select(e => (e.Version, ((BoxFilled)e.Data).Pieces)));
    }

    [Fact]
    public async Task The_daemon_reads_what_was_written_set_based_with_its_headers()
    {
        var (id, meta) = (Guid.NewGuid(), new EventMeta(DateTimeOffset.UnixEpoch, new(2026, 3, 1), Cause: Guid.NewGuid()));
        await store.Events.RunAsync(async work =>
        {
            await work.LoadAsync<Box>([id], ct);
            work.Append(id, new BoxFilled(1), meta);
            work.Append(id, new BoxFilled(2), meta);
        }, ct);
        using var daemon = await store.Marten.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        var seen = await Eventually.IsAsync(() => Task.FromResult(Seen.Events.Where(e => e.StreamId == id).ToList()), events => events.Count == 2, ct);
        await daemon.StopAllAsync();
        Assert.Equal([new BoxFilled(1), new BoxFilled(2)], seen.Select(e => e.Data));
        Assert.All(seen, e => Assert.Equal(meta, EventMeta.Of(e)));
    }

    private Task FillAsync(Guid id, int pieces) => store.Events.RunAsync(async work =>
    {
        await work.LoadAsync<Box>([id], ct);
        work.Append(id, new BoxFilled(pieces), new(DateTimeOffset.UnixEpoch, new(2026, 3, 1)));
    }, ct);

    /// <summary>The columns of a table by name; with ! those that must be given a value.</summary>
    private async Task<List<string>> ColumnsAsync(string table)
    {
        await using var command = store.Database.CreateCommand("""
            select column_name || case when is_nullable = 'NO' and column_default is null then '!' else '' end
            from information_schema.columns where table_schema = $1 and table_name = $2 order by column_name
            """);
        command.Parameters.Add(new() { Value = Store.Schema });
        command.Parameters.Add(new() { Value = table });
        var columns = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            columns.Add(reader.GetString(0));
        return columns;
    }
}
