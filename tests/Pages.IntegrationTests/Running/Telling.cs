using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Pages.IntegrationTests.Story;
using LeftBehind.TestKit;
using Npgsql;

namespace LeftBehind.Pages.IntegrationTests.Running;

/// <summary>A fact as it stands in a log: place in the teller's log, whom it is about, and its number.</summary>
internal sealed record Fact(long Sequence, Guid Subject, string Type, int N);

/// <summary>The teller's log, written by the test the way a service writes.</summary>
internal sealed class Telling(string database, CancellationToken ct) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(database);
    private EventStore? store;

    public string Database => database;

    public EventStore Store => store ??= new(source, TellThings.Events, Teller.Schema, TimeProvider.System);

    /// <summary>Appends events in one transaction.</summary>
    public Task TellAsync(params (Guid Thing, object Event)[] events) => PushAsync(null, events);

    /// <summary>Appends events that came of a partner's row.</summary>
    public Task PushAsync(Origin? origin, params (Guid Thing, object Event)[] events) => Store.RunAsync(async work =>
    {
        await work.LoadHeadsAsync(events.Select(e => e.Thing), TellThings.StreamType, ct);
        foreach (var (thing, happened) in events)
            work.Append(thing, happened, new(DateTimeOffset.UtcNow, new(2026, 3, 1), origin));
    }, ct);

    /// <summary>Counts a thing on: one event for each number.</summary>
    public Task CountAsync(Guid thing, params int[] numbers) =>
        TellAsync([.. numbers.Select(n => (thing, (object)new ThingCounted(n)))]);

    /// <summary>The facts that the log tells, worked out from its rows alone.</summary>
    public async Task<List<Fact>> FactsAsync(int version = 1)
    {
        await using var command = source.CreateCommand($"""
            select seq_id, stream_id, 'thing_noted', (data->>'n')::int, 1 from {Teller.Schema}.mt_events where type in ('thing_counted', 'thing_split')
            union all
            select seq_id, (data->>'part')::uuid, 'thing_noted', (data->>'n')::int, 2 from {Teller.Schema}.mt_events where type = 'thing_split'
            union all
            select seq_id, stream_id, 'thing_revealed', (data->>'n')::int, 1 from {Teller.Schema}.mt_events where type = 'thing_hidden' and $1 >= 2
            order by 1, 5
            """);
        command.Parameters.Add(new() { Value = version });
        return await Hearing.ReadAsync(command, ct);
    }

    /// <summary>The last sequence in the log.</summary>
    public async Task<long> LastAsync()
    {
        await using var command = source.CreateCommand($"select coalesce(max(seq_id), 0) from {Teller.Schema}.mt_events");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Waits until the teller's daemon says that the whole log is safe to read.</summary>
    public Task IsSafeAsync() => HasReachedTheEndAsync("HighWaterMark");

    /// <summary>Waits until the relay has noted that it told the whole log: one that is stopped before tells its last page again, with what was appended since.</summary>
    public Task IsToldAsync() => HasReachedTheEndAsync($"{RelaySubscription.ProgressName}:All");

    private async Task HasReachedTheEndAsync(string progress)
    {
        var last = await LastAsync();
        await Eventually.IsAsync(async () =>
        {
            await using var command = source.CreateCommand($"select coalesce((select last_seq_id from {Teller.Schema}.mt_event_progression where name = $1), 0)");
            command.Parameters.Add(new() { Value = progress });
            return (long)(await command.ExecuteScalarAsync(ct))!;
        }, at => at >= last, ct);
    }

    public Task<Guid> IncarnationAsync() => Incarnation.ReadAsync(source, Teller.Schema, ct);

    /// <summary>The events of (floor, ceiling] as a relay sees them.</summary>
    public async Task<List<StoredEvent>> EventsAsync(long floor, long ceiling)
    {
        await using var command = source.CreateCommand($"""
            select seq_id, id, stream_id, version, type, data::text from {Teller.Schema}.mt_events where seq_id > $1 and seq_id <= $2 order by seq_id
            """);
        command.Parameters.Add(new() { Value = floor });
        command.Parameters.Add(new() { Value = ceiling });
        var events = new List<StoredEvent>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            events.Add(new(reader.GetInt64(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetInt64(3),
                TellThings.Events.Read(reader.GetString(4), reader.GetString(5)), new(DateTimeOffset.UnixEpoch, new(2026, 3, 1))));
        return events;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Connections to a server that was killed are of no use.</summary>
    public void ForgetConnections() => source.Clear();

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(source.CreateConnection());
        await source.DisposeAsync();
    }
}
