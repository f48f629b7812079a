using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>
/// What follows from class-days for the pupils of their classes, worked out in one statement from the tables, so that the order in
/// which rolls arrive makes no difference: whether a pupil was there on the last school day, and its run of unexcused school days.
/// Only whoever is not as before is told of, and written.
/// </summary>
internal static class FollowPupils
{
    /// <summary>Writes the class-days, and tells at each class's last changed one what follows; answers the pupils that are not as before.</summary>
    public static async Task<IReadOnlyList<(PupilAttended Pupil, EventMeta Meta)>> OfAsync(StoreWork work, IReadOnlyCollection<ChangedDay> changed, CancellationToken ct)
    {
        if (changed.Count == 0)
            return [];
        ClassDayTable.Write(work, changed);
        await work.FlushAsync(ct);
        var told = (await ChangesAsync(work, [.. changed.Select(c => c.Class.Id).Distinct()], ct)).ToLookup(p => p.Class, p => p.Pupil);
        var followed = new List<(PupilAttended, EventMeta)>();
        foreach (var last in changed.GroupBy(c => c.Class.Id).Select(g => g.MaxBy(c => c.Date)!).Where(d => told.Contains(d.Class.Id)))
        {
            work.Append(last.Day.Id, new PupilsAttended([.. told[last.Class.Id]], last.Day.Facts!), last.Meta);
            followed.AddRange(told[last.Class.Id].Select(pupil => (pupil, last.Meta)));
        }
        Write(work, [.. told.SelectMany(t => t)]);
        return followed;
    }

    private static async Task<List<(Guid Class, PupilAttended Pupil)>> ChangesAsync(StoreWork work, Guid[] classes, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql(work.Schema), work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = classes });
        var changes = new List<(Guid, PupilAttended)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            changes.Add((reader.GetGuid(0), new(reader.GetGuid(1), new(
                (AttendanceState)reader.GetInt16(2), reader.GetFieldValue<DateOnly>(3), reader.GetInt32(4), reader.IsDBNull(5) ? null : reader.GetFieldValue<DateOnly>(5)))));
        return changes;
    }

    /// <summary>A roll of 0 or 1 was taken, 2 is missing, 3 is no school day and left out; category 4 is unexcused.</summary>
    private static string Sql(string schema) => $"""
        with last as (
            select c.class, d.id as class_day, d.date, d.roll
            from unnest($1) as c(class) cross join lateral (
                select id, date, roll from {schema}.class_day where class = c.class and roll <> 3 order by date desc limit 1) d),
        now as (
            select p.pupil, l.class, l.date, l.roll, p.state as was, p.run as was_run, p.run_since as was_since,
                (case when l.roll = 2 then 2 when m.missed > 0 then 1 else 0 end)::smallint as state, coalesce(m.unexcused, false) as unexcused
            from last l join {schema}.class_pupil p on p.class = l.class and p.enrolled
            left join lateral (
                select sum(fraction) as missed, bool_or(category = 4) as unexcused from {schema}.attendance_mark where class_day = l.class_day and pupil = p.pupil) m on true),
        after as (
            select n.*, r.run, r.since from now n cross join lateral (
                select count(*)::int as run, min(d.date) as since from {schema}.class_day d
                where (n.unexcused or n.roll = 2)
                    and d.class = n.class and d.roll < 2 and d.date > coalesce((
                    select e.date from {schema}.class_day e where e.class = n.class and e.roll < 2 and not exists (
                        select from {schema}.attendance_mark m where m.class_day = e.id and m.pupil = n.pupil and m.category = 4)
                    order by e.date desc limit 1), '-infinity')) r)
        select class, pupil, state, date, run, since from after
        where (state, run, since) is distinct from (was, was_run, was_since) order by class, pupil
        """;

    private static void Write(StoreWork work, PupilAttended[] pupils)
    {
        if (pupils.Length > 0)
            work.Beside($"""
                update {work.Schema}.class_pupil p set state = r.state, run = r.run, run_since = r.since
                from unnest($1, $2, $3, $4) as r(pupil, state, run, since) where p.pupil = r.pupil
                """, Array.ConvertAll(pupils, p => p.Pupil), Array.ConvertAll(pupils, p => (short)p.After.State), Array.ConvertAll(pupils, p => p.After.UnexcusedRun),
                new NpgsqlParameter { Value = Array.ConvertAll(pupils, p => p.After.UnexcusedSince), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
    }
}
