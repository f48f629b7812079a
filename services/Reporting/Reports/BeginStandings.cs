using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Responses;
using LeftBehind.ServiceDefaults;
using Npgsql;

namespace LeftBehind.Reporting.Reports;

/// <summary>Reports and responses of before their standing was told: it is told once, a batch at a time. A second run finds none.</summary>
public sealed class BeginStandings(EventStore store, TimeProvider clock) : IMigrationStep
{
    private const int AtATime = 500;

    public async Task RunAsync(CancellationToken ct)
    {
        while (await store.RunAsync(work => TellReportsAsync(work, ct), ct) + await store.RunAsync(work => TellResponsesAsync(work, ct), ct) > 0)
        {
            // the next batch
        }
    }

    private async Task<int> TellReportsAsync(StoreWork work, CancellationToken ct)
    {
        var reports = await work.LoadAsync<Report>(await UntoldAsync(work, Report.StreamType, "report_stood", ct), ct);
        foreach (var report in reports.Values)
            work.Append(report.Id, new ReportStood(report.Facts), Meta());
        OpenReports.Write(work, reports.Values);
        return reports.Count;
    }

    private async Task<int> TellResponsesAsync(StoreWork work, CancellationToken ct)
    {
        var responses = await work.LoadAsync<Response>(await UntoldAsync(work, Response.StreamType, "response_stood", ct), ct);
        var reports = await work.LoadAsync<Report>(responses.Values.Select(r => r.Report).Distinct(), ct);
        foreach (var response in responses.Values)
            work.Append(response.Id, new ResponseStood(response.FactsOf(reports[response.Report])), Meta());
        return responses.Count;
    }

    private EventMeta Meta() => new(clock.GetUtcNow(), WorkCalendar.DayOf(clock.GetUtcNow()));

    private static async Task<List<Guid>> UntoldAsync(StoreWork work, string stream, string told, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select id from {work.Schema}.mt_streams s
            where type = $1 and not exists (select from {work.Schema}.mt_events e where e.stream_id = s.id and e.type = $2) order by id limit {AtATime}
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = stream });
        command.Parameters.Add(new() { Value = told });
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return ids;
    }
}
