using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.EducationAttendance.Classes;

/// <summary>
/// The classes of the roll and who is in them, written in the transaction of the roll's events, and beside each pupil how it
/// attended last. A pupil is in one class.
/// </summary>
internal static class ClassTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.roll_class (
            id uuid primary key, source text not null, school_no text not null, class_no text not null, village bigint not null, county bigint not null,
            grade smallint, since date not null);
        create index if not exists roll_class_county on {schema}.roll_class (county, id);
        create index if not exists roll_class_village on {schema}.roll_class (village, id);
        create table if not exists {schema}.class_pupil (
            pupil uuid primary key, class uuid, enrolled boolean not null, born date,
            state smallint, run int not null default 0, run_since date) with (fillfactor = 80);
        create index if not exists class_pupil_class on {schema}.class_pupil (class) where enrolled;
        """;

    public static void Write(StoreWork work, string source, IEnumerable<(ClassPlace Class, string SchoolNo, DivisionId Village, DivisionId County, DateOnly Since)> classes)
    {
        var rows = classes.GroupBy(c => c.Class.Id).Select(g => g.Last() with { Since = g.Min(c => c.Since) }).OrderBy(c => c.Class.Id).ToArray();
        if (rows.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.roll_class as c (id, source, school_no, class_no, village, county, grade, since)
                select r.id, $2, r.school_no, r.class_no, r.village, r.county, nullif(r.grade, 0), r.since
                from unnest($1, $3, $4, $5, $6, $7, $8) as r(id, school_no, class_no, village, county, grade, since)
                on conflict (id) do update set village = excluded.village, county = excluded.county, grade = coalesce(excluded.grade, c.grade),
                    since = least(c.since, excluded.since)
                where (c.village, c.county) <> (excluded.village, excluded.county) or c.grade is distinct from coalesce(excluded.grade, c.grade) or c.since > excluded.since
                """,
                Array.ConvertAll(rows, r => r.Class.Id), source, Array.ConvertAll(rows, r => r.SchoolNo), Array.ConvertAll(rows, r => r.Class.No),
                Array.ConvertAll(rows, r => r.Village.Value), Array.ConvertAll(rows, r => r.County.Value), Array.ConvertAll(rows, r => (short)(r.Class.Grade ?? 0)),
                Array.ConvertAll(rows, r => r.Since));
    }

    public static void Write(StoreWork work, IEnumerable<ClassPupil> pupils)
    {
        var rows = pupils.OrderBy(p => p.Pupil).ToArray();
        if (rows.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.class_pupil as p (pupil, class, enrolled, born) select * from unnest($1, $2, $3, $4)
                on conflict (pupil) do update set class = excluded.class, enrolled = excluded.enrolled, born = excluded.born
                where (p.class, p.enrolled, p.born) is distinct from (excluded.class, excluded.enrolled, excluded.born)
                """, Array.ConvertAll(rows, p => p.Pupil), Maybe(Array.ConvertAll(rows, p => p.Class), NpgsqlDbType.Uuid), Array.ConvertAll(rows, p => p.Enrolled),
                Maybe(Array.ConvertAll(rows, p => p.Born), NpgsqlDbType.Date));
    }

    public static async Task<Dictionary<Guid, SchoolClass>> ClassesAsync(StoreWork work, IEnumerable<Guid> ids, CancellationToken ct)
    {
        var classes = new Dictionary<Guid, SchoolClass>();
        await using var command = new NpgsqlCommand(
            $"select id, school_no, class_no, village, county from {work.Schema}.roll_class where id = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = ids.Distinct().ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            classes[reader.GetGuid(0)] = Read(reader);
        return classes;
    }

    public static async Task<Dictionary<Guid, ClassPupil>> PupilsAsync(StoreWork work, IEnumerable<Guid> ids, CancellationToken ct)
    {
        var pupils = new Dictionary<Guid, ClassPupil>();
        var asked = ids.Distinct().ToArray();
        if (asked.Length == 0)
            return pupils;
        await using var command = new NpgsqlCommand(
            $"select pupil, class, enrolled, born from {work.Schema}.class_pupil where pupil = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = asked });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            pupils[reader.GetGuid(0)] = new(reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.GetBoolean(2),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3));
        return pupils;
    }

    /// <summary>Of id, school_no, class_no, village, county.</summary>
    public static SchoolClass Read(NpgsqlDataReader reader) =>
        new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), new(reader.GetInt64(3)), new(reader.GetInt64(4)));

    private static NpgsqlParameter Maybe<T>(T?[] values, NpgsqlDbType type) where T : struct => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
