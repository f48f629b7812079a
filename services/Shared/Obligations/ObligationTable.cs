using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Obligations;

/// <summary>
/// One row for each obligation that runs, written in the transaction of its events: when the clock next touches it, and what
/// lists show of it. A row goes when its obligation ends.
/// </summary>
internal static class ObligationTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.obligation_due (
            id uuid primary key, next_at timestamptz, kind text not null, subject_kind text not null, subject uuid not null,
            division bigint not null, department text not null, state text not null, starts_at timestamptz not null, due_at timestamptz,
            place timestamptz not null, basis text not null, escalated_to smallint) with (fillfactor = 85);
        alter table {schema}.obligation_due add column if not exists citation text not null default '';
        create index if not exists obligation_due_next on {schema}.obligation_due (next_at, id) where next_at is not null;
        create index if not exists obligation_due_subject on {schema}.obligation_due (subject);
        create index if not exists obligation_due_place on {schema}.obligation_due (division, place, id);
        """;

    /// <summary>The rows after a change.</summary>
    public static void Write(StoreWork work, IEnumerable<Obligation> changed)
    {
        var (running, ended) = (changed.Where(o => o.Runs).OrderBy(o => o.Id).ToArray(), changed.Where(o => !o.Runs).Select(o => o.Id).Order().ToArray());
        if (running.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.obligation_due
                    (id, next_at, kind, subject_kind, subject, division, department, state, starts_at, due_at, place, basis, escalated_to, citation)
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                on conflict (id) do update set next_at = excluded.next_at, state = excluded.state, escalated_to = excluded.escalated_to
                """,
                Column(running, o => o.Id), Times(running, o => o.NextAt), Column(running, o => o.Opened!.Of.Kind), Column(running, o => o.Opened!.Of.Subject.Kind),
                Column(running, o => o.Opened!.Of.Subject.Id), Column(running, o => o.Opened!.Of.Division.Value), Column(running, o => o.Opened!.Of.Department.ToString()),
                Column(running, o => o.State.ToString()), Times(running, o => o.Opened!.Of.StartsAt), Times(running, o => o.Opened!.Of.DueAt),
                // What is due at once stands where its time began: before whatever has time.
                Times(running, o => o.Opened!.Of.DueAt ?? o.Opened.Of.StartsAt), Column(running, o => o.Opened!.Of.Basis.ToString()),
                new NpgsqlParameter { Value = Array.ConvertAll(running, o => (short?)o.EscalatedTo), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint },
                Column(running, o => o.Opened!.Of.Citation));
        if (ended.Length > 0)
            work.Beside($"delete from {work.Schema}.obligation_due where id = any($1)", ended);
    }

    /// <summary>Those the clock touches by now, the longest waiting first.</summary>
    public static async Task<List<Guid>> DueAsync(StoreWork work, DateTimeOffset now, int atATime, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select id from {work.Schema}.obligation_due where next_at <= $1 order by next_at, id limit $2", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        command.Parameters.Add(new() { Value = atATime });
        return await IdsAsync(command, ct);
    }

    /// <summary>Whether the clock touches any by now; asked outside of any work, so that an idle sweep keeps no writer waiting.</summary>
    public static async Task<bool> AnyDueAsync(EventStore store, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"select exists (select from {store.Schema}.obligation_due where next_at <= $1)");
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Those that run for these subjects.</summary>
    public static async Task<List<Guid>> OfAsync(StoreWork work, IEnumerable<Guid> subjects, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select id from {work.Schema}.obligation_due where subject = any($1) order by place, id", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = subjects.ToArray() });
        return await IdsAsync(command, ct);
    }

    private static async Task<List<Guid>> IdsAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return ids;
    }

    private static T[] Column<T>(Obligation[] rows, Converter<Obligation, T> value) => Array.ConvertAll(rows, value);

    private static NpgsqlParameter Times(Obligation[] rows, Converter<Obligation, DateTimeOffset?> value) =>
        new() { Value = Array.ConvertAll(rows, value), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };
}
