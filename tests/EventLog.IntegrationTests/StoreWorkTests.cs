using Npgsql;
using Xunit;

namespace LeftBehind.EventLog.IntegrationTests;

public sealed class StoreWorkTests(Store store)
{
    private static readonly EventMeta Meta = new(DateTimeOffset.UnixEpoch, new(2026, 3, 1));

    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_concurrent_writers_of_one_stream_go_one_after_another()
    {
        var id = Guid.NewGuid();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.Events.RunAsync(async work =>
        {
            var box = (await work.LoadAsync<Box>([id], ct))[id];
            // Decided on the state: whoever did not see the piece before would put the same in again.
            work.Append(id, new BoxFilled(1, $"{box.Pieces}"), Meta);
        }, ct)));
        Assert.Equal(20, (await store.Events.ReadAsync<Box>([id], ct))[id].Pieces);
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"{n}"), (await RowsAsync(id)).Select(r => r.Note));
    }

    [Fact]
    public async Task Sequences_within_a_stream_are_in_the_order_of_its_versions()
    {
        var ids = Enumerable.Range(0, 7).Select(_ => Guid.NewGuid()).ToArray();
        await store.Events.RunAsync(async work =>
        {
            await work.LoadAsync<Box>(ids, ct);
            for (var n = 0; n < 3000; n++)
                work.Append(ids[n * 5 % 7], new BoxFilled(n), Meta);
        }, ct);
        foreach (var id in ids)
        {
            var rows = await RowsAsync(id);
            Assert.Equal(Enumerable.Range(1, rows.Count).Select(v => (long)v), rows.Select(r => r.Version));
            Assert.Equal(rows.Select(r => r.Sequence).Order(), rows.Select(r => r.Sequence));
        }
    }

    [Fact]
    public async Task A_writer_beside_the_lock_that_moved_the_stream_makes_the_work_begin_again()
    {
        var id = Guid.NewGuid();
        await AppendAsync(id, 1);
        var attempts = 0;
        await store.Events.RunAsync(async work =>
        {
            var box = (await work.LoadAsync<Box>([id], ct))[id];
            if (attempts++ == 0)
                await BesideAsync(session => session.Events.Append(id, new BoxFilled(10)));
            work.Append(id, new BoxFilled(100, $"{box.Pieces}"), Meta);
        }, ct);
        Assert.Equal(2, attempts);
        Assert.Equal([null, null, "11"], (await RowsAsync(id)).Select(r => r.Note));
    }

    [Fact]
    public async Task A_stream_that_somebody_else_started_meanwhile_is_continued()
    {
        var id = Guid.NewGuid();
        var attempts = 0;
        await store.Events.RunAsync(async work =>
        {
            await work.LoadAsync<Box>([id], ct);
            if (attempts++ == 0)
                await BesideAsync(session => session.Events.StartStream(id, new BoxFilled(10)));
            work.Append(id, new BoxFilled(100), Meta);
        }, ct);
        Assert.Equal(2, attempts);
        Assert.Equal(110, (await store.Events.ReadAsync<Box>([id], ct))[id].Pieces);
    }

    [Fact]
    public async Task A_collision_that_does_not_end_is_told_and_keeps_nothing()
    {
        var id = Guid.NewGuid();
        await AppendAsync(id, 1);
        await Assert.ThrowsAsync<PostgresException>(() => store.Events.RunAsync(async work =>
        {
            await work.LoadAsync<Box>([id], ct);
            work.Append(id, new BoxFilled(2), Meta);
            work.Beside($"insert into {work.Schema}.mt_streams (id, version) values ($1, 1)", id);
        }, ct));
        Assert.Equal(1, (await store.Events.ReadAsync<Box>([id], ct))[id].Pieces);
    }

    [Fact]
    public async Task Work_that_throws_keeps_nothing()
    {
        var id = Guid.NewGuid();
        await Assert.ThrowsAsync<RejectedException>(() => store.Events.RunAsync(async work =>
        {
            await work.LoadAsync<Box>([id], ct);
            work.Append(id, new BoxFilled(1), Meta);
            await work.FlushAsync(ct);
            throw new RejectedException("the box is full");
        }, ct));
        Assert.Empty(await RowsAsync(id));
    }

    [Fact]
    public async Task A_stream_is_loaded_before_it_is_appended_to() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Events.RunAsync(work =>
        {
            work.Append(Guid.NewGuid(), new BoxFilled(1), Meta);
            return Task.CompletedTask;
        }, ct));

    [Fact]
    public async Task Events_appended_after_a_flush_continue_the_flushed_ones()
    {
        var id = Guid.NewGuid();
        await store.Events.RunAsync(async work =>
        {
            await work.LoadAsync<Box>([id], ct);
            work.Append(id, new BoxFilled(1), Meta);
            await work.FlushAsync(ct);
            Assert.Equal(1, (await work.LoadAsync<Box>([id], ct))[id].Pieces);
            work.Append(id, new BoxFilled(2), Meta);
            work.Append(id, new BoxFilled(3), Meta);
        }, ct);
        Assert.Equal([1L, 2, 3], (await RowsAsync(id)).Select(r => r.Version));
    }

    private Task AppendAsync(Guid id, int pieces) => store.Events.RunAsync(async work =>
    {
        await work.LoadAsync<Box>([id], ct);
        work.Append(id, new BoxFilled(pieces), Meta);
    }, ct);

    private async Task BesideAsync(Action<Marten.IDocumentSession> write)
    {
        await using var session = store.Marten.LightweightSession();
        write(session);
        await session.SaveChangesAsync(ct);
    }

    private async Task<List<(long Sequence, long Version, string? Note)>> RowsAsync(Guid id)
    {
        await using var command = store.Database.CreateCommand(
            $"select seq_id, version, data->>'note' from {Store.Schema}.mt_events where stream_id = $1 order by version");
        command.Parameters.Add(new() { Value = id });
        var rows = new List<(long, long, string?)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add((reader.GetInt64(0), reader.GetInt64(1), await reader.IsDBNullAsync(2, ct) ? null : reader.GetString(2)));
        return rows;
    }
}
