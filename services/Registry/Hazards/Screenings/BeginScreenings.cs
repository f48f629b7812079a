using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.ServiceDefaults;
using Npgsql;

namespace LeftBehind.Registry.Hazards.Screenings;

/// <summary>Files of before screenings were kept: who is left behind by the last event of each. One statement, so it is done whole or not at all; a second run finds rows.</summary>
public sealed class BeginScreenings(EventStore store) : IMigrationStep
{
    public async Task RunAsync(CancellationToken ct)
    {
        // A village's id is its code, year and level in one number; in events it is written as code@year.
        await using var command = store.Database.CreateCommand($"""
            insert into {store.Schema}.left_behind_child (child, village)
            select stream_id, split_part(home, '@', 1)::bigint * 100000 + split_part(home, '@', 2)::bigint * 10 + {(int)DivisionLevel.Village}
            from (select distinct on (stream_id) stream_id, data->'after'->>'residence' home, data->'after'->>'state' state, data->'after'->>'category' category
                  from {store.Schema}.mt_events where type = any($1) order by stream_id, version desc) last
            where state = 'Open' and category in ('LeftBehind', 'LeftBehindInDifficulty') and not exists (select from {store.Schema}.left_behind_child)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = store.Types.All.Where(t => typeof(IChildEvent).IsAssignableFrom(t.Value)).Select(t => t.Key).ToArray() });
        await command.ExecuteNonQueryAsync(ct);
    }
}
