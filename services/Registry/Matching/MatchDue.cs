using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Registry.Matching;

/// <summary>Files whose identity or village was told anew and that were not compared since; written with the batch that told it.</summary>
public static class MatchDue
{
    public static string Ddl(string schema) =>
        $"create table if not exists {schema}.match_due (child uuid primary key, told bigint not null default 1);";

    /// <summary>One statement a batch.</summary>
    public static void Write(StoreWork work, IReadOnlyCollection<Guid> children)
    {
        if (children.Count > 0)
            work.Beside($"insert into {work.Schema}.match_due as d (child) select * from unnest($1) on conflict (child) do update set told = d.told + 1",
                children.Order().ToArray());
    }

    public static async Task<List<(Guid Child, long Told)>> TakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string schema, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select child, told from {schema}.match_due order by child limit {most}", connection, transaction);
        var due = new List<(Guid, long)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            due.Add((reader.GetGuid(0), reader.GetInt64(1)));
        return due;
    }

    /// <summary>No longer due, unless told anew meanwhile.</summary>
    public static async Task DoneAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string schema, List<(Guid Child, long Told)> done, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"delete from {schema}.match_due d using unnest($1, $2) as t(child, told) where d.child = t.child and d.told = t.told", connection, transaction);
        command.Parameters.Add(new() { Value = done.ConvertAll(d => d.Child).ToArray() });
        command.Parameters.Add(new() { Value = done.ConvertAll(d => d.Told).ToArray() });
        await command.ExecuteNonQueryAsync(ct);
    }
}
