using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.GuardianshipIntervention.Children;

/// <summary>Whether a child's care is entrusted, as Registry told it.</summary>
/// <param name="Entrusted">It is: somebody else cares, with the parents' will.</param>
/// <param name="Version">Version of the child's care that told it.</param>
/// <param name="Epoch">Logs of Registry that ended before.</param>
public sealed record ChildCare(bool Entrusted, long Version, int Epoch = 0)
{
    /// <summary>What is known after another telling; one of a lower version, or of a log that ended, is ignored.</summary>
    public static ChildCare After(ChildCare? known, CareFacts told, long version, int epoch = 0) =>
        known is not null && (known.Epoch, known.Version).CompareTo((epoch, version)) > 0 ? known : new(told.Entrusted is Entrustment.Entrusted, version, epoch);
}

/// <summary>The care of all children of whom Registry told any: a row each.</summary>
internal static class ChildCares
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.child_care (child uuid primary key, entrusted boolean not null, version bigint not null, epoch int not null);
        """;

    public static async Task<bool> IsEntrustedAsync(StoreWork work, Guid child, CancellationToken ct) =>
        (await LoadAsync(work, [child], ct)).GetValueOrDefault(child)?.Entrusted ?? false;

    public static async Task<Dictionary<Guid, ChildCare>> LoadAsync(StoreWork work, IReadOnlyCollection<Guid> children, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select child, entrusted, version, epoch from {work.Schema}.child_care where child = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = children.ToArray() });
        var cares = new Dictionary<Guid, ChildCare>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            cares[reader.GetGuid(0)] = new(reader.GetBoolean(1), reader.GetInt64(2), reader.GetInt32(3));
        return cares;
    }

    public static void Write(StoreWork work, IReadOnlyDictionary<Guid, ChildCare> cares)
    {
        if (cares.Count == 0)
            return;
        var rows = cares.OrderBy(c => c.Key).ToArray();
        work.Beside($"""
            insert into {work.Schema}.child_care (child, entrusted, version, epoch) select * from unnest($1, $2, $3, $4)
            on conflict (child) do update set entrusted = excluded.entrusted, version = excluded.version, epoch = excluded.epoch
            """, Array.ConvertAll(rows, r => r.Key), Array.ConvertAll(rows, r => r.Value.Entrusted),
            Array.ConvertAll(rows, r => r.Value.Version), Array.ConvertAll(rows, r => r.Value.Epoch));
    }
}
