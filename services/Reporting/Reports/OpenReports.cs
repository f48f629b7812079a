using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Reporting.Reports;

/// <summary>One row for each report that is an open case, written with its events: the work list, and what a place is asked for.</summary>
internal static class OpenReports
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.open_report (
            report uuid primary key, division bigint not null, place bigint not null, reported_at timestamptz not null) with (fillfactor = 85);
        create index if not exists open_report_place on {schema}.open_report (division, reported_at);
        """;

    /// <summary>Where a report stands in the work list: the most urgent first, then as they were reported, to the millisecond.</summary>
    private static long PlaceOf(Report report) => (Urgency.Emergency - report.Case.Urgency) * AfterAnyTime + report.ReportedAt.ToUnixTimeMilliseconds();

    /// <summary>More milliseconds than any report's time.</summary>
    private const long AfterAnyTime = 1_000_000_000_000_000;

    /// <summary>The rows after a change, one statement for those that are open and one for those that are not, however many.</summary>
    public static void Write(StoreWork work, IReadOnlyCollection<Report> changed)
    {
        var (open, ended) = (changed.Where(r => r.IsOpenCase).OrderBy(r => r.Id).ToArray(), changed.Where(r => !r.IsOpenCase).Select(r => r.Id).Order().ToArray());
        if (open.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.open_report (report, division, place, reported_at) select * from unnest($1, $2, $3, $4)
                on conflict (report) do update set place = excluded.place
                """, Array.ConvertAll(open, r => r.Id), Array.ConvertAll(open, r => r.Case.Division.Value), Array.ConvertAll(open, PlaceOf),
                Array.ConvertAll(open, r => r.ReportedAt.ToUniversalTime()));
        if (ended.Length > 0)
            work.Beside($"delete from {work.Schema}.open_report where report = any($1)", ended);
    }

    /// <summary>Open cases of exactly this place that were reported since, the latest first.</summary>
    public static async Task<List<Guid>> AtAsync(StoreWork work, DivisionId place, DateTimeOffset since, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select report from {work.Schema}.open_report where division = $1 and reported_at >= $2 order by reported_at desc, report limit $3
            """, work.Connection, work.Transaction);
        foreach (var value in (object[])[place.Value, since.ToUniversalTime(), most])
            command.Parameters.Add(new() { Value = value });
        return await IdsAsync(command, ct);
    }

    /// <summary>A page of the open cases of divisions, the most urgent first, then as they were reported.</summary>
    public static async Task<List<RowPlace>> PageAsync(EventStore store, long[] divisions, RowPlace after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select place, report from {store.Schema}.open_report where division = any($1) and (place, report) > ($2, $3) order by place, report limit $4
            """);
        foreach (var value in (object[])[divisions, after.Key, after.Id, size])
            command.Parameters.Add(new() { Value = value });
        var page = new List<RowPlace>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(new(reader.GetInt64(0), reader.GetGuid(1)));
        return page;
    }

    private static async Task<List<Guid>> IdsAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return ids;
    }
}
