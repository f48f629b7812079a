using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>
/// Which days of which counties are still to be settled: each day once it has ended, from the day on which the county's first
/// term was told, and days of whose calendar something else was told since.
/// </summary>
internal static class DaysToSettle
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.school_day_watch (county bigint primary key, since date not null, settled_through date not null);
        create table if not exists {schema}.school_day_review (county bigint not null, date date not null, primary key (county, date));
        """;

    /// <summary>From this day on, unless it is watched already: nobody is asked for rolls of days before.</summary>
    public static void Follow(StoreWork work, DivisionId county, DateOnly today) => work.Beside(
        $"insert into {work.Schema}.school_day_watch (county, since, settled_through) values ($1, $2, $3) on conflict (county) do nothing", county.Value, today, today.AddDays(-1));

    public static void Review(StoreWork work, DivisionId county, IEnumerable<DateOnly> days)
    {
        if (days.ToArray() is { Length: > 0 } asked)
            work.Beside($"insert into {work.Schema}.school_day_review (county, date) select $1, d from unnest($2) as d on conflict do nothing", county.Value, asked);
    }

    /// <summary>The next day to be settled, the days of reviews first; null when nothing is left before today.</summary>
    public static async Task<DayToSettle?> NextAsync(EventStore store, DateOnly today, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            (select r.county, r.date, w.since, true from {store.Schema}.school_day_review r join {store.Schema}.school_day_watch w using (county) where r.date < $1 order by r.date, r.county limit 1)
            union all
            (select county, settled_through + 1, since, false from {store.Schema}.school_day_watch where settled_through < $1 - 1 order by settled_through, county limit 1)
            limit 1
            """);
        command.Parameters.Add(new() { Value = today });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new(new(reader.GetInt64(0)), reader.GetFieldValue<DateOnly>(1), reader.GetFieldValue<DateOnly>(2), reader.GetBoolean(3)) : null;
    }

    public static void Done(StoreWork work, DayToSettle day) => work.Beside(day.IsReview
        ? $"delete from {work.Schema}.school_day_review where county = $1 and date = $2"
        : $"update {work.Schema}.school_day_watch set settled_through = $2 where county = $1 and settled_through = $2 - 1", day.County.Value, day.Date);

    /// <summary>Classes of the county whose class-day is not as the calendar says: none where one is due, or one that is due no more, or again.</summary>
    public static async Task<List<Classes.SchoolClass>> UnsettledAsync(StoreWork work, DayToSettle day, bool isSchoolDay, int atATime, CancellationToken ct)
    {
        var missing = $"""
            select c.id, c.school_no, c.class_no, c.village, c.county from {work.Schema}.roll_class c
            where c.county = $1 and c.since <= $2 and exists (select from {work.Schema}.class_pupil p where p.class = c.id and p.enrolled)
                and not exists (select from {work.Schema}.class_day d where d.class = c.id and d.date = $2) limit {atATime}
            """;
        var other = $"""
            select c.id, c.school_no, c.class_no, c.village, c.county from {work.Schema}.class_day d join {work.Schema}.roll_class c on c.id = d.class
            where d.county = $1 and d.date = $2 and d.roll {(isSchoolDay ? "= 3" : "< 3")} limit {atATime}
            """;
        await using var command = new NpgsqlCommand(
            isSchoolDay && day.Date >= day.Since ? $"({missing}) union all ({other}) limit {atATime}" : other, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = day.County.Value });
        command.Parameters.Add(new() { Value = day.Date });
        var classes = new List<Classes.SchoolClass>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            classes.Add(Classes.ClassTable.Read(reader));
        return classes;
    }
}

/// <summary>A day of a county to be settled.</summary>
/// <param name="County">The county.</param>
/// <param name="Date">The day.</param>
/// <param name="Since">From when rolls are asked for.</param>
/// <param name="IsReview">Something else was told of its calendar.</param>
internal sealed record DayToSettle(DivisionId County, DateOnly Date, DateOnly Since, bool IsReview);
