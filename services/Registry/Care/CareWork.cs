using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using Npgsql;

namespace LeftBehind.Registry.Care;

/// <summary>What the care of a child lacks. The numbers are stored, and the protocol's.</summary>
[Flags]
public enum CareLack : short { None = 0, Carer = 1, Screening = 2, Notice = 4, Contact = 8 }

/// <summary>The work list of entrusted care: a row for each child whose care lacks something, written with the events that made it so.</summary>
public static class CareWork
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.care_work (child uuid primary key, division bigint not null, lacks smallint not null);
        create index if not exists care_work_division on {schema}.care_work (division, child);
        """;

    /// <summary>A child left behind lacks a carer as long as nobody's care is entrusted.</summary>
    public static CareLack Lacks(EntrustedCare care, Child child)
    {
        if (child.Facts.State is not FileState.Open)
            return CareLack.None;
        if (!care.Runs)
            return child.Facts.Category.IsLeftBehind() ? CareLack.Carer : CareLack.None;
        return (care.Facts.Screened ? 0 : CareLack.Screening) | (care.Facts.Notified ? 0 : CareLack.Notice)
            | (care.Facts.Contact is ParentContact.Missed ? CareLack.Contact : 0);
    }

    /// <summary>The rows after a change; a child that is new has none to take away.</summary>
    public static void Write(StoreWork work, IEnumerable<(Child Child, CareLack Lacks, bool IsNew)> children)
    {
        var rows = children.OrderBy(c => c.Child.Id).ToList();
        if (rows.Where(r => r.Lacks is not CareLack.None).ToArray() is { Length: > 0 } lacking)
            work.Beside($"""
                insert into {work.Schema}.care_work as w (child, division, lacks) select * from unnest($1, $2, $3)
                on conflict (child) do update set division = excluded.division, lacks = excluded.lacks
                where (w.division, w.lacks) <> (excluded.division, excluded.lacks)
                """, Array.ConvertAll(lacking, r => r.Child.Id), Array.ConvertAll(lacking, r => r.Child.Facts.Residence.Value), Array.ConvertAll(lacking, r => (short)r.Lacks));
        if (rows.Where(r => r is { Lacks: CareLack.None, IsNew: false }).Select(r => r.Child.Id).ToArray() is { Length: > 0 } none)
            work.Beside($"delete from {work.Schema}.care_work where child = any($1)", none);
    }

    /// <summary>A page in the order (division, child).</summary>
    public static async Task<List<(Guid Child, DivisionId Division, CareLack Lacks)>> PageAsync(
        EventStore store, long[] divisions, CareLack lacks, (long Division, Guid Child) after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select child, division, lacks from {store.Schema}.care_work
            where division = any($1) and lacks & $2 <> 0 and (division, child) > ($3, $4) order by division, child limit $5
            """);
        command.Parameters.Add(new() { Value = divisions });
        command.Parameters.Add(new() { Value = (short)lacks });
        command.Parameters.Add(new() { Value = after.Division });
        command.Parameters.Add(new() { Value = after.Child });
        command.Parameters.Add(new() { Value = size });
        var page = new List<(Guid, DivisionId, CareLack)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add((reader.GetGuid(0), new(reader.GetInt64(1)), (CareLack)reader.GetInt16(2)));
        return page;
    }
}
