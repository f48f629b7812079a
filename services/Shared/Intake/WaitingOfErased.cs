using LeftBehind.EventLog;
using LeftBehind.Protos.Intake.V1;
using Npgsql;

namespace LeftBehind.Intake;

/// <summary>Rows that wait and are about persons whose personal data is erased: taken out, and answered as rows pushed later are.</summary>
public static class WaitingOfErased
{
    /// <summary>What a row about an erased person is answered with.</summary>
    public const string Reason = "erased";

    /// <summary>
    /// Forgets the rows about these persons or known numbers, and those about whom another source calls the same by its own number.
    /// Their receipts say so from now on, and the ledger stays balanced.
    /// </summary>
    public static async Task SettleAsync(StoreWork work, IReadOnlyCollection<Guid> about, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            with persons as (select distinct about[1] as person from {work.Schema}.waiting_row where about && $1),
            gone as (delete from {work.Schema}.waiting_row where about && $1 or about && (select array_agg(person) from persons) returning source, event_id),
            changed as (
                update {work.Schema}.inbox i set verdict = $2, field = null, reason = $4, waiting_for = null, subject = null
                from gone g where i.source = g.source and i.event_id = g.event_id returning i.*),
            told as ({ReceiptChangeTable.Tell(work.Schema)})
            insert into {work.Schema}.receipt_count as c (source, day, verdict, n)
            select s.source, s.received_on, v.verdict, sum(v.n) from changed s cross join (values ($2, 1), ($3, -1)) as v(verdict, n) group by 1, 2, 3
            on conflict (source, day, verdict) do update set n = c.n + excluded.n
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = about.ToArray() });
        command.Parameters.Add(new() { Value = (short)Verdict.Unchanged });
        command.Parameters.Add(new() { Value = (short)Verdict.Waiting });
        command.Parameters.Add(new() { Value = Reason });
        await command.ExecuteNonQueryAsync(ct);
    }
}
