using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Registry.Visits;

/// <summary>How a pupil behind a child's file is schooled, as the roll told it last.</summary>
public sealed record PupilSchooling(Guid Pupil, Guid Child, Schooling Schooling, EnrolmentState? State, DateOnly? Since, long Told)
{
    /// <summary>
    /// Whether a child has dropped out (辍学), of all its pupils: not while one of them attends, else as what counts from the latest
    /// day says. As Platform counts it. Pure.
    /// </summary>
    public static bool IsDropout(IEnumerable<PupilSchooling> pupils) => pupils.MaxBy(p => (p.Attendance, p.Since ?? DateOnly.MinValue, p.Told))?.Schooling is Schooling.DroppedOut;

    private int Attendance => this switch
    {
        { Schooling: Schooling.DroppedOut or Schooling.NotInSchool or Schooling.NotInKindergarten } => 0,
        { Schooling: not Schooling.NotCollected } => 2,
        { State: EnrolmentState.Enrolled or EnrolmentState.OnLeave } => 1,
        _ => 0,
    };
}

/// <summary>One row for each pupil with a file, kept in the transaction of the page that told it.</summary>
internal static class PupilSchoolings
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.pupil_schooling (
            pupil uuid primary key, child uuid not null, schooling smallint not null, state smallint, since date, told bigint not null);
        create index if not exists pupil_schooling_child on {schema}.pupil_schooling (child);
        """;

    /// <summary>These pupils, and all others of these children and of the children that these pupils were of.</summary>
    public static async Task<Dictionary<Guid, PupilSchooling>> LoadAsync(StoreWork work, IEnumerable<Guid> pupils, IEnumerable<Guid> children, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select pupil, child, schooling, state, since, told from {work.Schema}.pupil_schooling
            where child = any($2) or child in (select child from {work.Schema}.pupil_schooling where pupil = any($1))
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = pupils.Distinct().ToArray() });
        command.Parameters.Add(new() { Value = children.Distinct().ToArray() });
        var known = new Dictionary<Guid, PupilSchooling>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            known[reader.GetGuid(0)] = new(reader.GetGuid(0), reader.GetGuid(1), (Schooling)reader.GetInt16(2), reader.IsDBNull(3) ? null : (EnrolmentState)reader.GetInt16(3),
                reader.IsDBNull(4) ? null : reader.GetFieldValue<DateOnly>(4), reader.GetInt64(5));
        return known;
    }

    public static void Write(StoreWork work, IEnumerable<PupilSchooling> told, IReadOnlyCollection<Guid> gone)
    {
        var rows = told.OrderBy(p => p.Pupil).ToArray();
        if (rows.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.pupil_schooling (pupil, child, schooling, state, since, told) select * from unnest($1, $2, $3, $4, $5, $6)
                on conflict (pupil) do update set child = excluded.child, schooling = excluded.schooling, state = excluded.state, since = excluded.since, told = excluded.told
                """, Array.ConvertAll(rows, r => r.Pupil), Array.ConvertAll(rows, r => r.Child), Array.ConvertAll(rows, r => (short)r.Schooling),
                new NpgsqlParameter { Value = Array.ConvertAll(rows, r => (short?)r.State), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint },
                new NpgsqlParameter { Value = Array.ConvertAll(rows, r => r.Since), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date }, Array.ConvertAll(rows, r => r.Told));
        if (gone.Count > 0)
            work.Beside($"delete from {work.Schema}.pupil_schooling where pupil = any($1)", gone.ToArray());
    }
}
