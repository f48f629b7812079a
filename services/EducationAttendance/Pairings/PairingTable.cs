using LeftBehind.Calls;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.EducationAttendance.Pairings;

/// <summary>One row for each pairing that runs: what lists are made of, and which pupils are paired.</summary>
internal static class PairingTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.pairing (pupil uuid primary key, village bigint not null, school_no text not null, since date not null);
        create index if not exists pairing_village on {schema}.pairing (village, since, pupil);
        """;

    public static void Write(StoreWork work, Pairing known)
    {
        if (known is { Active: true, Facts: { } facts })
            work.Beside($"""
                insert into {work.Schema}.pairing (pupil, village, school_no, since) values ($1, $2, $3, $4)
                on conflict (pupil) do update set village = excluded.village, school_no = excluded.school_no, since = excluded.since
                """, known.Pupil, facts.School.Value, known.SchoolNo, facts.Since);
        else
            work.Beside($"delete from {work.Schema}.pairing where pupil = $1", known.Pupil);
    }

    /// <summary>Those of the pupils that are paired.</summary>
    public static async Task<HashSet<Guid>> PairedAsync(StoreWork work, IEnumerable<Guid> pupils, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select pupil from {work.Schema}.pairing where pupil = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = pupils.Distinct().ToArray() });
        var paired = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            paired.Add(reader.GetGuid(0));
        return paired;
    }

    public static async Task<List<RowPlace>> PageAsync(EventStore store, long[] villages, string? schoolNo, RowPlace after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select since, pupil from {store.Schema}.pairing where village = any($1) and ($2 is null or school_no = $2) and (since, pupil) > ($3, $4) order by since, pupil limit $5
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = villages }, new() { Value = (object?)schoolNo ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = after.Day }, new() { Value = after.Id }, new() { Value = size },
        ]);
        var page = new List<RowPlace>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(RowPlace.Of(reader.GetFieldValue<DateOnly>(0), reader.GetGuid(1)));
        return page;
    }
}
