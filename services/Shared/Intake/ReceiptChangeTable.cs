using LeftBehind.EventLog;
using LeftBehind.Protos.Intake.V1;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Intake;

/// <summary>
/// Every verdict that was ever given, numbered in the order of giving and kept as long as the inbox. Numbers are taken by the store's one writer
/// (docs/adr/0018) and stand when it commits: nothing can appear behind a number that was read.
/// </summary>
internal static class ReceiptChangeTable
{
    /// <summary>What is kept of a row of the inbox.</summary>
    public const string Columns = "source, event_id, division, verdict, field, reason, waiting_for, subject";

    /// <summary>Receipts of a release that kept no changes are told once each, as they stand.</summary>
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.receipt_change (
            number bigint generated always as identity primary key, source text not null, event_id text not null, division bigint, verdict smallint not null,
            field text, reason text, waiting_for text, subject uuid);
        insert into {schema}.receipt_change ({Columns}) select {Columns} from {schema}.inbox
            where not exists (select from {schema}.receipt_change) order by received_on, source, event_id;
        """;

    /// <summary>The statement that tells the rows of the inbox that a statement before it has changed, under the name of changed.</summary>
    public static string Tell(string schema) => $"insert into {schema}.receipt_change ({Columns}) select {Columns} from changed";

    /// <summary>The number of the last change; 0 before the first.</summary>
    public static async Task<long> LastAsync(EventStore store, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"select coalesce(max(number), 0) from {store.Schema}.receipt_change");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The changes of a source, or of those who pushed for some divisions, after a number and up to another.</summary>
    public static async Task<List<ReceiptChange>> BetweenAsync(EventStore store, long after, long until, WhoseRows whose, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select number, source, event_id, verdict, field, reason, waiting_for, subject
            from {store.Schema}.receipt_change where number > $1 and number <= $2 and (source = $3 or division = any($4)) order by number
            """);
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = until });
        command.Parameters.Add(new() { Value = (object?)whose.Source ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = whose.Divisions });
        var changes = new List<ReceiptChange>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            changes.Add(new() { Number = reader.GetInt64(0), Source = reader.GetString(1), Verdict = InboxTable.VerdictOf(reader, 2, 3) });
        return changes;
    }
}

/// <summary>Whose rows are told: those of a source, or those pushed for divisions.</summary>
internal sealed record WhoseRows(string? Source, long[] Divisions);
