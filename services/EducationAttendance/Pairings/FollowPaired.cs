using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Pairings;

/// <summary>Ends the pairings of pupils that leave their school or the roll, or are erased, in the transaction that told it.</summary>
public sealed class FollowPaired
{
    /// <param name="work">The transaction.</param>
    /// <param name="changed">Pupils as they stand last.</param>
    /// <param name="ct">Ends it.</param>
    public async Task ToldAsync(StoreWork work, IReadOnlyCollection<(Pupil Pupil, EventMeta Meta)> changed, CancellationToken ct)
    {
        if (changed.Count == 0)
            return;
        await work.FlushAsync(ct);
        var paired = await PairingTable.PairedAsync(work, changed.Select(c => c.Pupil.Id), ct);
        if (paired.Count == 0)
            return;
        var known = await work.LoadAsync<Pairing>(paired.Select(Pairing.IdOf), ct);
        foreach (var (pupil, meta) in changed.Where(c => paired.Contains(c.Pupil.Id)).GroupBy(c => c.Pupil.Id).Select(g => g.Last()))
            foreach (var @event in known[Pairing.IdOf(pupil.Id)].Follow(pupil, meta.EffectiveOn))
            {
                work.Append(Pairing.IdOf(pupil.Id), @event, meta);
                PairingTable.Write(work, known[Pairing.IdOf(pupil.Id)].After(@event));
            }
    }
}
