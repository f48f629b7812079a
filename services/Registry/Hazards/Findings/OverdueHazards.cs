using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using Microsoft.Extensions.Hosting;

namespace LeftBehind.Registry.Hazards.Findings;

/// <summary>
/// Tells which hazards came past their due date, each once and at that moment. Runs in every replica and is harmless there: writers go
/// one after another, and the second finds nothing left.
/// </summary>
public sealed class OverdueHazards(EventStore store, TimeProvider clock, ILogger<OverdueHazards> log) : BackgroundService
{
    private const int AtATime = 500;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(15);

    /// <summary>The day after its due date it is overdue, once.</summary>
    public static IEnumerable<IHazardEvent> Decide(Hazard hazard, DateOnly today) =>
        hazard.Facts is { State: HazardState.Ordered, DueOn: { } due } facts && due < today ? [new HazardOverdue(facts with { State = HazardState.Overdue })] : [];

    /// <summary>The moment at which an event of the clock happened.</summary>
    internal static EventMeta AtDue(HazardOverdue overdue)
    {
        var day = overdue.After.DueOn!.Value.AddDays(1);
        return new(WorkCalendar.StartOf(day), day);
    }

    /// <summary>Takes all that are due by now; answers how many were.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var (today, total) = (WorkCalendar.DayOf(clock.GetUtcNow()), 0);
        while (await HazardTable.AnyDueAsync(store, today, ct))
            total += await store.RunAsync(async work =>
            {
                var due = await HazardTable.DueAsync(work, today, AtATime, ct);
                var hazards = await work.LoadAsync<Hazard>(due, ct);
                foreach (var id in due)
                    foreach (var overdue in Decide(hazards[id], today).Cast<HazardOverdue>())
                    {
                        work.Append(id, overdue, AtDue(overdue));
                        hazards[id] = hazards[id].After(overdue);
                    }
                // Each row is due no more, so that no sweep meets it twice.
                HazardTable.Write(work, hazards.Values);
                return due.Count;
            }, ct);
        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("The sweep of hazards failed ({Error}); it is taken again", e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
