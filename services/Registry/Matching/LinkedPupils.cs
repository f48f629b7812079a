using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Registry.Matching;

/// <summary>A pupil that has its file, with what the roll told of it last.</summary>
internal sealed record LinkedPupil(Guid Child, Guid? Blind, DateOnly? BirthDate);

/// <summary>Which file each pupil is linked to: one at most, whoever found it.</summary>
internal sealed class LinkedPupils
{
    private readonly Dictionary<Guid, LinkedPupil> known;
    private readonly HashSet<Guid> changed = [];

    private LinkedPupils(Dictionary<Guid, LinkedPupil> known) => this.known = known;

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.linked_pupil (pupil uuid primary key, child uuid not null, blind uuid, birth_date date);
        create index if not exists linked_pupil_child on {schema}.linked_pupil (child);
        """;

    public IEnumerable<Guid> Children => known.Values.Select(l => l.Child);

    public LinkedPupil? Find(Guid pupil) => known.GetValueOrDefault(pupil);

    public void Set(Guid pupil, LinkedPupil link)
    {
        known[pupil] = link;
        changed.Add(pupil);
    }

    public void Remove(Guid pupil)
    {
        known.Remove(pupil);
        changed.Add(pupil);
    }

    public static async Task<LinkedPupils> LoadAsync(StoreWork work, IReadOnlyCollection<Guid> pupils, CancellationToken ct)
    {
        var known = new Dictionary<Guid, LinkedPupil>();
        await using var command = new NpgsqlCommand(
            $"select pupil, child, blind, birth_date from {work.Schema}.linked_pupil where pupil = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = pupils.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            known[reader.GetGuid(0)] = new(reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetGuid(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3));
        return new(known);
    }

    public void Write(StoreWork work)
    {
        Unlink(work, [.. changed.Where(p => !known.ContainsKey(p))]);
        var rows = changed.Where(known.ContainsKey).Order().ToArray();
        if (rows.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.linked_pupil (pupil, child, blind, birth_date) select * from unnest($1, $2, $3, $4)
                on conflict (pupil) do update set child = excluded.child, blind = excluded.blind, birth_date = excluded.birth_date
                """, rows, Array.ConvertAll(rows, p => known[p].Child),
                new NpgsqlParameter { Value = Array.ConvertAll(rows, p => known[p].Blind), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new NpgsqlParameter { Value = Array.ConvertAll(rows, p => known[p].BirthDate), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
    }

    /// <summary>Pupils that waited and found their file; to be sent before they no longer wait.</summary>
    public static void Link(StoreWork work, IReadOnlyCollection<(Guid Pupil, Guid Child)> linked)
    {
        if (linked.Count > 0)
            work.Beside($"""
                insert into {work.Schema}.linked_pupil (pupil, child, blind, birth_date)
                select w.pupil, l.child, w.blind, w.birth_date from unnest($1, $2) as l(pupil, child) join {work.Schema}.waiting_pupil w on w.pupil = l.pupil
                on conflict (pupil) do update set child = excluded.child, blind = excluded.blind, birth_date = excluded.birth_date
                """, linked.Select(l => l.Pupil).ToArray(), linked.Select(l => l.Child).ToArray());
    }

    public static void Unlink(StoreWork work, IReadOnlyCollection<Guid> pupils)
    {
        if (pupils.Count > 0)
            work.Beside($"delete from {work.Schema}.linked_pupil where pupil = any($1)", pupils.ToArray());
    }

    /// <summary>The pupils of some files, with whether the number that each was linked by is still its file's.</summary>
    public static async Task<List<(Guid Pupil, LinkedPupil Link, bool? IsTheChildsNumber)>> OfChildrenAsync(
        StoreWork work, IReadOnlyCollection<Guid> children, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select l.pupil, l.child, l.blind, l.birth_date, i.blind is not null from {work.Schema}.linked_pupil l
            left join {work.Schema}.identity_index i on i.blind = l.blind and i.child = l.child where l.child = any($1) order by l.child, l.pupil
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = children.ToArray() });
        var found = new List<(Guid, LinkedPupil, bool?)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            Guid? blind = reader.IsDBNull(2) ? null : reader.GetGuid(2);
            found.Add((reader.GetGuid(0), new(reader.GetGuid(1), blind, reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3)), blind is null ? null : reader.GetBoolean(4)));
        }
        return found;
    }
}
