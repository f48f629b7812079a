using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.EducationAttendance.LawLessons;

/// <summary>One row for each school and term, written with its events: what lists are made of, and which schools' terms have begun.</summary>
internal static class LawTermTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.law_term (id uuid primary key, village bigint not null, school_no text not null, term text not null, until date not null, lessons int not null);
        create unique index if not exists law_term_school on {schema}.law_term (village, school_no, term);
        create index if not exists law_term_village on {schema}.law_term (village, until, id);
        """;

    public static void Write(StoreWork work, LawTerm term) => work.Beside($"""
        insert into {work.Schema}.law_term (id, village, school_no, term, until, lessons) values ($1, $2, $3, $4, $5, $6) on conflict (id) do update set lessons = excluded.lessons
        """, term.Id, term.Of!.School.Value, term.Of.SchoolNo, term.Of.Term, term.Facts!.Until, term.Facts.Lessons);

    public static async Task<List<RowPlace>> PageAsync(EventStore store, long[] villages, string? schoolNo, bool missingOnly, RowPlace after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select until, id from {store.Schema}.law_term
            where village = any($1) and ($2 is null or school_no = $2) and (lessons = 0 or not $3) and (until, id) > ($4, $5) order by until, id limit $6
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = villages }, new() { Value = (object?)schoolNo ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = missingOnly },
            new() { Value = after.Day }, new() { Value = after.Id }, new() { Value = size },
        ]);
        var page = new List<RowPlace>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(RowPlace.Of(reader.GetFieldValue<DateOnly>(0), reader.GetGuid(1)));
        return page;
    }

    /// <summary>The counties with classes on the roll.</summary>
    public static async Task<List<DivisionId>> CountiesAsync(StoreWork work, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select distinct county from {work.Schema}.roll_class", work.Connection, work.Transaction);
        var counties = new List<DivisionId>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            counties.Add(new(reader.GetInt64(0)));
        return counties;
    }

    /// <summary>Schools of a county with a class that somebody is in, whose term has not begun.</summary>
    public static async Task<List<LawTermPlace>> NotBegunAsync(StoreWork work, DivisionId county, string term, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select distinct c.village, c.school_no from {work.Schema}.roll_class c
            where c.county = $1 and exists (select from {work.Schema}.class_pupil p where p.class = c.id and p.enrolled)
                and not exists (select from {work.Schema}.law_term l where (l.village, l.school_no, l.term) = (c.village, c.school_no, $2)) limit {most}
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = county.Value });
        command.Parameters.Add(new() { Value = term });
        var schools = new List<LawTermPlace>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            schools.Add(new(new(reader.GetInt64(0)), reader.GetString(1), term));
        return schools;
    }
}
