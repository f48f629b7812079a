using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Court;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>A case that changed, with what is kept beside the change.</summary>
public sealed record CaseChanged(InterventionCase Before, InterventionCase After, EventMeta Meta);

/// <summary>Writes what happened in cases: events that carry what is told of the case, the tables beside them, and the duties that follow.</summary>
public sealed class WriteCases(CaseDuties duties, TimeProvider clock)
{
    /// <summary>Appends events; the case after them.</summary>
    public CaseChanged Append(StoreWork work, InterventionCase before, IEnumerable<CaseEvent> events, EventMeta meta)
    {
        var (after, now) = (before, clock.GetUtcNow());
        foreach (var @event in events.ToList())
        {
            var told = CaseEvent.On(after, @event, now);
            work.Append(before.Id, told, meta);
            after = after.After(told);
            if (told is CaseOpened)
                OpenCases.Open(work, told.Of, before.Id);
        }
        if (after.State is CaseState.Closed && before.State is not CaseState.Closed)
            OpenCases.Close(work, before.Id);
        RunningOrders.Follow(work, before, after);
        return new(before, after, meta);
    }

    /// <summary>What is owed after changes, in one pass.</summary>
    public Task FollowAsync(StoreWork work, IReadOnlyList<CaseChanged> changed, CancellationToken ct) =>
        duties.FollowAsync(work, [.. changed.Where(c => c.After.Version > c.Before.Version)], ct);

    /// <summary>Both of these, for one case.</summary>
    public async Task<InterventionCase> WriteAsync(StoreWork work, InterventionCase before, IEnumerable<CaseEvent> events, EventMeta meta, CancellationToken ct)
    {
        var changed = Append(work, before, events, meta);
        await FollowAsync(work, [changed], ct);
        return changed.After;
    }
}
