using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EventLog;
using LeftBehind.Protos.Education.V1;
using Npgsql;

namespace LeftBehind.EducationAttendance.Promotions;

/// <summary>Commands that were taken, with their answers; and the classes and pupils that one is about.</summary>
internal static class PromotionTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.promotion (
            request uuid primary key, asked bytea not null, promoted int not null, graduated int not null, already int not null, stayed int not null, unknown int not null);
        """;

    /// <summary>What a request was answered, with what it asked; null when it is new.</summary>
    public static async Task<(byte[] Asked, Promotion Answer)?> ReadAsync(StoreWork work, Guid request, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select asked, promoted, graduated, already, stayed, unknown from {work.Schema}.promotion where request = $1", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = request });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? (reader.GetFieldValue<byte[]>(0), new Promotion
            { Promoted = reader.GetInt32(1), Graduated = reader.GetInt32(2), Already = reader.GetInt32(3), Stayed = reader.GetInt32(4), Unknown = reader.GetInt32(5) })
            : null;
    }

    public static void Write(StoreWork work, Guid request, byte[] asked, Promotion answer) => work.Beside(
        $"insert into {work.Schema}.promotion (request, asked, promoted, graduated, already, stayed, unknown) values ($1, $2, $3, $4, $5, $6, $7)",
        request, asked, answer.Promoted, answer.Graduated, answer.Already, answer.Stayed, answer.Unknown);

    /// <summary>The classes of a school in these villages, with the source of each.</summary>
    public static async Task<List<(SchoolClass Class, string Source)>> ClassesAsync(StoreWork work, string schoolNo, long[] villages, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select id, school_no, class_no, village, county, source from {work.Schema}.roll_class where village = any($2) and school_no = $1 order by id
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = schoolNo });
        command.Parameters.Add(new() { Value = villages });
        var classes = new List<(SchoolClass, string)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            classes.Add((ClassTable.Read(reader), reader.GetString(5)));
        return classes;
    }

    /// <summary>Whoever is in the classes, on the roll or not any more; at most so many.</summary>
    public static async Task<List<Guid>> PupilsAsync(StoreWork work, Guid[] classes, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select pupil from {work.Schema}.class_pupil where class = any($1) order by pupil limit $2", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = classes });
        command.Parameters.Add(new() { Value = most });
        var pupils = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            pupils.Add(reader.GetGuid(0));
        return pupils;
    }
}
