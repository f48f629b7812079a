using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Boarders;

/// <summary>
/// Flags every night that was due and has no roll: nights before a school day, in dormitories that took a roll not long ago. Runs in every replica and is harmless there; whatever
/// kills it, the next run goes on where it stopped.
/// </summary>
public sealed class SettleNights(EventStore store, WorkCalendar working, TimeProvider clock, ILogger<SettleNights> log) : Sweep(Between, clock, log)
{
    /// <summary>A dormitory without any roll for so long is taken to be empty. Platform default.</summary>
    public const int InUseDays = 30;

    /// <summary>How many nights back are looked at, so that a stop of the service is made up for. Platform default.</summary>
    public const int NightsBack = 7;

    private const int AtATime = 500;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>Answers how many nights were found to have no roll.</summary>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var (today, found) = (WorkCalendar.DayOf(Now), 0);
        for (var night = today.AddDays(-NightsBack); night < today; night = night.AddDays(1))
        {
            // Asked outside of any work, so that an idle sweep keeps no writer waiting.
            while (await store.ReadAsync(work => MissingAsync(work, night, ct), ct) is { Count: > 0 })
                found += await SettleAsync(night, ct);
        }
        return found;
    }

    /// <summary>One batch of a night, in one transaction.</summary>
    private Task<int> SettleAsync(DateOnly night, CancellationToken ct) => store.RunAsync(async work =>
    {
        var missing = await MissingAsync(work, night, ct);
        var sheets = await work.LoadAsync<BoardingSheet>(missing.Select(m => BoardingSheet.IdOf(m.Of)), ct);
        foreach (var (of, county) in missing)
            foreach (var @event in sheets[BoardingSheet.IdOf(of)].Miss(of))
            {
                work.Append(BoardingSheet.IdOf(of), @event, new(Now, night));
                BoardingTable.Write(work, sheets[BoardingSheet.IdOf(of)].After(@event), county);
            }
        return missing.Count;
    }, ct);

    /// <summary>Dormitories of counties in which the night was due that took no roll of it.</summary>
    private async Task<List<(BoardingPlace Of, DivisionId County)>> MissingAsync(StoreWork work, DateOnly night, CancellationToken ct)
    {
        var counties = await BoardingTable.CountiesAsync(work, night.AddDays(-InUseDays), ct);
        if (counties.Count == 0)
            return [];
        var calendars = await work.LoadAsync<TermCalendar>(counties.Select(TermCalendar.IdOf), ct);
        var due = counties.Where(c => calendars[TermCalendar.IdOf(c)].Days(working).Is(night.AddDays(1))).Select(c => c.Value).ToArray();
        return due.Length == 0 ? [] : await BoardingTable.WithoutRollAsync(work, due, night, InUseDays, AtATime, ct);
    }
}
