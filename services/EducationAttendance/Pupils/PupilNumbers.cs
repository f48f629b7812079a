using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.EducationAttendance.Pupils;

/// <summary>
/// Which pupil a student number means, where that is not the pupil whose id is made of it: after a lasting number came in the place of a temporary one (L→G),
/// both mean one pupil. Known for the numbers of one batch; numbers are keyed hashes, as pupils' ids are.
/// </summary>
public sealed class PupilNumbers
{
    private readonly Dictionary<Guid, Guid> pupilOf;

    private PupilNumbers(Dictionary<Guid, Guid> pupilOf) => this.pupilOf = pupilOf;

    /// <summary>No number of the batch means another pupil.</summary>
    public static PupilNumbers None => new([]);

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.pupil_number (number uuid primary key, pupil uuid not null);
        create index if not exists pupil_number_pupil on {schema}.pupil_number (pupil);
        """;

    /// <summary>Whatever is known of these numbers, and of the other numbers of their pupils.</summary>
    public static async Task<PupilNumbers> LoadAsync(StoreWork work, IEnumerable<Guid> numbers, CancellationToken ct)
    {
        var known = new Dictionary<Guid, Guid>();
        await using var command = new NpgsqlCommand($"""
            select number, pupil from {work.Schema}.pupil_number where pupil = any($1)
            union select beside.number, beside.pupil from {work.Schema}.pupil_number asked join {work.Schema}.pupil_number beside on beside.pupil = asked.pupil where asked.number = any($1)
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = numbers.Distinct().ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            known[reader.GetGuid(0)] = reader.GetGuid(1);
        return new(known);
    }

    public bool IsEmpty => pupilOf.Count == 0;

    /// <summary>The pupils that numbers mean.</summary>
    public IEnumerable<Guid> Pupils => pupilOf.Values;

    /// <summary>The pupil of a number.</summary>
    public Guid Of(Guid number) => pupilOf.GetValueOrDefault(number, number);

    /// <summary>Every number of a pupil: the one that its id is made of, and those that came beside it.</summary>
    public IEnumerable<Guid> NumbersOf(Guid pupil) => pupilOf.Where(p => p.Value == pupil).Select(p => p.Key).Prepend(pupil);

    /// <summary>From now on the number means this pupil; so do the numbers that meant the one it was.</summary>
    public void Mean(StoreWork work, Guid number, Guid pupil)
    {
        foreach (var other in pupilOf.Where(p => p.Value == number).Select(p => p.Key).ToList())
            pupilOf[other] = pupil;
        pupilOf[number] = pupil;
        work.Beside($"update {work.Schema}.pupil_number set pupil = $2 where pupil = $1", number, pupil);
        work.Beside($"insert into {work.Schema}.pupil_number (number, pupil) values ($1, $2) on conflict (number) do update set pupil = excluded.pupil", number, pupil);
    }
}
