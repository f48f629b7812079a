using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.EducationAttendance.LawLessons;

/// <summary>
/// Begins the term of every school with a class on the roll, once its county's calendar has one that runs, and opens what is owed in it. Runs in every replica and is harmless there:
/// whoever comes second finds nothing left.
/// </summary>
public sealed class BeginLawTerms(EventStore store, ObligationBook book, TimeProvider clock, ILogger<BeginLawTerms> log) : Sweep(Between, clock, log)
{
    private const int AtATime = 200;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    /// <summary>Answers how many terms began.</summary>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        for (var total = 0; ;)
        {
            var begun = await store.RunAsync(work => BeginAsync(work, ct), ct);
            total += begun;
            if (begun == 0)
                return total;
        }
    }

    /// <summary>One batch, in one transaction.</summary>
    private async Task<int> BeginAsync(StoreWork work, CancellationToken ct)
    {
        var now = Now;
        var today = WorkCalendar.DayOf(now);
        var calendars = (await LawTermTable.CountiesAsync(work, ct)).ToDictionary(c => c, TermCalendar.IdOf);
        var told = await work.LoadAsync<TermCalendar>(calendars.Values, ct);
        foreach (var (county, calendar) in calendars)
        {
            if (told[calendar].Terms.FirstOrDefault(t => t.Holds(today)) is not { } term)
                continue;
            var schools = await LawTermTable.NotBegunAsync(work, county, term.Name, AtATime, ct);
            if (schools.Count == 0)
                continue;
            var known = await work.LoadAsync<LawTerm>(schools.Select(LawTerm.IdOf), ct);
            foreach (var of in schools)
                await BeginAsync(work, book, known[LawTerm.IdOf(of)], of, term.Until, now, new(now, today), ct);
            return schools.Count;
        }
        return 0;
    }

    /// <summary>The term as it stands then.</summary>
    internal static async Task<LawTerm> BeginAsync(StoreWork work, ObligationBook book, LawTerm term, LawTermPlace of, DateOnly until, DateTimeOffset now, EventMeta meta, CancellationToken ct)
    {
        foreach (var @event in term.Begin(of, until))
        {
            work.Append(term.Id, @event, meta);
            term = term.After(@event);
            LawTermTable.Write(work, term);
            await book.OpenAsync(work, LawDuties.Opening(term, now, meta), ct);
        }
        return term;
    }
}
