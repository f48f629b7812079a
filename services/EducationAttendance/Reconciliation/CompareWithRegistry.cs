using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Pages;

namespace LeftBehind.EducationAttendance.Reconciliation;

/// <summary>
/// Finds and loses differences in the transaction of whatever told of either side: rows of the roll, answers of Registry, facts of a file. What follows depends on both
/// sides as they stand and not on which came last, so it is the same in any order and twice. The time of a duty runs from when the difference was found here.
/// </summary>
public sealed class CompareWithRegistry(ObligationBook book, DivisionTree tree, TimeProvider clock) : IPageHandler
{
    /// <summary>A pupil whose file was not found for so long is a difference. Platform default.</summary>
    public static readonly TimeSpan MayWait = TimeSpan.FromDays(7);

    public string Source => "registry";

    public bool Wants(string type) => type == "child_recorded";

    /// <summary>What Registry tells of files.</summary>
    public Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Child: (ChildRecorded)Contract.Facts.Read(f.Type, f.Json))).GroupBy(t => t.Child.ChildId).Select(g => g.Last()).ToList();
        ReconciliationTable.Write(work, told.Select(t => KeyValuePair.Create(t.Child.ChildId, RegistrySide.Of(t.Child.After))));
        var meta = told.ToDictionary(t => t.Child.ChildId, t => new EventMeta(t.Fact.OccurredAt, t.Fact.EffectiveOn, t.Fact.Origin, t.Fact.Traceparent, Cause: t.Fact.Id));
        return CompareAsync(work, [], [.. meta.Keys], side => meta[side.Child!.Value], ct);
    }

    /// <summary>What became of pupils.</summary>
    public Task ToldAsync(StoreWork work, IReadOnlyCollection<(Pupil Pupil, EventMeta Meta)> changed, CancellationToken ct)
    {
        if (changed.Count == 0)
            return Task.CompletedTask;
        var last = changed.GroupBy(c => c.Pupil.Id).ToDictionary(g => g.Key, g => g.Last());
        ReconciliationTable.Write(work, last.Values.Select(c => RollSide.Of(c.Pupil)), clock.GetUtcNow());
        return CompareAsync(work, [.. last.Keys], [], side => last[side.Pupil].Meta, ct);
    }

    internal async Task<int> CompareAsync(StoreWork work, Guid[] pupils, Guid[] children, Func<RollSide, EventMeta> metaOf, CancellationToken ct)
    {
        await work.FlushAsync(ct);
        var (now, today) = (clock.GetUtcNow(), WorkCalendar.DayOf(clock.GetUtcNow()));
        var changed = (await ReconciliationTable.ReadAsync(work, pupils, children, ct))
            .Select(c => (Known: c, Now: Differences.Between(c.Roll, c.Registry, c.WaitsSince <= now - MayWait, today).ToHashSet()))
            .Where(c => !c.Now.SetEquals(c.Known.Differs)).ToList();
        if (changed.Count == 0)
            return 0;
        var cases = await work.LoadAsync<ReconciliationCase>(
            changed.SelectMany(c => c.Now.Union(c.Known.Differs).Select(kind => ReconciliationCase.IdOf(c.Known.Roll.Pupil, kind))), ct);
        var (opened, done) = (new List<NewObligation>(), new List<Fulfilment>());
        foreach (var (known, differs) in changed)
        {
            var (roll, meta) = (known.Roll, metaOf(known.Roll));
            foreach (var kind in differs.Except(known.Differs))
                foreach (var @event in cases[ReconciliationCase.IdOf(roll.Pupil, kind)].Find(roll.Pupil, kind, roll.School, today))
                    opened.Add(ReconciliationDuties.Opening(Take(kind, roll, @event, meta), tree, now, meta));
            foreach (var kind in known.Differs.Except(differs))
                foreach (var @event in cases[ReconciliationCase.IdOf(roll.Pupil, kind)].Lose(today))
                    done.Add(ReconciliationDuties.Done(Take(kind, roll, @event, meta), meta with { OccurredAt = now }));
            ReconciliationTable.Write(work, roll.Pupil, differs);
        }
        if (opened.Count > 0)
            await book.OpenAsync(work, opened, ct);
        if (done.Count > 0)
            await book.FulfilAsync(work, done, ct);
        return changed.Count;

        ReconciliationCase Take(ReconciliationKind kind, RollSide roll, IReconciliationEvent @event, EventMeta meta)
        {
            var id = ReconciliationCase.IdOf(roll.Pupil, kind);
            work.Append(id, @event, meta);
            cases[id] = cases[id].After(@event);
            ReconciliationTable.Write(work, cases[id]);
            return cases[id];
        }
    }
}
