using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.GuardianshipIntervention.Children;

/// <summary>Where a child lives and how its file stands, as Registry told it.</summary>
/// <param name="Village">Village of residence.</param>
/// <param name="State">State of the file.</param>
/// <param name="Version">Version of the file that told it.</param>
/// <param name="Epoch">Logs of Registry that ended before: a restored one counts versions anew.</param>
public sealed record ChildPlace(DivisionId Village, FileState State, long Version, int Epoch = 0)
{
    /// <summary>What is known after another telling; one of a lower version, or of a log that ended, is ignored.</summary>
    public static ChildPlace After(ChildPlace? known, ChildFacts told, long version, int epoch = 0) =>
        known is not null && (known.Epoch, known.Version).CompareTo((epoch, version)) > 0 ? known : new(told.Residence, told.State, version, epoch);
}

/// <summary>The places of all children on file: a row each, written in the transaction of the page that told it.</summary>
internal static class ChildPlaces
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.child_place (child uuid primary key, village bigint not null, state smallint not null, version bigint not null);
        alter table {schema}.child_place add column if not exists epoch int not null default 0;
        """;

    public static async Task<ChildPlace?> OfAsync(StoreWork work, Guid child, CancellationToken ct) =>
        (await LoadAsync(work, [child], ct)).GetValueOrDefault(child);

    public static async Task<Dictionary<Guid, ChildPlace>> LoadAsync(StoreWork work, IReadOnlyCollection<Guid> children, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select child, village, state, version, epoch from {work.Schema}.child_place where child = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = children.ToArray() });
        var places = new Dictionary<Guid, ChildPlace>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            places[reader.GetGuid(0)] = new(new(reader.GetInt64(1)), (FileState)reader.GetInt16(2), reader.GetInt64(3), reader.GetInt32(4));
        return places;
    }

    public static void Write(StoreWork work, IReadOnlyDictionary<Guid, ChildPlace> places)
    {
        if (places.Count == 0)
            return;
        var rows = places.OrderBy(p => p.Key).ToArray();
        work.Beside($"""
            insert into {work.Schema}.child_place (child, village, state, version, epoch) select * from unnest($1, $2, $3, $4, $5)
            on conflict (child) do update set village = excluded.village, state = excluded.state, version = excluded.version, epoch = excluded.epoch
            """, Array.ConvertAll(rows, r => r.Key), Array.ConvertAll(rows, r => r.Value.Village.Value),
            Array.ConvertAll(rows, r => (short)r.Value.State), Array.ConvertAll(rows, r => r.Value.Version),
            Array.ConvertAll(rows, r => r.Value.Epoch));
    }
}
