using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Platform.Divisions.Proposals;

/// <summary>
/// Which division of the tree is which row of a list, on one level whose upper levels are paired: by code; else by a name that only one has among those that came and went under the
/// same parent, then under the same grandparent; else, above villages, by the names of what lies below. Pure.
/// </summary>
internal sealed class PairedLevel
{
    private readonly DivisionHistory now;
    private readonly DivisionTree list;
    private readonly Dictionary<DivisionId, DivisionId> known;
    private readonly List<DivisionId> left;
    private readonly List<DivisionId> came;

    public PairedLevel(DivisionHistory now, DivisionTree list, Dictionary<DivisionId, DivisionId> known, List<DivisionId> mine, List<DivisionId> theirs)
    {
        (this.now, this.list, this.known) = (now, list, known);
        var byCode = mine.ToDictionary(d => now.Now(d)!.Code);
        came = [.. theirs.Where(d => !byCode.ContainsKey(list.Code(d)))];
        var elsewhere = came.ToLookup(d => (Above(list.Parent(d)), list.Name(d)));
        foreach (var row in theirs)
            if (byCode.TryGetValue(list.Code(row), out var division))
                ByCode(division, row, elsewhere);
        left = [.. mine.Except(Paired.Select(p => p.Mine))];
        came = [.. theirs.Except(Paired.Select(p => p.Theirs))];
        ByName(d => now.Parent(d), d => Known(list.Parent(d)), last: false);
        ByName(d => Grand(now.Parent(d)), d => Above(list.Parent(d)), last: true);
        if (mine.FirstOrDefault().Level is not DivisionLevel.Village)
            ByWhatLiesBelow(theirs);
        New = came;
        var beside = came.Select(d => Known(list.Parent(d))).ToHashSet();
        Gone = [.. left.Select(d => (d, beside.Contains(now.Parent(d)) ? Doubt.PerhapsMerged : Doubt.Gone))];
    }

    public List<(DivisionId Mine, DivisionId Theirs, Doubt Doubt)> Paired { get; } = [];

    public List<(DivisionId Mine, DivisionId Into)> Merged { get; } = [];

    public IReadOnlyList<DivisionId> New { get; }

    public IReadOnlyList<(DivisionId Mine, Doubt Doubt)> Gone { get; }

    /// <summary>Those of one name of which it is not plain which is which, in words.</summary>
    public List<string> Unclear { get; } = [];

    /// <summary>The same code and name; or a new name, unless the old one turns up under another code near by.</summary>
    private void ByCode(DivisionId division, DivisionId row, ILookup<(DivisionId?, string), DivisionId> elsewhere)
    {
        var (was, name) = (now.Now(division)!.Name, list.Name(row));
        if (was == name || PlaceNames.AreAlike(was, name))
            Paired.Add((division, row, Doubt.None));
        else if (!elsewhere[(Grand(now.Parent(division)), was)].Any())
            Paired.Add((division, row, Doubt.NameWhollyDifferent));
    }

    private void ByName(Func<DivisionId, DivisionId?> mineNear, Func<DivisionId, DivisionId?> theirsNear, bool last)
    {
        var mine = left.ToLookup(d => (mineNear(d), PlaceNames.Bare(now.Now(d)!.Name)));
        var theirs = came.ToLookup(d => (theirsNear(d), PlaceNames.Bare(list.Name(d))));
        foreach (var group in mine.Where(g => g.Key.Item1 is not null && theirs.Contains(g.Key)))
        {
            var rows = theirs[group.Key].ToList();
            if (group.Take(2).ToList() is [var division] && rows is [var row])
                Paired.Add((division, row, Doubt.None));
            else if (last)
                Unclear.Add(string.Join(", ", group.Select(d => $"{now.Now(d)!.Code} {now.Now(d)!.Name}").Concat(rows.Select(d => $"→ {list.Code(d)} {list.Name(d)}"))));
            else
                continue;
            left.RemoveAll(group.Contains);
            came.RemoveAll(rows.Contains);
        }
    }

    /// <summary>One that is gone is that new one, or ended in that other one, in which half of what lay below it lies now.</summary>
    private void ByWhatLiesBelow(List<DivisionId> theirs)
    {
        var below = theirs.ToDictionary(d => d, d => list.Children(d).Select(c => PlaceNames.Bare(list.Name(c))).ToHashSet());
        var paired = Paired.ToDictionary(p => p.Theirs, p => p.Mine);
        foreach (var division in left.ToList())
        {
            var names = now.Children(division).Select(c => PlaceNames.Bare(now.Now(c)!.Name)).ToHashSet();
            var near = theirs.Where(d => Above(list.Parent(d)) == Grand(now.Parent(division)) || Known(list.Parent(d)) == now.Parent(division));
            if (names.Count == 0 || near.Select(d => (DivisionId?)d).MaxBy(d => below[d!.Value].Count(names.Contains)) is not { } best || below[best].Count(names.Contains) * 2 < names.Count)
                continue;
            if (came.Remove(best))
                Paired.Add((division, best, below[best].SetEquals(names) ? Doubt.None : Doubt.ToldByPartBelow));
            else if (paired.TryGetValue(best, out var into))
                Merged.Add((division, into));
            else
                continue;
            left.Remove(division);
        }
    }

    private DivisionId? Known(DivisionId? theirs) => theirs is { } row && known.TryGetValue(row, out var mine) ? mine : null;

    private DivisionId? Above(DivisionId? theirsParent) => Grand(Known(theirsParent));

    private DivisionId? Grand(DivisionId? parent) => parent is { } p ? now.Parent(p) ?? p : null;
}
