using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Registry.Visits;

/// <summary>What lists and rules ask of a child's visits without reading its stream. Version 0: there is no stream.</summary>
public sealed record VisitRow(Guid Child, long Version, VisitPlan Plan, DivisionId? NamedIn, DateTimeOffset? DueAt, bool Overdue, DateOnly? LastVisitOn)
{
    /// <summary>The row of a child after its visits changed.</summary>
    public static VisitRow Of(Guid child, ChildVisits visits, VisitPlan plan) =>
        new(child, visits.Version, plan, visits.Named?.Village, visits.Duty?.DueAt, visits.Overdue, visits.Facts.LastVisitOn);
}

/// <summary>One row for each child's file, written in the transaction of whatever changed it.</summary>
internal static class VisitRows
{
    public const string Columns = "child, version, open, village, risk, dropped_out, cadence, key_list, has_worker, named_in, due_at, overdue, last_visit_on";

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.child_visits (
            child uuid primary key, version bigint not null, open boolean not null, village bigint not null, risk smallint, dropped_out boolean not null,
            cadence smallint not null, key_list smallint not null, has_worker boolean not null, named_in bigint, due_at timestamptz, overdue boolean not null,
            last_visit_on date) with (fillfactor = 85);
        create index if not exists child_visits_village on {schema}.child_visits (village) where open;
        create index if not exists child_visits_due on {schema}.child_visits (village, due_at, child) where due_at is not null;
        """;

    public static async Task<Dictionary<Guid, VisitRow>> LoadAsync(StoreWork work, IEnumerable<Guid> children, CancellationToken ct)
    {
        var (asked, rows) = (children.ToArray(), new Dictionary<Guid, VisitRow>());
        if (asked.Length == 0)
            return rows;
        await using var command = new NpgsqlCommand($"select {Columns} from {work.Schema}.child_visits where child = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = asked });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows[reader.GetGuid(0)] = Read(reader);
        return rows;
    }

    /// <summary>The children of open files in a village.</summary>
    public static async Task<List<Guid>> InVillageAsync(StoreWork work, DivisionId village, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select child from {work.Schema}.child_visits where village = $1 and open", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = village.Value });
        var children = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            children.Add(reader.GetGuid(0));
        return children;
    }

    public static VisitRow Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt64(1),
        new(row.GetBoolean(2), new(row.GetInt64(3)), row.IsDBNull(4) ? null : (RiskLevel)row.GetInt16(4), row.GetBoolean(5), (Cadence)row.GetInt16(6),
            (KeyListReasons)row.GetInt16(7), row.GetBoolean(8)),
        row.IsDBNull(9) ? null : new DivisionId(row.GetInt64(9)), row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10), row.GetBoolean(11),
        row.IsDBNull(12) ? null : row.GetFieldValue<DateOnly>(12));

    public static void Write(StoreWork work, IEnumerable<VisitRow> changed)
    {
        var rows = changed.OrderBy(r => r.Child).ToArray();
        if (rows.Length == 0)
            return;
        work.Beside($"""
            insert into {work.Schema}.child_visits ({Columns}) select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (child) do update set version = excluded.version, open = excluded.open, village = excluded.village, risk = excluded.risk,
                dropped_out = excluded.dropped_out, cadence = excluded.cadence, key_list = excluded.key_list, has_worker = excluded.has_worker,
                named_in = excluded.named_in, due_at = excluded.due_at, overdue = excluded.overdue, last_visit_on = excluded.last_visit_on
            """,
            Column(rows, r => r.Child), Column(rows, r => r.Version), Column(rows, r => r.Plan.Open), Column(rows, r => r.Plan.Village.Value),
            Nullable(rows, r => (short?)r.Plan.Risk, NpgsqlDbType.Smallint), Column(rows, r => r.Plan.DroppedOut), Column(rows, r => (short)r.Plan.Cadence),
            Column(rows, r => (short)r.Plan.KeyList), Column(rows, r => r.Plan.HasWorker), Nullable(rows, r => r.NamedIn?.Value, NpgsqlDbType.Bigint),
            Nullable(rows, r => r.DueAt?.ToUniversalTime(), NpgsqlDbType.TimestampTz), Column(rows, r => r.Overdue), Nullable(rows, r => r.LastVisitOn, NpgsqlDbType.Date));
    }

    private static T[] Column<T>(VisitRow[] rows, Converter<VisitRow, T> value) => Array.ConvertAll(rows, value);

    private static NpgsqlParameter Nullable<T>(VisitRow[] rows, Converter<VisitRow, T> value, NpgsqlDbType type) =>
        new() { Value = Array.ConvertAll(rows, value), NpgsqlDbType = NpgsqlDbType.Array | type };
}
