using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>One row for each case, written with its events: what lists are made of, and which pupils have a case that runs.</summary>
internal static class DropoutTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.dropout_case (
            pupil uuid primary key, village bigint not null, school_no text not null, step smallint not null, since date not null) with (fillfactor = 85);
        create index if not exists dropout_case_open on {schema}.dropout_case (since, pupil) where step < {(short)DropoutStep.Returned};
        create index if not exists dropout_case_village on {schema}.dropout_case (village, since, pupil);
        """;

    public static void Write(StoreWork work, IEnumerable<DropoutCase> changed)
    {
        var rows = changed.OrderBy(c => c.Pupil).ToArray();
        if (rows.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.dropout_case (pupil, village, school_no, step, since) select * from unnest($1, $2, $3, $4, $5)
                on conflict (pupil) do update set village = excluded.village, school_no = excluded.school_no, step = excluded.step, since = excluded.since
                """, Array.ConvertAll(rows, c => c.Pupil), Array.ConvertAll(rows, c => c.School.Value), Array.ConvertAll(rows, c => c.SchoolNo),
                Array.ConvertAll(rows, c => (short)c.Facts!.Step), Array.ConvertAll(rows, c => c.Facts!.Since));
    }

    /// <summary>Those of the pupils whose case runs.</summary>
    public static async Task<HashSet<Guid>> OpenAsync(StoreWork work, IEnumerable<Guid> pupils, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select pupil from {work.Schema}.dropout_case where pupil = any($1) and step < {(short)DropoutStep.Returned}", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = pupils.Distinct().ToArray() });
        var open = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            open.Add(reader.GetGuid(0));
        return open;
    }

    /// <summary>Cases of these villages after a place in the list: at one step, or all that run.</summary>
    public static async Task<List<(Guid Pupil, DateOnly Since)>> PageAsync(
        EventStore store, long[] villages, string? schoolNo, DropoutStep? step, (DateOnly Since, Guid Pupil) after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select pupil, since from {store.Schema}.dropout_case
            where village = any($1) and ($2 is null or school_no = $2) and {(step is null ? $"step < {(short)DropoutStep.Returned}" : "step = $3")} and (since, pupil) > ($4, $5)
            order by since, pupil limit $6
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = villages }, new() { Value = (object?)schoolNo ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = (short)(step ?? 0) }, new() { Value = after.Since }, new() { Value = after.Pupil }, new() { Value = size },
        ]);
        var page = new List<(Guid, DateOnly)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add((reader.GetGuid(0), reader.GetFieldValue<DateOnly>(1)));
        return page;
    }
}
