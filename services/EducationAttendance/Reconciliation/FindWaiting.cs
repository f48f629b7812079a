using LeftBehind.Divisions;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Reconciliation;

/// <summary>Finds the pupils whose file was not found in time. Runs in every replica and is harmless there: whoever comes second finds nothing left.</summary>
public sealed class FindWaiting(EventStore store, CompareWithRegistry compare, TimeProvider clock, ILogger<FindWaiting> log) : Sweep(Between, clock, log)
{
    private const int AtATime = 200;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    /// <summary>Answers how many were found.</summary>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        for (var total = 0; ;)
        {
            var found = await store.RunAsync(async work =>
            {
                var now = Now;
                var pupils = await ReconciliationTable.WaitingAsync(work, now - CompareWithRegistry.MayWait, AtATime, ct);
                var meta = new EventMeta(now, WorkCalendar.DayOf(now));
                return pupils.Length == 0 ? 0 : await compare.CompareAsync(work, pupils, [], _ => meta, ct);
            }, ct);
            total += found;
            if (found == 0)
                return total;
        }
    }
}
