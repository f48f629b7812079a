using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.ReadLog;

/// <summary>One read of one division's personal data.</summary>
internal sealed record KeptRead(
    Guid Id, DateTimeOffset At, string Reader, Department Department, Role Role, DivisionId ReaderDivision, string Purpose, string What, DivisionId Place, Guid[] Subjects, Guid? Grant = null);

/// <summary>Which reads are asked for; what is null is not asked.</summary>
internal sealed record ReadQuery(long[] Places, Guid? Subject, string? Reader, DateTimeOffset? Since, DateTimeOffset? Until, RowPlace After, int Size);

/// <summary>The one table of reads. Rows are added and never changed.</summary>
internal static class ReadTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.personal_read (
            id uuid primary key default gen_random_uuid(), at timestamptz not null, reader text not null, department text not null, role text not null,
            reader_division bigint not null, purpose text not null, what text not null, place bigint not null, subjects uuid[] not null);
        alter table {schema}.personal_read add column if not exists break_glass uuid;
        create index if not exists personal_read_place on {schema}.personal_read (place, at, id);
        create index if not exists personal_read_subjects on {schema}.personal_read using gin (subjects);
        create index if not exists personal_read_reader on {schema}.personal_read (reader, at, id);
        """;

    public static void Write(StoreWork work, KeptRead read) => work.Beside($"""
        insert into {work.Schema}.personal_read (id, at, reader, department, role, reader_division, purpose, what, place, subjects, break_glass)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """, read.Id, read.At.ToUniversalTime(), read.Reader, read.Department.ToString(), read.Role.ToString(), read.ReaderDivision.Value, read.Purpose, read.What,
        read.Place.Value, read.Subjects, Asked(read.Grant, NpgsqlDbType.Uuid));

    public static async Task<List<KeptRead>> PageAsync(EventStore store, ReadQuery query, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select id, at, reader, department, role, reader_division, purpose, what, place, subjects, break_glass from {store.Schema}.personal_read
            where place = any($1) and ($2 is null or subjects @> array[$2]) and ($3 is null or reader = $3) and ($4 is null or at >= $4) and ($5 is null or at < $5)
                and (at, id) > ($6, $7)
            order by at, id limit $8
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = query.Places }, Asked(query.Subject, NpgsqlDbType.Uuid), Asked(query.Reader, NpgsqlDbType.Text),
            Asked(query.Since?.ToUniversalTime(), NpgsqlDbType.TimestampTz), Asked(query.Until?.ToUniversalTime(), NpgsqlDbType.TimestampTz),
            new() { Value = query.After.At }, new() { Value = query.After.Id }, new() { Value = query.Size },
        ]);
        var page = new List<KeptRead>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(new(
                reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), Enum.Parse<Department>(reader.GetString(3)), Enum.Parse<Role>(reader.GetString(4)),
                new(reader.GetInt64(5)), reader.GetString(6), reader.GetString(7), new(reader.GetInt64(8)), reader.GetFieldValue<Guid[]>(9),
                reader.IsDBNull(10) ? null : reader.GetGuid(10)));
        return page;
    }

    private static NpgsqlParameter Asked(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
