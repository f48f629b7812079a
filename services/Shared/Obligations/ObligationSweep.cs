using LeftBehind.EventLog;
using Microsoft.Extensions.Logging;

namespace LeftBehind.Obligations;

/// <summary>
/// Tells what the clock brought: at risk, breached, escalated, each once and at its own moment. Runs in every replica and is
/// harmless there: writers of a store go one after another, and the second finds nothing left. Batches end at a commit,
/// so whatever kills it, the next run goes on where it stopped.
/// </summary>
public sealed class ObligationSweep(
    EventStore store, TimeProvider clock, ILogger<ObligationSweep> log, IEnumerable<IFollowsObligations>? followers = null) : Sweep(Between, clock, log)
{
    /// <summary>The most obligations of one transaction.</summary>
    public const int AtATime = 500;

    /// <summary>How often it looks (platform default).</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(15);

    /// <summary>Takes all that are due by now; answers how many events that made.</summary>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var (now, events) = (Now, 0);
        while (await ObligationTable.AnyDueAsync(store, now, ct))
            events += await SweepBatchAsync(now, ct);
        return events;
    }

    /// <summary>Takes one batch in one transaction; answers how many events that made.</summary>
    public async Task<int> SweepBatchAsync(DateTimeOffset now, CancellationToken ct)
    {
        var told = await store.RunAsync(work => TurnAsync(work, now, ct), ct);
        foreach (var (_, @event) in told)
            ObligationMetrics.Turned.Add(1, new("change", @event.GetType().Name), new("schema", store.Schema));
        return told.Count;
    }

    private async Task<List<(Guid, IObligationEvent)>> TurnAsync(StoreWork work, DateTimeOffset now, CancellationToken ct)
    {
        var states = await work.LoadAsync<Obligation>(await ObligationTable.DueAsync(work, now, AtATime, ct), ct);
        var told = new List<(Guid, IObligationEvent)>();
        foreach (var (id, obligation) in states.ToList())
            foreach (var @event in obligation.Turn(now))
            {
                work.Append(id, @event, ObligationBook.ByTheClock(@event));
                states[id] = states[id].After(@event);
                told.Add((id, @event));
            }
        // Each row moves past now or goes, so that no sweep meets it twice.
        ObligationTable.Write(work, states.Values);
        if (told.Count > 0)
            foreach (var follower in followers ?? [])
                await follower.FollowAsync(work, told, ct);
        return told;
    }
}
