using System.Collections.Immutable;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;

namespace LeftBehind.Divisions;

/// <summary>What each kind of change does to the rows of a history.</summary>
internal sealed class HistoryDraft
{
    private DivisionHistory now;

    public HistoryDraft(DivisionHistory history) => now = history;

    public DivisionHistory History() => now;

    public void Take(IDivisionChange change) => now = With([.. RowsOf(change)], change.EffectiveOn);

    private IEnumerable<(DivisionId Division, DivisionRow Row)> RowsOf(IDivisionChange change) => change switch
    {
        DivisionEstablished c => [(c.Division, new DivisionRow(c.EffectiveOn, c.Code, c.Name, c.Parent, c.Virtual))],
        DivisionRenamed c => Of(c.Division, row => row with { Name = c.Name }),
        DivisionRecoded c => Recoded(c),
        DivisionReparented c => Of(c.Division, row => row with { Parent = c.Parent }),
        DivisionsMerged c => c.Divisions.SelectMany(d => Merged(d, c.Into)),
        DivisionSplit c => c.Parts.SelectMany(part => Parted(c, part)),
        VillagesExtracted c => [(c.Division, new DivisionRow(c.EffectiveOn, c.Code, c.Name, c.Parent, false))],
        DivisionAbolished c => Of(c.Division, row => row with { Standing = DivisionStanding.Abolished }),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    /// <summary>The divisions that a change gives another row, as they are before it.</summary>
    public static IEnumerable<DivisionId> Touched(DivisionHistory before, IDivisionChange change)
    {
        foreach (var (division, row) in new HistoryDraft(before).RowsOf(change))
            if (before.Now(division) is { } was && was != row)
                yield return division;
    }

    private IEnumerable<(DivisionId, DivisionRow)> Of(DivisionId id, Func<DivisionRow, DivisionRow> changed) => now.Now(id) is { } row ? [(id, changed(row))] : [];

    /// <summary>It, and all below it that bear its code at the beginning of theirs.</summary>
    private IEnumerable<(DivisionId, DivisionRow)> Recoded(DivisionRecoded change)
    {
        if (now.Now(change.Division) is not { } row)
            yield break;
        yield return (change.Division, row with { Code = change.Code });
        foreach (var carried in Carried(now, change.Division, row.Code, change.Code))
            yield return (carried.Division, now.Now(carried.Division)! with { Code = carried.Code });
    }

    /// <summary>The codes that a recode carries along, below a division.</summary>
    public static IEnumerable<(DivisionId Division, DivisionCode Code)> Carried(DivisionHistory now, DivisionId division, DivisionCode was, DivisionCode becomes)
    {
        foreach (var child in now.Children(division))
        {
            if (now.Now(child)!.Code.Digits is var digits && digits.StartsWith(was.Digits, StringComparison.Ordinal))
                yield return (child, DivisionCode.Parse(becomes.Digits + digits[was.Digits.Length..]));
            foreach (var below in Carried(now, child, was, becomes))
                yield return below;
        }
    }

    private IEnumerable<(DivisionId, DivisionRow)> Merged(DivisionId division, DivisionId into) => now.Now(into) is null || now.CountedIn(into) == division ? [] : Of(division, row => row with { Standing = DivisionStanding.Merged, Into = into })
        .Concat(now.Below(division).Where(child => now.Now(child)!.Standing is not DivisionStanding.Merged).SelectMany(child => Of(child, row => row with { Parent = into })));

    private IEnumerable<(DivisionId, DivisionRow)> Parted(DivisionSplit change, DivisionPart part) =>
        part.Children.SelectMany(child => Of(child, row => row with { Parent = part.Division }))
            .Prepend((part.Division, new DivisionRow(change.EffectiveOn, part.Code, part.Name, now.Parent(change.Division), now.Now(change.Division)?.IsVirtual is true)));

    private DivisionHistory With(List<(DivisionId Division, DivisionRow Row)> changed, DateOnly from)
    {
        var (rows, bearers, arrivals) = (now.Rows.ToBuilder(), now.Bearers.ToBuilder(), now.Arrivals.ToBuilder());
        foreach (var (division, changedRow) in changed)
        {
            var before = rows.TryGetValue(division, out var known) ? known : now.Now(division) is { } first ? [first] : [];
            var row = changedRow with { From = from };
            if (before.Length > 0 && before[^1] with { From = from } == row)
                continue;
            // Of one day the last word counts.
            rows[division] = (before.Length > 0 && before[^1].From == from ? before.RemoveAt(before.Length - 1) : before).Add(row);
            Add(bearers, row.Code, division);
            if (row.Hangs is { } above)
                Add(arrivals, above, division);
        }
        return new(now.Edition)
        {
            Rows = rows.ToImmutable(), Bearers = bearers.ToImmutable(), Arrivals = arrivals.ToImmutable(),
            Changes = now.Changes + 1, LastChange = from > now.LastChange ? from : now.LastChange,
        };
    }

    private static void Add<TKey>(ImmutableDictionary<TKey, ImmutableArray<DivisionId>>.Builder to, TKey key, DivisionId division) where TKey : notnull
    {
        var known = to.GetValueOrDefault(key, []);
        if (!known.Contains(division))
            to[key] = known.Add(division);
    }
}
