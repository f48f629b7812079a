using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using Npgsql;

namespace LeftBehind.Reporting.Live;

/// <summary>Reports as they stand, with the responses to them by id.</summary>
internal sealed record Standing(List<Report> Reports, Dictionary<Guid, Response> Responses);

/// <summary>
/// What a watcher reads of the log. Writers go one after another and take their sequences in that order (docs/adr/0018), so whatever
/// commits later stands later: nothing can appear behind a cursor.
/// </summary>
internal sealed class LiveLog(EventStore store)
{
    private const int AtATime = 200;

    /// <summary>Open reports of the divisions as they stand, and where the log ended then; in one state of the store.</summary>
    public Task<(long Sequence, Standing Items)> NowAsync(HashSet<long> divisions, CancellationToken ct) => store.ReadAsync(async work =>
    {
        await using var end = new NpgsqlCommand($"select coalesce(max(seq_id), 0) from {work.Schema}.mt_events", work.Connection, work.Transaction);
        var sequence = (long)(await end.ExecuteScalarAsync(ct))!;
        await using var open = new NpgsqlCommand($"select report from {work.Schema}.open_report where division = any($1)", work.Connection, work.Transaction);
        open.Parameters.Add(new() { Value = divisions.ToArray() });
        return await WithResponsesAsync(work, sequence, await IdsAsync(open, ct), ct);
    }, ct);

    /// <summary>Reports that changed after a place in the log, as they stand now, and up to where that is told.</summary>
    public Task<(long Sequence, Standing Items)> SinceAsync(long sequence, CancellationToken ct) => store.ReadAsync(async work =>
    {
        // A response is loaded by its report, which its last fact names.
        await using var command = new NpgsqlCommand($"""
            select seq_id, case when type = 'report_stood' then stream_id else (data->'after'->>'reportId')::uuid end from {work.Schema}.mt_events
            where seq_id > $1 and type in ('report_stood', 'response_stood') order by seq_id limit {AtATime}
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = sequence });
        var (last, ids) = (sequence, new HashSet<Guid>());
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
            {
                last = reader.GetInt64(0);
                ids.Add(reader.GetGuid(1));
            }
        return await WithResponsesAsync(work, last, ids, ct);
    }, ct);

    private static async Task<(long, Standing)> WithResponsesAsync(StoreWork work, long sequence, IEnumerable<Guid> ids, CancellationToken ct)
    {
        var reports = (await work.LoadAsync<Report>(ids, ct)).Values.ToList();
        return (sequence, new(reports, await work.LoadAsync<Response>(reports.Where(r => r.Response is not null).Select(r => r.Response!.Value), ct)));
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
