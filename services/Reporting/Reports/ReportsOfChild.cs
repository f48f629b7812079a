using LeftBehind.EventLog;
using LeftBehind.ServiceDefaults;
using Npgsql;

namespace LeftBehind.Reporting.Reports;

/// <summary>Which reports are about a child, by the ids of both.</summary>
public sealed class ReportsOfChild(EventStore store) : IMigrationStep
{
    public static string Ddl(string schema) =>
        $"create table if not exists {schema}.report_of_child (child uuid not null, report uuid not null, primary key (child, report));";

    /// <summary>Reports that were received before this table was kept.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            insert into {store.Schema}.report_of_child (child, report)
            select (data->'case'->>'child')::uuid, stream_id from {store.Schema}.mt_events where type = 'harm_reported' and data->'case'->>'child' is not null
            on conflict do nothing
            """);
        await command.ExecuteNonQueryAsync(ct);
    }

    internal static void Add(StoreWork work, Guid child, Guid report) => Add(work, [(child, report)]);

    /// <summary>Several, one statement however many.</summary>
    internal static void Add(StoreWork work, IReadOnlyCollection<(Guid Child, Guid Report)> about)
    {
        var rows = about.Distinct().Order().ToArray();
        if (rows.Length > 0)
            work.Beside($"insert into {work.Schema}.report_of_child (child, report) select * from unnest($1, $2) on conflict do nothing",
                Array.ConvertAll(rows, r => r.Child), Array.ConvertAll(rows, r => r.Report));
    }

    internal static async Task<List<Guid>> OfAsync(StoreWork work, IReadOnlyCollection<Guid> children, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select distinct report from {work.Schema}.report_of_child where child = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = children.ToArray() });
        var reports = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            reports.Add(reader.GetGuid(0));
        return reports;
    }
}
