using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.EducationAttendance.Boarders;

/// <summary>One row for each sheet, written with its events: what lists are made of, and which dormitories take rolls.</summary>
internal static class BoardingTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.boarding_sheet (
            id uuid primary key, kind smallint not null, county bigint not null, village bigint not null, school_no text not null, dormitory text not null, date date not null,
            finding boolean not null, told boolean not null) with (fillfactor = 85);
        create index if not exists boarding_sheet_village on {schema}.boarding_sheet (village, date, id);
        create index if not exists boarding_sheet_night on {schema}.boarding_sheet (date, county) where kind = {(short)BoardingSheetKind.NightRoll};
        """;

    public static void Write(StoreWork work, BoardingSheet sheet, DivisionId county) => work.Beside($"""
        insert into {work.Schema}.boarding_sheet (id, kind, county, village, school_no, dormitory, date, finding, told) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (id) do update set finding = excluded.finding, told = excluded.told
        """, sheet.Id, (short)sheet.Of!.Kind, county.Value, sheet.Of.School.Value, sheet.Of.SchoolNo, sheet.Of.Dormitory, sheet.Of.Date,
        sheet.Facts is { Findings: > 0 } or { Roll: RollState.Missing }, sheet.Version > 0);

    public static async Task<List<RowPlace>> PageAsync(
        EventStore store, long[] villages, string? schoolNo, BoardingSheetKind? kind, bool findingsOnly, RowPlace after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select date, id from {store.Schema}.boarding_sheet
            where village = any($1) and ($2 is null or school_no = $2) and ($3 = 0 or kind = $3) and (finding or not $4) and (date, id) > ($5, $6) order by date, id limit $7
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = villages }, new() { Value = (object?)schoolNo ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = (short)(kind ?? 0) },
            new() { Value = findingsOnly }, new() { Value = after.Day }, new() { Value = after.Id }, new() { Value = size },
        ]);
        var page = new List<RowPlace>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(RowPlace.Of(reader.GetFieldValue<DateOnly>(0), reader.GetGuid(1)));
        return page;
    }

    /// <summary>The counties with dormitories that took a roll since a day.</summary>
    public static async Task<List<DivisionId>> CountiesAsync(StoreWork work, DateOnly since, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select distinct county from {work.Schema}.boarding_sheet where kind = {(short)BoardingSheetKind.NightRoll} and told and date >= $1", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = since });
        var counties = new List<DivisionId>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            counties.Add(new(reader.GetInt64(0)));
        return counties;
    }

    /// <summary>Dormitories that took a roll within the days before a night, and none of it.</summary>
    public static async Task<List<(BoardingPlace Of, DivisionId County)>> WithoutRollAsync(StoreWork work, long[] counties, DateOnly night, int days, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select distinct village, school_no, dormitory, county from {work.Schema}.boarding_sheet b
            where kind = {(short)BoardingSheetKind.NightRoll} and told and county = any($1) and date < $2 and date >= $2 - $3
                and not exists (select from {work.Schema}.boarding_sheet n
                    where n.kind = b.kind and n.date = $2 and (n.village, n.school_no, n.dormitory) = (b.village, b.school_no, b.dormitory))
            limit {most}
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = counties });
        command.Parameters.Add(new() { Value = night });
        command.Parameters.Add(new() { Value = days });
        var missing = new List<(BoardingPlace, DivisionId)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            missing.Add((new(BoardingSheetKind.NightRoll, new(reader.GetInt64(0)), reader.GetString(1), reader.GetString(2), night), new(reader.GetInt64(3))));
        return missing;
    }
}
