using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Registry.Identities;

/// <summary>
/// Which household and which child's file each partner's person has, an adult no file, and a digest of the identity told last:
/// by it a file linked from two sources is not changed to and fro by rows that tell nothing new.
/// </summary>
public sealed class Persons
{
    private readonly Dictionary<Guid, (Guid Household, Guid? Child, string Digest)> known;
    private readonly HashSet<Guid> changed = [];

    private Persons(Dictionary<Guid, (Guid, Guid?, string)> known) => this.known = known;

    public static string Ddl(string schema) =>
        $"create table if not exists {schema}.person (person uuid primary key, household uuid not null, child uuid, digest text not null);";

    public IEnumerable<Guid> Households => known.Values.Select(p => p.Household);

    public IEnumerable<Guid> Children => known.Values.Select(p => p.Child).OfType<Guid>();

    public bool IsKnown(Guid person) => known.ContainsKey(person);

    public Guid? ChildOf(Guid person) => known.TryGetValue(person, out var p) ? p.Child : null;

    public Guid? HouseholdOf(Guid person) => known.TryGetValue(person, out var p) ? p.Household : null;

    public string? DigestOf(Guid person) => known.TryGetValue(person, out var p) ? p.Digest : null;

    public void Set(Guid person, Guid household, Guid? child, string digest)
    {
        if (known.TryGetValue(person, out var before) && before == (household, child, digest))
            return;
        known[person] = (household, child, digest);
        changed.Add(person);
    }

    public static async Task<Persons> LoadAsync(StoreWork work, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var known = new Dictionary<Guid, (Guid, Guid?, string)>();
        await using var command = new NpgsqlCommand(
            $"select person, household, child, digest from {work.Schema}.person where person = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = ids.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            known[reader.GetGuid(0)] = (reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetGuid(2), reader.GetString(3));
        return new(known);
    }

    public void Write(StoreWork work)
    {
        if (changed.Count == 0)
            return;
        var rows = changed.Order().ToArray();
        work.Beside($"""
            insert into {work.Schema}.person (person, household, child, digest) select * from unnest($1, $2, $3, $4)
            on conflict (person) do update set household = excluded.household, child = excluded.child, digest = excluded.digest
            """, rows, Array.ConvertAll(rows, p => known[p].Household),
            new NpgsqlParameter { Value = Array.ConvertAll(rows, p => known[p].Child), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            Array.ConvertAll(rows, p => known[p].Digest));
    }
}
