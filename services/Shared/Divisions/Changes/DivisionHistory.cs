using System.Collections.Immutable;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;

namespace LeftBehind.Divisions;

/// <summary>
/// The tree with all that was confirmed to have changed in it: names, codes and parents with their days. An edition, and dated rows beside it of those
/// divisions alone that ever changed. Never changes itself; pure.
/// </summary>
public sealed class DivisionHistory
{
    internal DivisionHistory(DivisionEdition edition) => Edition = edition;

    internal DivisionEdition Edition { get; }

    /// <summary>Of each division that ever changed, its rows, the oldest first.</summary>
    internal ImmutableDictionary<DivisionId, ImmutableArray<DivisionRow>> Rows { get; init; } = ImmutableDictionary<DivisionId, ImmutableArray<DivisionRow>>.Empty;

    /// <summary>Which divisions were ever given a code.</summary>
    internal ImmutableDictionary<DivisionCode, ImmutableArray<DivisionId>> Bearers { get; init; } = ImmutableDictionary<DivisionCode, ImmutableArray<DivisionId>>.Empty;

    /// <summary>Which divisions ever came to lie below another.</summary>
    internal ImmutableDictionary<DivisionId, ImmutableArray<DivisionId>> Arrivals { get; init; } = ImmutableDictionary<DivisionId, ImmutableArray<DivisionId>>.Empty;

    /// <summary>How many changes were taken.</summary>
    public int Changes { get; internal init; }

    /// <summary>The latest day from which one of them counts.</summary>
    public DateOnly LastChange { get; internal init; } = DateOnly.MinValue;

    /// <summary>The history after further changes, in their order. Total: what a change says of divisions that are unknown here passes by.</summary>
    public DivisionHistory After(params IEnumerable<IDivisionChange> changes)
    {
        var draft = new HistoryDraft(this);
        foreach (var change in changes)
            draft.Take(change);
        return draft.History();
    }

    /// <summary>What was known and in force on a day. A date before the edition is answered from the edition.</summary>
    public DivisionHistory AsOf(DateOnly date) => date >= LastChange ? this : new(Edition)
    {
        Rows = Rows.Select(r => KeyValuePair.Create(r.Key, r.Value.RemoveAll(row => row.From > date))).Where(r => r.Value.Length > 0).ToImmutableDictionary(),
        Bearers = Bearers, Arrivals = Arrivals, Changes = Changes, LastChange = date,
    };

    /// <summary>A division as it is now; null when it is unknown.</summary>
    public DivisionRow? Now(DivisionId id) =>
        Rows.TryGetValue(id, out var rows) ? rows[^1] : Edition.IndexOf(id) is >= 0 and var index ? Edition.RowAt(index) : null;

    /// <summary>A division as it was on a day; null when it was not there yet or is unknown. One that had ended says so.</summary>
    public DivisionRow? At(DivisionId id, DateOnly date) => Rows.TryGetValue(id, out var rows)
        ? rows.LastOrDefault(row => row.From <= date)
        : Edition.IndexOf(id) is >= 0 and var index ? Edition.RowAt(index) : null;

    /// <summary>The division that bore a code on a day; null when none did. A code may have been given out again.</summary>
    public DivisionId? Resolve(DivisionCode code, DateOnly date)
    {
        if (code == default)
            return null;
        var first = DivisionId.Of(code, Edition.Day.Year);
        if (Edition.IndexOf(first) >= 0 && (!Rows.ContainsKey(first) || Bears(first)))
            return first;
        if (Bearers.TryGetValue(code, out var bearers))
            foreach (var bearer in bearers)
                if (Bears(bearer))
                    return bearer;
        return null;

        bool Bears(DivisionId id) => At(id, date) is { Lives: true } row && row.Code == code;
    }

    /// <summary>The division that a code names now, or else the one that bore it last, if that is still there: a code that was laid down and given to nobody.</summary>
    public DivisionId? ResolveLast(DivisionCode code)
    {
        if (code == default || Resolve(code, DateOnly.MaxValue) is not null)
            return Resolve(code, DateOnly.MaxValue);
        var bore = from id in Bearers.GetValueOrDefault(code, []).Append(DivisionId.Of(code, Edition.Day.Year))
                   from row in Rows.GetValueOrDefault(id, [])
                   where row.Lives && row.Code == code
                   orderby row.From descending
                   select (DivisionId?)id;
        return bore.FirstOrDefault() is { } last && Now(last)!.Lives ? last : null;
    }

    /// <summary>Where is counted who was counted in a division: in itself, or in that which it ended in.</summary>
    public DivisionId CountedIn(DivisionId id)
    {
        while (Rows.TryGetValue(id, out var rows) && rows[^1].Into is { } into)
            id = into;
        return id;
    }

    /// <summary>The division above, as it is now; null for a province or an unknown one.</summary>
    public DivisionId? Parent(DivisionId id) =>
        Rows.TryGetValue(id, out var rows) ? rows[^1].Parent : Edition.IndexOf(id) is >= 0 and var index ? Edition.ParentOf(index) : null;

    /// <summary>The division where one is counted and all above it, upwards.</summary>
    public IEnumerable<DivisionId> Upwards(DivisionId id)
    {
        for (DivisionId? at = Now(id) is null ? null : CountedIn(id); at is { } division; at = Parent(division))
            yield return division;
    }

    /// <summary>Whether one is the other or lies in it, as they are now.</summary>
    public bool IsWithin(DivisionId id, DivisionId ancestor) => Upwards(id).Contains(ancestor);

    /// <summary>What hangs directly below a division now, those that ended as well, in no order.</summary>
    public IEnumerable<DivisionId> Below(DivisionId id)
    {
        var index = Edition.IndexOf(id);
        if (index >= 0)
            foreach (var child in Edition.Children(index))
                if (!Rows.TryGetValue(child, out var rows) || rows[^1].Hangs == id)
                    yield return child;
        foreach (var child in Arrivals.GetValueOrDefault(id, []))
            if (Rows.TryGetValue(child, out var rows) && rows[^1].Hangs == id && (Edition.IndexOf(child) is var first && (first < 0 || Edition.ParentOf(first) != id)))
                yield return child;
    }

    /// <summary>The divisions directly below that are there.</summary>
    public IEnumerable<DivisionId> Children(DivisionId id) => Below(id).Where(child => !Rows.TryGetValue(child, out var rows) || rows[^1].Lives);
}
