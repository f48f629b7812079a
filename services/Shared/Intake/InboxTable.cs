using LeftBehind.EventLog;
using LeftBehind.Protos.Intake.V1;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Intake;

/// <summary>What a row of the inbox says of a row received before.</summary>
internal sealed record Received(byte[] Digest, RowVerdict Verdict);

/// <summary>A row that waits, sealed, with whoever pushed it.</summary>
internal sealed record KeptRow(string Source, string EventId, byte[] Sealed, string Pusher);

/// <summary>
/// The inbox: one row per (source, event id) for ever, with a keyed digest of the content; the order known per thing and
/// source; the rows that wait, sealed; the ledger per source, day and verdict.
/// </summary>
internal static class InboxTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.inbox (
            source text not null, event_id text not null, digest bytea not null, received_on date not null, verdict smallint not null,
            field text, reason text, waiting_for text, subject uuid, primary key (source, event_id));
        alter table {schema}.inbox add column if not exists division bigint;
        create table if not exists {schema}.source_order (thing uuid primary key, sequence bigint not null);
        create table if not exists {schema}.waiting_row (
            source text not null, event_id text not null, waits_for uuid not null, sealed bytea not null, pusher text not null default '{"{}"}',
            primary key (source, event_id));
        alter table {schema}.waiting_row add column if not exists pusher text not null default '{"{}"}';
        alter table {schema}.waiting_row add column if not exists about uuid[] not null default array[]::uuid[];
        create index if not exists waiting_row_about on {schema}.waiting_row using gin (about);
        alter table {schema}.waiting_row add column if not exists kind text not null default '';
        create index if not exists waiting_row_waits_for on {schema}.waiting_row (waits_for);
        create table if not exists {schema}.receipt_count (
            source text not null, day date not null, verdict smallint not null, n bigint not null, primary key (source, day, verdict));
        """;

    public static async Task<Dictionary<string, Received>> KnownAsync(StoreWork work, string source, string[] eventIds, CancellationToken ct)
    {
        var known = new Dictionary<string, Received>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand($"""
            select event_id, digest, verdict, field, reason, waiting_for, subject from {work.Schema}.inbox where source = $1 and event_id = any($2)
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = source });
        command.Parameters.Add(new() { Value = eventIds });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            known[reader.GetString(0)] = new(reader.GetFieldValue<byte[]>(1), VerdictOf(reader, 0, 2));
        return known;
    }

    public static RowVerdict VerdictOf(NpgsqlDataReader reader, int id, int first) => new()
    {
        SourceEventId = reader.GetString(id), Verdict = (Verdict)reader.GetInt16(first),
        Field = Text(reader, first + 1), Reason = Text(reader, first + 2), WaitingFor = Text(reader, first + 3),
        SubjectId = reader.IsDBNull(first + 4) ? "" : reader.GetGuid(first + 4).ToString(),
    };

    private static string Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? "" : reader.GetString(column);

    public static async Task<Dictionary<Guid, long>> OrderAsync(StoreWork work, Guid[] things, CancellationToken ct)
    {
        var order = new Dictionary<Guid, long>();
        await using var command = new NpgsqlCommand(
            $"select thing, sequence from {work.Schema}.source_order where thing = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = things });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            order[reader.GetGuid(0)] = reader.GetInt64(1);
        return order;
    }

    /// <summary>Rows of a kind; of those kept by a release that had one way in a service, the kind is empty.</summary>
    public static async Task<List<KeptRow>> WaitingForAsync(StoreWork work, string kind, Guid[] keys, CancellationToken ct)
    {
        var rows = new List<KeptRow>();
        await using var command = new NpgsqlCommand(
            $"select source, event_id, sealed, pusher from {work.Schema}.waiting_row where waits_for = any($1) and kind in ($2, '')", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = keys });
        command.Parameters.Add(new() { Value = kind });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(new(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.GetString(3)));
        return rows;
    }

    public static void Keep<TRow>(StoreWork work, IReadOnlyList<PushedRow<TRow>> rows, DateOnly today)
    {
        if (rows.Count == 0)
            return;
        work.Beside($"""
            with changed as (
                insert into {work.Schema}.inbox (source, event_id, digest, received_on, verdict, field, reason, waiting_for, subject, division)
                select r.source, r.event_id, r.digest, $9, r.verdict, r.field, r.reason, r.waiting_for, r.subject, r.division
                from unnest($1, $2, $3, $4, $5, $6, $7, $8, $10) as r(source, event_id, digest, verdict, field, reason, waiting_for, subject, division)
                returning {ReceiptChangeTable.Columns})
            {ReceiptChangeTable.Tell(work.Schema)}
            """,
            Column(rows, r => r.Source), Column(rows, r => r.EventId), Column(rows, r => r.Digest), Column(rows, r => (short)r.Verdict),
            Texts(rows, r => r.Field), Texts(rows, r => r.Reason), Texts(rows, r => r.WaitingFor),
            new NpgsqlParameter { Value = Column(rows, r => r.Subject), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid }, today,
            Column(rows, r => r.Caller.Division.Value));
        Count(work, rows.GroupBy(r => (r.Source, r.Verdict)).Select(g => (g.Key.Source, today, g.Key.Verdict, g.Count())));
    }

    /// <summary>Rows that waited and were taken now: their first verdict changes, on the day they came.</summary>
    public static async Task SettleWaitingAsync<TRow>(StoreWork work, IReadOnlyList<PushedRow<TRow>> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
            return;
        var settled = new List<(string Source, DateOnly Day, Verdict Verdict, int N)>();
        await using (var command = new NpgsqlCommand($"""
            with changed as (
                update {work.Schema}.inbox i set verdict = r.verdict, field = r.field, reason = r.reason, waiting_for = r.waiting_for, subject = r.subject
                from unnest($1, $2, $3, $4, $5, $6, $7) as r(source, event_id, verdict, field, reason, waiting_for, subject)
                where i.source = r.source and i.event_id = r.event_id returning i.*),
            told as ({ReceiptChangeTable.Tell(work.Schema)})
            select source, received_on, verdict from changed
            """, work.Connection, work.Transaction))
        {
            command.Parameters.Add(new() { Value = Column(rows, r => r.Source) });
            command.Parameters.Add(new() { Value = Column(rows, r => r.EventId) });
            command.Parameters.Add(new() { Value = Column(rows, r => (short)r.Verdict) });
            command.Parameters.Add(Texts(rows, r => r.Field));
            command.Parameters.Add(Texts(rows, r => r.Reason));
            command.Parameters.Add(Texts(rows, r => r.WaitingFor));
            command.Parameters.Add(new() { Value = Column(rows, r => r.Subject), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                settled.Add((reader.GetString(0), reader.GetFieldValue<DateOnly>(1), (Verdict)reader.GetInt16(2), 1));
        }
        Count(work, settled.Concat(settled.Select(s => (s.Source, s.Day, Verdict.Waiting, -1)))
            .GroupBy(s => (s.Item1, s.Item2, s.Item3)).Select(g => (g.Key.Item1, g.Key.Item2, g.Key.Item3, g.Sum(s => s.Item4))));
        Forget(work, rows);
    }

    /// <summary>Rows that were woken and wait for something else now, which their receipts tell.</summary>
    public static void MoveWaiting<TRow>(StoreWork work, IReadOnlyList<PushedRow<TRow>> rows)
    {
        if (rows.Count == 0)
            return;
        work.Beside($"""
            update {work.Schema}.waiting_row w set waits_for = r.waits_for from unnest($1, $2, $3) as r(source, event_id, waits_for)
            where w.source = r.source and w.event_id = r.event_id
            """, Column(rows, r => r.Source), Column(rows, r => r.EventId), Column(rows, r => r.WaitsFor!.Value));
        work.Beside($"""
            with changed as (
                update {work.Schema}.inbox i set waiting_for = r.waiting_for from unnest($1, $2, $3) as r(source, event_id, waiting_for)
                where i.source = r.source and i.event_id = r.event_id and i.waiting_for is distinct from r.waiting_for returning i.*)
            {ReceiptChangeTable.Tell(work.Schema)}
            """, Column(rows, r => r.Source), Column(rows, r => r.EventId), Texts(rows, r => r.WaitingFor));
    }

    private static void Forget<TRow>(StoreWork work, IReadOnlyList<PushedRow<TRow>> rows) => work.Beside(
        $"delete from {work.Schema}.waiting_row w using unnest($1, $2) as r(source, event_id) where w.source = r.source and w.event_id = r.event_id",
        Column(rows, r => r.Source), Column(rows, r => r.EventId));

    /// <summary>Ids go in as text, since arrays of arrays are no rows.</summary>
    public static void KeepWaiting<TRow>(
        StoreWork work, string kind, IReadOnlyList<PushedRow<TRow>> rows, Func<PushedRow<TRow>, byte[]> seal, Func<PushedRow<TRow>, IEnumerable<Guid>> about)
    {
        if (rows.Count > 0)
            work.Beside($"""
                insert into {work.Schema}.waiting_row (source, event_id, waits_for, sealed, pusher, about, kind)
                select r.source, r.event_id, r.waits_for, r.sealed, r.pusher, r.about::uuid[], $7
                from unnest($1, $2, $3, $4, $5, $6) as r(source, event_id, waits_for, sealed, pusher, about)
                """, Column(rows, r => r.Source), Column(rows, r => r.EventId), Column(rows, r => r.WaitsFor!.Value), Column(rows, seal),
                Column(rows, r => Pusher.Write(r.Caller)), Column(rows, r => $"{{{string.Join(',', about(r))}}}"), kind);
    }

    public static void KeepOrder<TRow>(StoreWork work, IEnumerable<PushedRow<TRow>> taken)
    {
        var latest = taken.GroupBy(r => r.OrderKey).Select(g => (Thing: g.Key, Sequence: g.Max(r => r.Sequence))).OrderBy(t => t.Thing).ToArray();
        if (latest.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.source_order as o (thing, sequence) select * from unnest($1, $2)
                on conflict (thing) do update set sequence = excluded.sequence where o.sequence < excluded.sequence
                """, Array.ConvertAll(latest, t => t.Thing), Array.ConvertAll(latest, t => t.Sequence));
    }

    private static void Count(StoreWork work, IEnumerable<(string Source, DateOnly Day, Verdict Verdict, int N)> counts)
    {
        var rows = counts.Where(c => c.N != 0).OrderBy(c => c.Source, StringComparer.Ordinal).ThenBy(c => c.Day).ThenBy(c => c.Verdict).ToArray();
        if (rows.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.receipt_count as c (source, day, verdict, n) select * from unnest($1, $2, $3, $4)
                on conflict (source, day, verdict) do update set n = c.n + excluded.n
                """, Array.ConvertAll(rows, r => r.Source), Array.ConvertAll(rows, r => r.Day), Array.ConvertAll(rows, r => (short)r.Verdict),
                Array.ConvertAll(rows, r => (long)r.N));
    }

    private static TValue[] Column<TRow, TValue>(IReadOnlyList<PushedRow<TRow>> rows, Func<PushedRow<TRow>, TValue> value) => [.. rows.Select(value)];

    private static NpgsqlParameter Texts<TRow>(IReadOnlyList<PushedRow<TRow>> rows, Func<PushedRow<TRow>, string?> value) =>
        new() { Value = Column(rows, value), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
