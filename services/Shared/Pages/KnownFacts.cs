using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Pages;

/// <summary>
/// Which facts this store has answered before: those whose id is borne by an event in the stream of the fact's subject. A handler
/// that answers in another stream, or not by events, has to be idempotent by its own state.
/// </summary>
internal static class KnownFacts
{
    public static async Task<List<PagedEvent>> ExceptAsync(StoreWork work, List<PagedEvent> facts, CancellationToken ct)
    {
        if (facts.Count == 0)
            return facts;
        await using var command = new NpgsqlCommand($"""
            select id from {work.Schema}.mt_events where stream_id = any($1) and id = any($2)
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = facts.Select(f => f.Subject).Distinct().ToArray() });
        command.Parameters.Add(new() { Value = facts.Select(f => f.Id).ToArray() });
        var known = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            known.Add(reader.GetGuid(0));
        return [.. facts.Where(f => !known.Contains(f.Id))];
    }
}
