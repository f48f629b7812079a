using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;
using Npgsql;

namespace LeftBehind.Registry.Erasure;

/// <summary>
/// Every row that was made of a child's personal data. What must know it again keeps ids and the keyed hash of the number, without
/// anything that a name or number could be compared with; the rest is deleted.
/// </summary>
internal sealed class RowsOfChild
{
    private readonly Dictionary<Guid, Child> files;
    private readonly List<(Guid Pupil, Guid Child, DateOnly? BirthDate)> waiting = [];
    private readonly List<ParkedPupil> parked;

    private RowsOfChild(IReadOnlyDictionary<Guid, Child> files, List<ParkedPupil> parked) => (this.files, this.parked) = (new(files), parked);

    private Guid[] Ids => [.. files.Keys];

    private Guid[] Numbers => [.. files.Values.SelectMany(f => f.Numbers).Distinct()];

    public static async Task<RowsOfChild> LoadAsync(StoreWork work, IReadOnlyDictionary<Guid, Child> files, CancellationToken ct)
    {
        var rows = new RowsOfChild(files, await ParkedPupil.AllAsync(work, ct));
        await using var command = new NpgsqlCommand($"""
            select w.pupil, i.child, w.birth_date from {work.Schema}.waiting_pupil w join {work.Schema}.identity_index i on i.blind = w.blind
            where w.blind = any($1) and i.child = any($2)
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = rows.Numbers });
        command.Parameters.Add(new() { Value = rows.Ids });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.waiting.Add((reader.GetGuid(0), reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateOnly>(2)));
        return rows;
    }

    /// <summary>Pupils that are not linked and told the file's number, with another name perhaps: the child by all that survives of it.</summary>
    public IEnumerable<Guid> PupilsOf(Child file) =>
        waiting.Where(w => w.Child == file.Id).Select(w => (w.Pupil, w.BirthDate))
            .Concat(parked.Where(p => p.Number is { } number && file.Numbers.Contains(number)).Select(p => (p.Pupil, p.BirthDate)))
            .Where(p => IsErased(file, p.Pupil, p.BirthDate)).Select(p => p.Pupil);

    /// <summary>Whether a pupil under an erased number is the erased child. One that a person parted from the file is somebody else.</summary>
    public static bool IsErased(Child file, Guid pupil, DateOnly? birthDate) =>
        !file.Parted.Contains(pupil) && Ground.Stands(file, birthDate, isTheChildsNumber: true);

    public async Task ForgetAsync(StoreWork work, IReadOnlyCollection<Guid> persons, CancellationToken ct)
    {
        var pupils = files.Values.SelectMany(f => f.Pupils.Concat(PupilsOf(f))).Distinct().ToArray();
        work.Beside($"update {work.Schema}.identity_index set name_digest = '', birth_date = null where blind = any($1) and child = any($2)", Numbers, Ids);
        work.Beside($"update {work.Schema}.person set digest = '' where person = any($1)", persons.ToArray());
        work.Beside($"update {work.Schema}.linked_pupil set blind = null where child = any($1)", Ids);
        work.Beside($"delete from {work.Schema}.waiting_pupil where pupil = any($1)", pupils);
        work.Beside($"delete from {work.Schema}.name_index where key = any($1)", files.Values.Select(f => f.KeyId).ToArray());
        work.Beside($"delete from {work.Schema}.duplicate_review where child = any($1) or other = any($1)", Ids);
        work.Beside($"delete from {work.Schema}.match_due where child = any($1)", Ids);
        ParkedPupil.Forget(work, parked.Where(p => pupils.Contains(p.Pupil)));
        await WaitingOfErased.SettleAsync(work, [.. persons, .. Numbers], ct);
    }
}
