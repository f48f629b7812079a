using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>
/// Class-days and their marks beside the log, written in the transaction of the events: what lists and counts are made of. A mark
/// has what was submitted and what counts now; whoever was never named has none.
/// </summary>
internal static class ClassDayTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.class_day (
            id uuid primary key, class uuid not null, date date not null, county bigint not null, village bigint not null, roll smallint not null) with (fillfactor = 85);
        create unique index if not exists class_day_class on {schema}.class_day (class, date);
        create index if not exists class_day_county on {schema}.class_day (county, date, roll);
        create table if not exists {schema}.attendance_mark (
            class_day uuid not null, pupil uuid not null, session smallint not null, date date not null,
            category smallint not null, fraction numeric(4,3) not null, submitted_category smallint not null, submitted_fraction numeric(4,3) not null,
            primary key (class_day, pupil, session));
        create index if not exists attendance_mark_pupil on {schema}.attendance_mark (pupil, date);
        """;

    public static void Write(StoreWork work, IReadOnlyCollection<ChangedDay> changed)
    {
        var days = changed.OrderBy(d => d.Day.Id).ToArray();
        work.Beside($"""
            insert into {work.Schema}.class_day (id, class, date, county, village, roll) select * from unnest($1, $2, $3, $4, $5, $6)
            on conflict (id) do update set roll = excluded.roll, county = excluded.county, village = excluded.village
            """,
            Array.ConvertAll(days, d => d.Day.Id), Array.ConvertAll(days, d => d.Class.Id), Array.ConvertAll(days, d => d.Date), Array.ConvertAll(days, d => d.Class.County.Value),
            Array.ConvertAll(days, d => d.Class.Village.Value), Array.ConvertAll(days, d => (short)d.Day.Facts!.Roll));
        var marks = (from d in days from roll in d.Day.Rolls from mark in roll.Value.Marks.Values select (Day: d, Session: roll.Key, Mark: mark)).ToArray();
        if (marks.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.attendance_mark as m (class_day, pupil, session, date, category, fraction, submitted_category, submitted_fraction)
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (class_day, pupil, session) do update set category = excluded.category, fraction = excluded.fraction
                where (m.category, m.fraction) <> (excluded.category, excluded.fraction)
                """,
                Array.ConvertAll(marks, m => m.Day.Day.Id), Array.ConvertAll(marks, m => m.Mark.Now.Pupil), Array.ConvertAll(marks, m => (short)m.Session),
                Array.ConvertAll(marks, m => m.Day.Date), Array.ConvertAll(marks, m => (short)m.Mark.Now.Category), Array.ConvertAll(marks, m => m.Mark.Now.Fraction),
                Array.ConvertAll(marks, m => (short)m.Mark.Submitted.Category), Array.ConvertAll(marks, m => m.Mark.Submitted.Fraction));
    }
}

/// <summary>A class-day after its events, with what is kept beside them.</summary>
internal sealed record ChangedDay(ClassDay Day, SchoolClass Class, DateOnly Date, EventMeta Meta);
