using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.EducationAttendance.Reconciliation;

/// <summary>Both sides as they are known last, side by side: what differs is asked of these tables, for a whole page or batch at once.</summary>
internal static class ReconciliationTable
{
    private static readonly ReconciliationKind[] Kinds = Enum.GetValues<ReconciliationKind>();

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.roll_side (
            pupil uuid primary key, village bigint not null, child uuid, on_roll boolean not null, died boolean not null, left_behind boolean,
            waits_since timestamptz, differs int not null default 0) with (fillfactor = 80);
        create index if not exists roll_side_child on {schema}.roll_side (child) where child is not null;
        create index if not exists roll_side_waits on {schema}.roll_side (waits_since, pupil) where waits_since is not null and differs = 0;
        create table if not exists {schema}.registry_side (child uuid primary key, state smallint not null, left_behind boolean, born date) with (fillfactor = 80);
        create table if not exists {schema}.reconciliation_case (
            id uuid primary key, pupil uuid not null, village bigint not null, kind smallint not null, state smallint not null, since date not null) with (fillfactor = 85);
        create index if not exists reconciliation_case_village on {schema}.reconciliation_case (village, state, since, id);
        """;

    public static void Write(StoreWork work, IEnumerable<RollSide> pupils, DateTimeOffset now)
    {
        var rows = pupils.OrderBy(p => p.Pupil).ToArray();
        if (rows.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.roll_side as r (pupil, village, child, on_roll, died, left_behind, waits_since)
                select n.pupil, n.village, n.child, n.on_roll, n.died, n.left_behind, case when n.on_roll and n.child is null then $7 end
                from unnest($1, $2, $3, $4, $5, $6) as n(pupil, village, child, on_roll, died, left_behind)
                on conflict (pupil) do update set village = excluded.village, child = excluded.child, on_roll = excluded.on_roll, died = excluded.died,
                    left_behind = excluded.left_behind, waits_since = case when excluded.waits_since is not null then coalesce(r.waits_since, excluded.waits_since) end
                where (r.village, r.child, r.on_roll, r.died, r.left_behind) is distinct from (excluded.village, excluded.child, excluded.on_roll, excluded.died, excluded.left_behind)
                """, Array.ConvertAll(rows, r => r.Pupil), Array.ConvertAll(rows, r => r.School.Value), Maybe(Array.ConvertAll(rows, r => r.Child), NpgsqlDbType.Uuid),
                Array.ConvertAll(rows, r => r.OnRoll), Array.ConvertAll(rows, r => r.Died), Maybe(Array.ConvertAll(rows, r => r.LeftBehind), NpgsqlDbType.Boolean), now.ToUniversalTime());
    }

    public static void Write(StoreWork work, IEnumerable<KeyValuePair<Guid, RegistrySide>> children)
    {
        var rows = children.OrderBy(c => c.Key).ToArray();
        if (rows.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.registry_side as r (child, state, left_behind, born) select * from unnest($1, $2, $3, $4)
                on conflict (child) do update set state = excluded.state, left_behind = excluded.left_behind, born = excluded.born
                where (r.state, r.left_behind, r.born) is distinct from (excluded.state, excluded.left_behind, excluded.born)
                """, Array.ConvertAll(rows, r => r.Key), Array.ConvertAll(rows, r => (short)r.Value.State),
                Maybe(Array.ConvertAll(rows, r => r.Value.LeftBehind), NpgsqlDbType.Boolean), Maybe(Array.ConvertAll(rows, r => r.Value.Born), NpgsqlDbType.Date));
    }

    /// <summary>Both sides of these pupils, and of the pupils of these children, with the differences that are known.</summary>
    public static async Task<List<Compared>> ReadAsync(StoreWork work, Guid[] pupils, Guid[] children, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select r.pupil, r.village, r.child, r.on_roll, r.died, r.left_behind, r.waits_since, r.differs, c.state, c.left_behind, c.born
            from (select * from {work.Schema}.roll_side where pupil = any($1) union select * from {work.Schema}.roll_side where child = any($2)) r
            left join {work.Schema}.registry_side c on c.child = r.child
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = pupils });
        command.Parameters.Add(new() { Value = children });
        var compared = new List<Compared>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            compared.Add(new(
                new(reader.GetGuid(0), new(reader.GetInt64(1)), reader.IsDBNull(2) ? null : reader.GetGuid(2), reader.GetBoolean(3), reader.GetBoolean(4), reader.IsDBNull(5) ? null : reader.GetBoolean(5)),
                reader.IsDBNull(8) ? null : new((FileState)reader.GetInt16(8), reader.IsDBNull(9) ? null : reader.GetBoolean(9), reader.IsDBNull(10) ? null : reader.GetFieldValue<DateOnly>(10)),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6), KindsIn(reader.GetInt32(7))));
        return compared;
    }

    /// <summary>Pupils that wait for their file since then or longer, and of whom nothing is known to differ.</summary>
    public static async Task<Guid[]> WaitingAsync(StoreWork work, DateTimeOffset since, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select pupil from {work.Schema}.roll_side where waits_since <= $1 and differs = 0 order by waits_since, pupil limit $2", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = since.ToUniversalTime() });
        command.Parameters.Add(new() { Value = most });
        var pupils = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            pupils.Add(reader.GetGuid(0));
        return [.. pupils];
    }

    public static void Write(StoreWork work, Guid pupil, IEnumerable<ReconciliationKind> differs) =>
        work.Beside($"update {work.Schema}.roll_side set differs = $2 where pupil = $1", pupil, differs.Aggregate(0, (bits, kind) => bits | 1 << (int)kind));

    public static void Write(StoreWork work, ReconciliationCase known) => work.Beside($"""
        insert into {work.Schema}.reconciliation_case (id, pupil, village, kind, state, since) values ($1, $2, $3, $4, $5, $6)
        on conflict (id) do update set village = excluded.village, state = excluded.state, since = excluded.since
        """, known.Id, known.Pupil, known.Facts!.School.Value, (short)known.Facts.Kind, (short)known.Facts.State, known.Facts.Since);

    private static HashSet<ReconciliationKind> KindsIn(int bits) => [.. Kinds.Where(kind => (bits & 1 << (int)kind) != 0)];

    private static NpgsqlParameter Maybe<T>(T?[] values, NpgsqlDbType type) where T : struct => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}

/// <summary>Both sides of a pupil.</summary>
/// <param name="Roll">The roll's.</param>
/// <param name="Registry">Registry's; null where nothing was told.</param>
/// <param name="WaitsSince">Since when the pupil waits for its file.</param>
/// <param name="Differs">What is known to differ, decided on or not.</param>
internal sealed record Compared(RollSide Roll, RegistrySide? Registry, DateTimeOffset? WaitsSince, HashSet<ReconciliationKind> Differs);
