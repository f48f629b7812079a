using LeftBehind.Calls;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.EducationAttendance.Admissions;

/// <summary>One row for each refusal, written with its events: what lists are made of.</summary>
internal static class AdmissionTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.admission_refusal (
            id uuid primary key, village bigint not null, school_no text not null, state smallint not null, refused_on date not null) with (fillfactor = 85);
        create index if not exists admission_refusal_village on {schema}.admission_refusal (village, state, refused_on, id);
        """;

    public static void Write(StoreWork work, AdmissionRefusal refusal) => work.Beside($"""
        insert into {work.Schema}.admission_refusal (id, village, school_no, state, refused_on) values ($1, $2, $3, $4, $5)
        on conflict (id) do update set state = excluded.state
        """, refusal.Id, refusal.Facts!.School.Value, refusal.SchoolNo, (short)refusal.Facts.State, refusal.Facts.RefusedOn);

    public static async Task<List<RowPlace>> PageAsync(EventStore store, long[] villages, AdmissionState state, string? schoolNo, RowPlace after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select refused_on, id from {store.Schema}.admission_refusal
            where village = any($1) and state = $2 and ($3 is null or school_no = $3) and (refused_on, id) > ($4, $5) order by refused_on, id limit $6
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = villages }, new() { Value = (short)state }, new() { Value = (object?)schoolNo ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = after.Day }, new() { Value = after.Id }, new() { Value = size },
        ]);
        var page = new List<RowPlace>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(RowPlace.Of(reader.GetFieldValue<DateOnly>(0), reader.GetGuid(1)));
        return page;
    }

    /// <summary>Whether Registry ever told of this file.</summary>
    public static async Task<bool> HasFileAsync(StoreWork work, Guid child, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select 1 from {work.Schema}.registry_side where child = $1", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = child });
        return await command.ExecuteScalarAsync(ct) is not null;
    }
}
