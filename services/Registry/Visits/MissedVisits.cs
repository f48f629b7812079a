using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.Registry.Visits;

/// <summary>
/// A visit that was not made in time is missed from then on, an event like any other; one that the county waived is followed by the next.
/// For a whole batch of the sweep at once, in its transaction.
/// </summary>
public sealed class MissedVisits(ObligationBook book, VisitRules rules) : IFollowsObligations
{
    public async Task FollowAsync(StoreWork work, IReadOnlyList<(Guid Obligation, IObligationEvent Event)> told, CancellationToken ct)
    {
        var mine = told.Where(t => t.Event is { Of.Kind: VisitRules.Kind } and (ObligationBreached or ObligationWaived)).ToList();
        if (mine.Count == 0)
            return;
        var states = await work.LoadAsync<ChildVisits>(mine.Select(m => ChildVisits.IdOf(m.Event.Of.Subject.Id)), ct);
        var (changed, duties) = (new HashSet<Guid>(), new DutyChanges());
        foreach (var (obligation, @event) in mine)
        {
            var child = @event.Of.Subject.Id;
            var (id, meta) = (ChildVisits.IdOf(child), new EventMeta(@event.At, WorkCalendar.DayOf(@event.At)));
            if (Decide(child, obligation, @event, states[id], rules) is not { } decided)
                continue;
            work.Append(id, states[id].Told(child, decided), meta);
            states[id] = states[id].After(decided);
            changed.Add(child);
            if (decided is VisitLetGo letGo)
                duties.Open(child, letGo.Duty, meta);
        }
        VisitRows.Write(work, changed.Select(child => VisitRow.Of(child, states[ChildVisits.IdOf(child)], states[ChildVisits.IdOf(child)].Plan!)));
        await duties.ApplyAsync(work, book, ct);
    }

    /// <summary>Nothing of a duty that is not the child's any more. Pure.</summary>
    public static VisitsEvent? Decide(Guid child, Guid obligation, IObligationEvent told, ChildVisits visits, VisitRules rules)
    {
        if (visits is not { Duty: { } due, Plan: { } plan } || due.ObligationOf(child) != obligation)
            return null;
        return told is ObligationWaived
            ? new VisitLetGo(due.Key, rules.Due($"{visits.Version + 1}", plan.Cadence, plan.Village, told.At))
            : new VisitMissed(due.Key, due.DueAt);
    }
}
