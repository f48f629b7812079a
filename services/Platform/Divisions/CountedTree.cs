using LeftBehind.Contracts.Divisions;
using LeftBehind.Divisions;
using LeftBehind.Pages;
using Npgsql;

namespace LeftBehind.Platform.Divisions;

/// <summary>
/// The tree at which the figures stand: that of the changes which the fold has counted. It is the live one but for the moment between a change and its
/// counting, and while figures are rebuilt.
/// </summary>
public sealed class CountedTree(DivisionTree live)
{
    private const int MostPast = 8;

    private readonly System.Collections.Concurrent.ConcurrentDictionary<long, DivisionTree> past = new();
    private volatile DivisionTree? kept;

    public static string Ddl(string schema) =>
        $"create table if not exists {schema}.counted_tree (single boolean primary key default true check (single), changes bigint not null);";

    /// <summary>How many changes are counted, as a part of a query.</summary>
    public static string Changes => ChangesIn(PlatformModule.Schema);

    /// <summary>The same of the read model in a schema.</summary>
    public static string ChangesIn(string schema) => $"coalesce((select changes from {schema}.counted_tree), 0)";

    /// <summary>The tree after so many changes; it stands still.</summary>
    public async Task<DivisionTree> AfterAsync(NpgsqlConnection connection, long changes, CancellationToken ct)
    {
        if (live.Still is var still && still.History.Changes == changes)
            return still;
        if (kept is { } known && known.History.Changes == changes)
            return known;
        if (past.TryGetValue(changes, out var then))
            return then;
        await using var command = new NpgsqlCommand($"""
            select type, data::text from {PlatformModule.Schema}.mt_events where stream_id = $1 and version <= $2 order by version
            """, connection);
        command.Parameters.Add(new() { Value = DivisionStream.StreamId });
        command.Parameters.Add(new() { Value = changes });
        var counted = new List<IDivisionChange>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            counted.Add((IDivisionChange)Contract.Facts.Read(reader.GetString(0), reader.GetString(1)));
        // Those of quarters are asked for again and again.
        if (past.Count >= MostPast)
            past.Clear();
        return past[changes] = new(live.Unchanged.After(counted));
    }

    /// <summary>The tree as the fold goes on with it.</summary>
    public void Keep(DivisionTree tree) => kept = tree;
}
