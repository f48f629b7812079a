using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Reporting.Hotline;

/// <summary>What a watcher of appeals reads of the log, as <see cref="Live.LiveLog"/> does of reports.</summary>
internal sealed class AppealLog(EventStore store)
{
    private const int AtATime = 200;

    public Task<(long Sequence, IReadOnlyCollection<Appeal> Items)> NowAsync(long[] divisions, CancellationToken ct) => store.ReadAsync(async work =>
    {
        await using var end = new NpgsqlCommand($"select coalesce(max(seq_id), 0) from {work.Schema}.mt_events", work.Connection, work.Transaction);
        var sequence = (long)(await end.ExecuteScalarAsync(ct))!;
        return (sequence, (IReadOnlyCollection<Appeal>)(await work.LoadAsync<Appeal>(await OpenAppeals.AtAsync(work, divisions, ct), ct)).Values);
    }, ct);

    public Task<(long Sequence, IReadOnlyCollection<Appeal> Items)> SinceAsync(long sequence, CancellationToken ct) => store.ReadAsync(async work =>
    {
        await using var command = new NpgsqlCommand(
            $"select seq_id, stream_id from {work.Schema}.mt_events where seq_id > $1 and type = 'appeal_stood' order by seq_id limit {AtATime}", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = sequence });
        var (last, ids) = (sequence, new HashSet<Guid>());
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
            {
                last = reader.GetInt64(0);
                ids.Add(reader.GetGuid(1));
            }
        return (last, (IReadOnlyCollection<Appeal>)(await work.LoadAsync<Appeal>(ids, ct)).Values);
    }, ct);
}
