using Npgsql;

namespace LeftBehind.EventLog;

/// <summary>A service's own store: where its work begins.</summary>
public sealed class EventStore(NpgsqlDataSource database, EventTypes types, string schema, TimeProvider clock)
{
    private const int Attempts = 5;

    /// <summary>The database of this store.</summary>
    public NpgsqlDataSource Database => database;

    /// <summary>The schema of this store, which is also the service's name as a source.</summary>
    public string Schema => schema;

    /// <summary>The event types of this store.</summary>
    public EventTypes Types => types;

    /// <summary>
    /// Runs a piece of work in one transaction and commits it. A collision with another writer, or a server that takes the
    /// transaction back, runs it again from the start; an unclear commit is made clear by what the work itself keeps
    /// (inbox, watermark, derived ids), never by a blind repeat of events.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<StoreWork, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var unit = await StoreWork.BeginAsync(database, types, schema, clock, ct);
                var answer = await work(unit);
                await unit.CommitAsync(ct);
                return answer;
            }
            catch (Exception e) when (attempt < Attempts && IsCollision(e))
            {
                // begin again: the state that was decided on is no longer the state
            }
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<StoreWork, Task> work, CancellationToken ct) =>
        RunAsync(async unit => { await work(unit); return true; }, ct);

    /// <summary>Runs a piece of work as <see cref="RunAsync{T}"/> does, and takes it back: what it answers would have become of it.</summary>
    public async Task<T> RehearseAsync<T>(Func<StoreWork, Task<T>> work, CancellationToken ct)
    {
        await using var unit = await StoreWork.BeginAsync(database, types, schema, clock, ct);
        return await work(unit);
    }

    /// <summary>Reads the state of streams outside of any work; nothing is locked and nothing can be appended.</summary>
    public async Task<Dictionary<Guid, TState>> ReadAsync<TState>(IEnumerable<Guid> ids, CancellationToken ct) where TState : class, IFolded<TState>
    {
        await using var unit = await StoreWork.ReadOnlyAsync(database, types, schema, clock, ct);
        return await unit.LoadAsync<TState>(ids, ct);
    }

    /// <summary>Runs a piece of reading on one state of the store; nothing is locked and nothing can be appended.</summary>
    public async Task<T> ReadAsync<T>(Func<StoreWork, Task<T>> read, CancellationToken ct)
    {
        await using var unit = await StoreWork.ReadOnlyAsync(database, types, schema, clock, ct);
        return await read(unit);
    }

    private static bool IsCollision(Exception e) => e is StreamMovedException
        or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };
}
