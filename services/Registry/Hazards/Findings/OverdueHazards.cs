using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.Registry.Hazards.Findings;

/// <summary>
/// A hazard is overdue from the breach of its duty on, an event like any other: the sweep of duties tells it, each once and at its
/// moment, for a whole batch in its transaction. No clock is asked when somebody looks.
/// </summary>
public sealed class OverdueHazards : IFollowsObligations
{
    /// <summary>The day after its due date it is overdue, once. Pure.</summary>
    public static IEnumerable<IHazardEvent> Decide(Hazard hazard, DateOnly today) =>
        hazard.Facts is { State: HazardState.Ordered, DueOn: { } due } facts && due < today ? [new HazardOverdue(facts with { State = HazardState.Overdue })] : [];

    /// <summary>The moment at which it became so.</summary>
    internal static EventMeta AtDue(HazardOverdue overdue)
    {
        var day = overdue.After.DueOn!.Value.AddDays(1);
        return new(WorkCalendar.StartOf(day), day);
    }

    public async Task FollowAsync(StoreWork work, IReadOnlyList<(Guid Obligation, IObligationEvent Event)> told, CancellationToken ct)
    {
        var breached = told.Where(t => t.Event is ObligationBreached { Of.Kind: RectificationTerms.Kind }).ToList();
        if (breached.Count == 0)
            return;
        var hazards = await work.LoadAsync<Hazard>(breached.Select(b => b.Event.Of.Subject.Id), ct);
        var changed = new HashSet<Guid>();
        foreach (var (_, breach) in breached)
            foreach (var overdue in Decide(hazards[breach.Of.Subject.Id], WorkCalendar.DayOf(breach.At)).OfType<HazardOverdue>())
            {
                work.Append(breach.Of.Subject.Id, overdue, AtDue(overdue));
                hazards[breach.Of.Subject.Id] = hazards[breach.Of.Subject.Id].After(overdue);
                changed.Add(breach.Of.Subject.Id);
            }
        HazardTable.Write(work, changed.Select(id => hazards[id]));
    }
}
