using LeftBehind.EventLog;

namespace LeftBehind.Pages;

/// <summary>One stream of a log, with the types of its events, of a service that tells of nothing else.</summary>
/// <param name="Id">The stream.</param>
/// <param name="Types">All types of its events: no other event of the log is read for it.</param>
public sealed record OneStream(Guid Id, IReadOnlyList<Type> Types)
{
    /// <summary>The sequence of the last event of the stream before another, at which the page before ended; 0 for the first.</summary>
    internal async Task<long> BeforeAsync(EventStore store, long sequence, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"select coalesce(max(seq_id), 0) from {store.Schema}.mt_events where stream_id = $1 and seq_id < $2");
        command.Parameters.Add(new() { Value = Id });
        command.Parameters.Add(new() { Value = sequence });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
