using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;

namespace LeftBehind.Obligations;

/// <summary>A duty to open.</summary>
/// <param name="Terms">Its rule.</param>
/// <param name="Subject">About whom or what.</param>
/// <param name="Division">The division that owes it.</param>
/// <param name="Department">The department that owes it there.</param>
/// <param name="StartsAt">From when its time runs.</param>
/// <param name="Meta">What is kept beside the event.</param>
/// <param name="Key">Tells it from others of its kind and subject, such as a quarter; when its time begins, unless given.</param>
public sealed record NewObligation(
    ObligationTerms Terms, ObligationSubject Subject, DivisionId Division, OwnerDepartment Department, DateTimeOffset StartsAt, EventMeta Meta, string? Key = null);

/// <summary>A duty that was done, when <see cref="EventMeta.OccurredAt"/> says.</summary>
/// <param name="Subject">About whom or what.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Meta">What is kept beside the event.</param>
/// <param name="Key">The one that was done; all of its kind and subject that had started by then, unless given.</param>
public sealed record Fulfilment(ObligationSubject Subject, string Kind, EventMeta Meta, string? Key = null);

/// <summary>A duty that is let go.</summary>
/// <param name="Subject">About whom or what.</param>
/// <param name="Kind">What was to be done; every kind when none is given.</param>
/// <param name="Reason">Why; names nobody.</param>
/// <param name="Meta">What is kept beside the event.</param>
/// <param name="Key">The one that is let go; all of its kind and subject that run, unless given.</param>
public sealed record Waiver(ObligationSubject Subject, string? Kind, string Reason, EventMeta Meta, string? Key = null);

/// <summary>
/// Opens, fulfils and waives duties in the transaction of the service's own events. Whatever the transaction holds so far is
/// written first, so a duty opened in it can be fulfilled in it.
/// </summary>
public sealed class ObligationBook(WorkCalendar calendar, TimeProvider clock)
{
    /// <summary>Opens a duty; one that was opened before stays as it is. Returns its id.</summary>
    public async Task<Guid> OpenAsync(StoreWork work, NewObligation asked, CancellationToken ct) => (await OpenAsync(work, [asked], ct))[0];

    /// <summary>Opens duties in one pass, whatever their number. Returns their ids in order.</summary>
    public async Task<IReadOnlyList<Guid>> OpenAsync(StoreWork work, IReadOnlyList<NewObligation> asked, CancellationToken ct)
    {
        var ids = asked.Select(a => Obligation.IdOf(a.Terms.Kind, a.Subject, a.Key ?? Obligation.KeyOf(a.StartsAt))).ToArray();
        await work.FlushAsync(ct);
        var states = await work.LoadAsync<Obligation>(ids.Distinct(), ct);
        var changed = new HashSet<Guid>();
        foreach (var (one, id) in asked.Zip(ids))
            Keep(work, states, changed, states[id].Open(Opening(one)), id, one.Meta);
        ObligationTable.Write(work, changed.Select(id => states[id]).ToList());
        return ids;
    }

    /// <summary>Fulfils what runs of a kind for a subject. Returns how many were; none when none runs.</summary>
    public Task<int> FulfilAsync(StoreWork work, ObligationSubject subject, string kind, EventMeta meta, CancellationToken ct) =>
        FulfilAsync(work, [new(subject, kind, meta)], ct);

    /// <summary>Fulfils in one pass, whatever their number. Returns how many were.</summary>
    public async Task<int> FulfilAsync(StoreWork work, IReadOnlyList<Fulfilment> done, CancellationToken ct)
    {
        var states = await RunningAsync(work, done.Select(d => d.Subject.Id), ct);
        var ofSubject = states.Values.ToLookup(o => o.Opened!.Of.Subject, o => o.Id);
        var changed = new HashSet<Guid>();
        foreach (var one in done)
        {
            var at = Past(one.Meta.OccurredAt);
            foreach (var id in ofSubject[one.Subject].Where(id => IsMeant(states[id], one, at)))
                Keep(work, states, changed, states[id].Fulfil(at), id, one.Meta);
        }
        ObligationTable.Write(work, changed.Select(id => states[id]).ToList());
        return changed.Count;
    }

    /// <summary>Waives what runs of a kind for a subject, of every kind when none is given. Returns how many were.</summary>
    /// <exception cref="RejectedException">The reason is too short, or holds a number of a person.</exception>
    public Task<int> WaiveAsync(StoreWork work, ObligationSubject subject, string? kind, string reason, EventMeta meta, CancellationToken ct) =>
        WaiveAsync(work, [new(subject, kind, reason, meta)], ct);

    /// <summary>Waives in one pass, whatever their number. Returns how many were.</summary>
    /// <exception cref="RejectedException">A reason is too short, or holds a number of a person.</exception>
    public async Task<int> WaiveAsync(StoreWork work, IReadOnlyList<Waiver> waivers, CancellationToken ct)
    {
        var states = await RunningAsync(work, waivers.Select(w => w.Subject.Id), ct);
        var ofSubject = states.Values.ToLookup(o => o.Opened!.Of.Subject, o => o.Id);
        var changed = new HashSet<Guid>();
        foreach (var one in waivers)
            foreach (var id in ofSubject[one.Subject].Where(id => IsMeant(states[id], one)))
                Keep(work, states, changed, states[id].Waive(one.Reason, Past(one.Meta.OccurredAt)), id, one.Meta);
        ObligationTable.Write(work, changed.Select(id => states[id]).ToList());
        return changed.Count;
    }

    /// <summary>All that follows from the rule, on the day it opens.</summary>
    private ObligationOpened Opening(NewObligation asked)
    {
        var (terms, starts) = (asked.Terms, ObligationTerms.Exact(asked.StartsAt));
        return new(
            new(terms.Kind, asked.Subject, asked.Division, asked.Department, starts, terms.DueAt(starts, calendar), terms.Basis, terms.Citation),
            terms.AtRiskAt(starts, calendar), terms.EscalatesAt(starts, calendar), ObligationTerms.Exact(asked.Meta.OccurredAt));
    }

    /// <summary>Whoever tells of the future has a clock that runs ahead; nothing is late for that.</summary>
    private DateTimeOffset Past(DateTimeOffset told)
    {
        var now = clock.GetUtcNow();
        return ObligationTerms.Exact(told > now ? now : told);
    }

    private static bool IsMeant(Obligation obligation, Fulfilment done, DateTimeOffset at) => done.Key is { } key
        ? obligation.Id == Obligation.IdOf(done.Kind, done.Subject, key)
        : obligation.Opened!.Of is var of && of.Kind == done.Kind && of.StartsAt <= at;

    private static bool IsMeant(Obligation obligation, Waiver waiver) => waiver switch
    {
        { Key: { } key, Kind: { } kind } => obligation.Id == Obligation.IdOf(kind, waiver.Subject, key),
        _ => waiver.Kind is null || obligation.Opened!.Of.Kind == waiver.Kind,
    };

    private static async Task<Dictionary<Guid, Obligation>> RunningAsync(StoreWork work, IEnumerable<Guid> subjects, CancellationToken ct)
    {
        await work.FlushAsync(ct);
        return await work.LoadAsync<Obligation>(await ObligationTable.OfAsync(work, subjects.Distinct(), ct), ct);
    }

    private static void Keep(
        StoreWork work, Dictionary<Guid, Obligation> states, HashSet<Guid> changed, IReadOnlyList<IObligationEvent> events, Guid id, EventMeta meta)
    {
        foreach (var @event in events)
        {
            // What the clock brought happened at its own time, and nobody did it.
            work.Append(id, @event, @event is ObligationOpened or ObligationFulfilled or ObligationWaived ? meta : ByTheClock(@event));
            states[id] = states[id].After(@event);
            changed.Add(id);
        }
    }

    internal static EventMeta ByTheClock(IObligationEvent @event) => new(@event.At, WorkCalendar.DayOf(@event.At));
}
