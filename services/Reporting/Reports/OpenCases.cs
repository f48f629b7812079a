using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Reporting.Reports;

/// <summary>Which report's case is open for a child; at most one.</summary>
internal static class OpenCases
{
    public static string Ddl(string schema) => $"create table if not exists {schema}.open_case (child uuid primary key, report uuid not null);";

    /// <summary>The open cases of children: each one's own, else one of its household (户).</summary>
    public static async Task<Dictionary<Guid, Guid>> OfAsync(StoreWork work, IEnumerable<Guid> children, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select distinct on (child) child, report from (
                select child, report, 0 as far from {work.Schema}.open_case where child = any($1)
                union all
                select m.child, c.report, 1 from {work.Schema}.child_household m join {work.Schema}.child_household s on s.household = m.household
                    join {work.Schema}.open_case c on c.child = s.child where m.child = any($1)) of_household
            order by child, far, report
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = children.Distinct().ToArray() });
        var open = new Dictionary<Guid, Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            open[reader.GetGuid(0)] = reader.GetGuid(1);
        return open;
    }

    /// <summary>Opens several, one statement however many.</summary>
    public static void Open(StoreWork work, IReadOnlyDictionary<Guid, Guid> reportOf)
    {
        var rows = reportOf.OrderBy(r => r.Key).ToArray();
        if (rows.Length > 0)
            work.Beside($"insert into {work.Schema}.open_case (child, report) select * from unnest($1, $2)", Array.ConvertAll(rows, r => r.Key), Array.ConvertAll(rows, r => r.Value));
    }

    public static void Open(StoreWork work, Guid child, Guid report) =>
        work.Beside($"insert into {work.Schema}.open_case (child, report) values ($1, $2)", child, report);

    public static void Conclude(StoreWork work, Guid report) => work.Beside($"delete from {work.Schema}.open_case where report = $1", report);
}
