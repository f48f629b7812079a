using System.Data;
using System.Text.Json;
using Npgsql;

namespace LeftBehind.EventLog;

/// <summary>
/// One transaction of a service on its own store: loads streams as state, takes new events, and writes them set-based
/// with whatever other rows belong to the same fact. Writers of one store go one after another (an advisory lock), so
/// no two of them decide on the same state; the unique indexes of Marten's tables stand behind that.
/// </summary>
public sealed class StoreWork : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly EventTypes types;
    private readonly string schema;
    private readonly TimeProvider clock;
    private readonly Dictionary<Guid, Head> heads = [];
    private readonly List<Appended> appended = [];
    private readonly List<NpgsqlBatchCommand> beside = [];

    private StoreWork(NpgsqlConnection connection, NpgsqlTransaction transaction, EventTypes types, string schema, TimeProvider clock) =>
        (this.connection, this.transaction, this.types, this.schema, this.clock) = (connection, transaction, types, schema, clock);

    /// <summary>The connection of this transaction, for the service's own tables.</summary>
    public NpgsqlConnection Connection => connection;

    /// <summary>This transaction.</summary>
    public NpgsqlTransaction Transaction => transaction;

    /// <summary>The store's schema.</summary>
    public string Schema => schema;

    /// <summary>What time it is by the store's clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>How many events were appended so far.</summary>
    public int AppendedCount => appended.Count;

    internal static Task<StoreWork> BeginAsync(NpgsqlDataSource database, EventTypes types, string schema, TimeProvider clock, CancellationToken ct) =>
        OpenAsync(database, IsolationLevel.ReadCommitted, $"pg_advisory_xact_lock(hashtextextended('{schema}.writer', 0)), ", types, schema, clock, ct);

    internal static Task<StoreWork> ReadOnlyAsync(NpgsqlDataSource database, EventTypes types, string schema, TimeProvider clock, CancellationToken ct) =>
        OpenAsync(database, IsolationLevel.RepeatableRead, "", types, schema, clock, ct);

    /// <remarks>
    /// It reads by key alone. Of a table that was just filled the planner knows nothing, takes a thousand keys for all of it, and would read it
    /// from end to end.
    /// </remarks>
    private static async Task<StoreWork> OpenAsync(
        NpgsqlDataSource database, IsolationLevel isolation, string turn, EventTypes types, string schema, TimeProvider clock, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            var transaction = await connection.BeginTransactionAsync(isolation, ct);
            await using var first = new NpgsqlCommand($"select {turn}set_config('enable_seqscan', 'off', true)", connection, transaction);
            await first.ExecuteNonQueryAsync(ct);
            return new(connection, transaction, types, schema, clock);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Loads the state of the given streams; a stream that does not exist yet comes as its state before the first event.</summary>
    public async Task<Dictionary<Guid, TState>> LoadAsync<TState>(IEnumerable<Guid> ids, CancellationToken ct) where TState : class, IFolded<TState>
    {
        var states = Begin<TState>(ids);
        if (states.Count == 0)
            return states;
        await using var command = new NpgsqlCommand(
            $"select stream_id, version, type, data::text from {schema}.mt_events where stream_id = any($1) order by stream_id, version",
            connection, transaction);
        command.Parameters.Add(new() { Value = states.Keys.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var id = reader.GetGuid(0);
            states[id] = states[id].After(types.Read(reader.GetString(2), reader.GetString(3)));
            heads[id].Stored = reader.GetInt64(1);
        }
        return states;
    }

    /// <summary>The state before the first event of streams that the service's own tables know not to exist: the log is not asked.</summary>
    public Dictionary<Guid, TState> Begin<TState>(IEnumerable<Guid> ids) where TState : class, IFolded<TState>
    {
        var states = new Dictionary<Guid, TState>();
        foreach (var id in ids)
        {
            states[id] = TState.New(id);
            heads.TryAdd(id, new(TState.StreamType));
        }
        return states;
    }

    /// <summary>How far a stream that was loaded had come in the store.</summary>
    public long VersionOf(Guid stream) => heads[stream].Stored;

    /// <summary>Loads only how far streams have come, where their state is not needed.</summary>
    public async Task LoadHeadsAsync(IEnumerable<Guid> ids, string streamType, CancellationToken ct)
    {
        var wanted = ids.Where(id => heads.TryAdd(id, new(streamType))).ToArray();
        if (wanted.Length == 0)
            return;
        await using var command = new NpgsqlCommand($"select id, version from {schema}.mt_streams where id = any($1)", connection, transaction);
        command.Parameters.Add(new() { Value = wanted });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            heads[reader.GetGuid(0)].Stored = reader.GetInt64(1);
    }

    /// <summary>Appends an event to a stream that was loaded before. Returns the event's id.</summary>
    public Guid Append(Guid stream, object @event, EventMeta meta, Guid? id = null) =>
        AppendRaw(stream, types.NameOf(@event), JsonSerializer.Serialize(@event, @event.GetType(), EventTypes.Json), meta, id);

    /// <summary>Appends an event that is already written as JSON under its stored name.</summary>
    public Guid AppendRaw(Guid stream, string type, string json, EventMeta meta, Guid? id = null)
    {
        var head = heads.TryGetValue(stream, out var known)
            ? known
            : throw new InvalidOperationException("A stream is loaded before it is appended to.");
        var row = new Appended(id ?? Guid.CreateVersion7(clock.GetUtcNow()), stream, head.Stored + ++head.Added, type, json,
            meta.ToHeaders());
        appended.Add(row);
        return row.Id;
    }

    /// <summary>Adds a statement to be sent with the events, in the same round trip. Use $1.. for parameters.</summary>
    public void Beside(string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        beside.Add(command);
    }

    /// <summary>Writes everything and commits.</summary>
    public async Task CommitAsync(CancellationToken ct)
    {
        await FlushAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Writes everything, leaving the transaction open.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        NpgsqlBatchCommand? advance = null;
        var started = heads.Where(h => h.Value is { Stored: 0, Added: > 0 }).ToArray();
        var continued = heads.Where(h => h.Value is { Stored: > 0, Added: > 0 }).ToArray();
        if (started.Length > 0)
            batch.BatchCommands.Add(EventSql.StartStreams(schema, started.Select(s => (s.Key, s.Value.Type, (long)s.Value.Added))));
        if (continued.Length > 0)
            batch.BatchCommands.Add(advance = EventSql.AdvanceStreams(schema, continued.Select(s => (s.Key, s.Value.Stored, s.Value.Stored + s.Value.Added))));
        if (appended.Count > 0)
            batch.BatchCommands.Add(EventSql.AppendEvents(schema, appended, clock.GetUtcNow()));
        foreach (var command in beside)
            batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count == 0)
            return;
        await batch.ExecuteNonQueryAsync(ct);
        if (advance is not null && advance.RecordsAffected != continued.Length)
            throw new StreamMovedException();
        foreach (var head in heads.Values)
            head.Settle();
        appended.Clear();
        beside.Clear();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private sealed class Head(string type)
    {
        public string Type { get; } = type;
        public long Stored { get; set; }
        public int Added { get; set; }

        public void Settle() => (Stored, Added) = (Stored + Added, 0);
    }
}

internal sealed record Appended(Guid Id, Guid Stream, long Version, string Type, string Json, string Headers);

/// <summary>Another writer moved a stream meanwhile; the work is done again from the start.</summary>
public sealed class StreamMovedException() : Exception("A stream was moved by another writer.");
