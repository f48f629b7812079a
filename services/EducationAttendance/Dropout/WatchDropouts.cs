using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Attendance;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>
/// Follows attendance, the roll and erasure with the cases of their pupils, in the transaction that told them. The time of what is owed runs from when it
/// was told here: a roll loaded years after its dropouts makes nobody late.
/// </summary>
public sealed class WatchDropouts(ObligationBook book, DivisionTree tree, WorkCalendar working, TimeProvider clock)
{
    /// <param name="work">The transaction.</param>
    /// <param name="changed">Pupils whose attendance is not as it was.</param>
    /// <param name="ct">Ends it.</param>
    internal async Task AttendedAsync(StoreWork work, IReadOnlyList<(PupilAttended Pupil, EventMeta Meta)> changed, CancellationToken ct)
    {
        if (changed.Count == 0)
            return;
        var open = await DropoutTable.OpenAsync(work, changed.Select(c => c.Pupil.Pupil), ct);
        var concerned = changed.Where(c => c.Pupil.After.UnexcusedRun > 0 || open.Contains(c.Pupil.Pupil)).ToList();
        if (concerned.Count == 0)
            return;
        var pupils = await work.LoadAsync<Pupil>(concerned.Select(c => c.Pupil.Pupil), ct);
        var known = concerned.Where(c => pupils[c.Pupil.Pupil].Exists).ToList();
        var cases = await CasesAtWork.LoadAsync(work, tree, working, [.. known.Select(c => pupils[c.Pupil.Pupil])], ct);
        var now = clock.GetUtcNow();
        foreach (var (attended, meta) in known)
        {
            var pupil = pupils[attended.Pupil];
            foreach (var @event in FollowAbsence.Decide(cases.Of(pupil.Id), pupil, attended.After, cases.DaysOf(pupil.Facts.School)).ToList())
                cases.Take(pupil.Id, @event, meta, now);
        }
        await cases.WriteAsync(book, ct);
    }

    /// <param name="work">The transaction.</param>
    /// <param name="told">Every event of the roll, in order: the pupil before and after it.</param>
    /// <param name="ct">Ends it.</param>
    public async Task ToldByRollAsync(StoreWork work, IReadOnlyList<(Pupil Before, Pupil After, EventMeta Meta)> told, CancellationToken ct)
    {
        var dropped = told.Where(t => t.After.Facts.State is Contracts.Education.EnrolmentState.DroppedOut).Select(t => t.After.Id).ToHashSet();
        var enrolled = told.Where(t => t.Before.Exists).Select(t => t.After.Id).ToHashSet();
        if (enrolled.Count > 0)
            dropped.UnionWith(await DropoutTable.OpenAsync(work, enrolled, ct));
        var concerned = told.Where(t => dropped.Contains(t.After.Id)).ToList();
        if (concerned.Count == 0)
            return;
        var cases = await CasesAtWork.LoadAsync(work, tree, working, [.. concerned.Select(t => t.After)], ct);
        var now = clock.GetUtcNow();
        foreach (var (before, after, meta) in concerned)
            foreach (var @event in FollowRoll.Decide(cases.Of(after.Id), before, after, meta.EffectiveOn).ToList())
                cases.Take(after.Id, @event, meta, now);
        await cases.WriteAsync(book, ct);
    }

    /// <param name="work">The transaction.</param>
    /// <param name="erased">Pupils whose personal data was erased.</param>
    /// <param name="ct">Ends it.</param>
    public async Task ErasedAsync(StoreWork work, IReadOnlyCollection<(Pupil Pupil, EventMeta Meta)> erased, CancellationToken ct)
    {
        var open = await DropoutTable.OpenAsync(work, erased.Select(e => e.Pupil.Id), ct);
        if (open.Count == 0)
            return;
        var concerned = erased.Where(e => open.Contains(e.Pupil.Id)).ToList();
        var cases = await CasesAtWork.LoadAsync(work, tree, working, [.. concerned.Select(e => e.Pupil)], ct);
        foreach (var (pupil, meta) in concerned)
            foreach (var @event in FollowRoll.Erase(cases.Of(pupil.Id), meta.EffectiveOn).ToList())
                cases.Take(pupil.Id, @event, meta, meta.OccurredAt);
        await cases.WriteAsync(book, ct);
    }
}
