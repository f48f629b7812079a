using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.EducationAttendance.Erasure;

/// <summary>
/// Blind indexes of ID numbers whose owners were erased, with the birth date, which survives: by them a row under another student
/// number or of another roll is known before anything of it is stored.
/// </summary>
public sealed class ErasedNumbers
{
    private readonly Dictionary<Guid, DateOnly?> known;

    private ErasedNumbers(Dictionary<Guid, DateOnly?> known) => this.known = known;

    public static string Ddl(string schema) => $"create table if not exists {schema}.erased_number (blind uuid primary key, birth_date date);";

    /// <summary>Whether a number is an erased person's. With another birth date it is somebody's number mistyped, and no pupil is lost for that.</summary>
    public bool Has(Guid? number, DateOnly? birthDate) =>
        number is { } blind && known.TryGetValue(blind, out var born) && (born is null || birthDate is null || born == birthDate);

    public static async Task<ErasedNumbers> LoadAsync(StoreWork work, IReadOnlyCollection<Guid> numbers, CancellationToken ct)
    {
        var known = new Dictionary<Guid, DateOnly?>();
        if (numbers.Count == 0)
            return new(known);
        await using var command = new NpgsqlCommand(
            $"select blind, birth_date from {work.Schema}.erased_number where blind = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = numbers.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            known[reader.GetGuid(0)] = reader.IsDBNull(1) ? null : reader.GetFieldValue<DateOnly>(1);
        return new(known);
    }

    public static void Write(StoreWork work, IEnumerable<(Guid Number, DateOnly? BirthDate)> numbers)
    {
        var rows = numbers.DistinctBy(n => n.Number).OrderBy(n => n.Number).ToArray();
        if (rows.Length > 0)
            work.Beside($"insert into {work.Schema}.erased_number (blind, birth_date) select * from unnest($1, $2) on conflict do nothing",
                Array.ConvertAll(rows, r => r.Number),
                new NpgsqlParameter { Value = Array.ConvertAll(rows, r => r.BirthDate), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
    }
}
