using LeftBehind.Calls;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;

namespace LeftBehind.GuardianshipIntervention.Court;

/// <summary>
/// Tells that a protection order's time ran out (反家庭暴力法 §30), at the moment at which it did. Runs in every replica and is harmless
/// there: the second finds the order lapsed.
/// </summary>
public sealed class LapseOrders(EventStore store, WriteCases cases, TimeProvider clock, ILogger<LapseOrders> log) : Sweep(Between, clock, log)
{
    private const int AtATime = 100;

    /// <summary>How often it looks (platform default).</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>Lapses all that have by now; answers how many.</summary>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var (now, all) = (Now, 0);
        while (await RunningOrders.LapsedAsync(store.Database, store.Schema, now, AtATime, ct) is { Count: > 0 } lapsed)
        {
            all += lapsed.Count;
            await store.RunAsync(async work =>
            {
                var changed = new List<CaseChanged>();
                foreach (var open in (await work.LoadAsync<InterventionCase>(lapsed, ct)).Values.Where(c => c.Order is OrderState.Granted && CourtRules.LapsesAt(c) <= now))
                    changed.Add(cases.Append(work, open, RecordCourtAct.Decide(new(LapseOf(open)), open, now), MetaOf(open)));
                await cases.FollowAsync(work, changed, ct);
                return changed.Count;
            }, ct);
        }
        return all;
    }

    /// <summary>Of the order that lapses, with its document.</summary>
    private static CourtRecord LapseOf(InterventionCase open)
    {
        var order = open.Last(CourtAct.OrderGranted, CourtAct.OrderExtended)!;
        return new(CallMeta.StreamOf("lapse", "clock", order.Request), CourtAct.OrderLapsed, order.Organ, order.DocumentNo, CourtRules.LapsesAt(open)!.Value.ToUniversalTime());
    }

    private static EventMeta MetaOf(InterventionCase open)
    {
        var at = CourtRules.LapsesAt(open)!.Value;
        return new(at, WorkCalendar.DayOf(at));
    }
}
