using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Registry.Children;

/// <summary>
/// Where each file is, written when one is opened or moves, so that those of a division are listed page by page without reading the
/// log. Closed files stand here too; what a file is now its own events say.
/// </summary>
internal static class ChildPlaces
{
    // Of so many villages one page is looked for at once.
    private const int VillagesAtOnce = 50;

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.child_place (child uuid primary key, residence bigint not null);
        create index if not exists child_place_residence on {schema}.child_place (residence, child);
        """;

    public static void Write(StoreWork work, IReadOnlyCollection<Child> children)
    {
        if (children.Count == 0)
            return;
        var rows = children.OrderBy(c => c.Id).ToArray();
        work.Beside($"""
            insert into {work.Schema}.child_place as p (child, residence) select * from unnest($1, $2)
            on conflict (child) do update set residence = excluded.residence where p.residence <> excluded.residence
            """, Array.ConvertAll(rows, c => c.Id), Array.ConvertAll(rows, c => c.Facts.Residence.Value));
    }

    /// <summary>The next files in these divisions, at most so many, after those that were read; null after the last.</summary>
    public static async Task<PlacesRead?> NextAsync(StoreWork work, IReadOnlyList<long> divisions, PlacesRead? before, int most, CancellationToken ct)
    {
        for (var (first, after) = before is null ? (0, Guid.Empty) : (before.Division, before.Child); first < divisions.Count; (first, after) = (first + VillagesAtOnce, Guid.Empty))
        {
            var asked = divisions.Skip(first).Take(VillagesAtOnce).ToArray();
            await using var command = new NpgsqlCommand($"""
                select d.n, p.child from unnest($1) with ordinality as d(residence, n) cross join lateral (
                    select c.child from {work.Schema}.child_place c where c.residence = d.residence and (d.n > 1 or c.child > $2) order by c.child limit $3) p
                order by d.n, p.child limit $3
                """, work.Connection, work.Transaction);
            command.Parameters.Add(new() { Value = asked });
            command.Parameters.Add(new() { Value = after });
            command.Parameters.Add(new() { Value = most });
            var (found, last) = (new List<Guid>(), first);
            await using (var reader = await command.ExecuteReaderAsync(ct))
                while (await reader.ReadAsync(ct))
                {
                    last = first + (int)reader.GetInt64(0) - 1;
                    found.Add(reader.GetGuid(1));
                }
            if (found.Count > 0)
                return new(last, found[^1], found);
        }
        return null;
    }
}

/// <summary>A page of files of several divisions.</summary>
/// <param name="Division">Which of the divisions the page ended in.</param>
/// <param name="Child">The file it ended with.</param>
/// <param name="Children">The files.</param>
internal sealed record PlacesRead(int Division, Guid Child, IReadOnlyList<Guid> Children);
