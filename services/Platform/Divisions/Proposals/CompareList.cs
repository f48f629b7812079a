using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using LeftBehind.Divisions;

namespace LeftBehind.Platform.Divisions.Proposals;

/// <summary>
/// Compares a new yearly list with the tree, level by level from above, and proposes the changes that make the one of the other, in an order in which they can be confirmed. What stands above has
/// been changed in thought before what lies below is compared, so that a recoded county is one change and not one of each of its villages. Pure.
/// </summary>
internal sealed class CompareList
{
    private readonly DivisionTree list;
    private readonly DivisionId province;
    private readonly string document;
    private readonly DateOnly today;
    private readonly List<ProposedChange> proposed = [];
    private readonly Dictionary<DivisionId, DivisionId> known = [];
    private readonly List<(DivisionId Division, Doubt Doubt)> gone = [];

    private CompareList(DivisionHistory now, DivisionTree list, DivisionId province, string document, DateOnly today) =>
        (Now, this.list, this.province, this.document, this.today) = (now, list, province, document, today);

    private DivisionHistory Now { get; set; }

    /// <summary>What a list proposes of a province.</summary>
    /// <param name="now">The tree with all that was confirmed.</param>
    /// <param name="list">The list; its edition is the day from which its changes count.</param>
    /// <param name="province">A province of the tree.</param>
    /// <param name="document">The number of the document that the changes will name.</param>
    /// <param name="today">Asia/Shanghai.</param>
    public static IReadOnlyList<ProposedChange> Of(DivisionHistory now, DivisionTree list, DivisionId province, string document, DateOnly today)
    {
        var comparison = new CompareList(now, list, province, document, today);
        if (list.Resolve(now.Now(province)!.Code, list.Edition) is not { } top)
            return [];
        comparison.known[top] = province;
        for (var level = DivisionLevel.City; level <= DivisionLevel.Village; level++)
            comparison.Level(top, level);
        foreach (var (division, doubt) in comparison.gone.OrderByDescending(g => g.Division.Level))
            comparison.Try(doubt, division, [new DivisionAbolished(division, list.Edition, document)]);
        return comparison.proposed;
    }

    private void Level(DivisionId top, DivisionLevel level)
    {
        var pairs = new PairedLevel(Now, list, known, At(Now, province, level), [.. list.Within(top).Where(d => d.Level == level)]);
        var waiting = new List<(Doubt Doubt, DivisionId About, IDivisionChange[] Changes)>();
        foreach (var (mine, theirs, doubt) in pairs.Paired)
        {
            known[theirs] = mine;
            if (Changes(mine, theirs) is { Length: > 0 } changes)
                waiting.Add((doubt, mine, changes));
        }
        foreach (var (mine, into) in pairs.Merged)
            waiting.Add((Doubt.None, mine, [new DivisionsMerged([mine], into, list.Edition, document)]));
        foreach (var theirs in pairs.New.Where(d => known.ContainsKey(list.Parent(d)!.Value)))
        {
            var (id, parent) = (DivisionId.Of(list.Code(theirs), list.Edition.Year), known[list.Parent(theirs)!.Value]);
            known[theirs] = id;
            waiting.Add((Doubt.None, id, [new DivisionEstablished(id, list.Code(theirs), list.Name(theirs), parent, list.IsVirtual(theirs), list.Edition, document)]));
        }
        TakeAll(waiting);
        foreach (var (mine, doubt) in pairs.Gone)
            gone.Add((mine, doubt));
        proposed.AddRange(pairs.Unclear.Select(about => new ProposedChange([], Doubt.SeveralOfThisName, about)));
    }

    /// <summary>What differs between a division and its row of the list.</summary>
    private IDivisionChange[] Changes(DivisionId mine, DivisionId theirs)
    {
        var (row, on) = (Now.Now(mine)!, list.Edition);
        var changes = new List<IDivisionChange>();
        if (known.TryGetValue(list.Parent(theirs)!.Value, out var parent) && parent != row.Parent)
            changes.Add(new DivisionReparented(mine, parent, on, document));
        if (list.Code(theirs) is var code && code != row.Code)
            changes.Add(new DivisionRecoded(mine, code, on, document));
        if (list.Name(theirs) is var name && name != row.Name)
            changes.Add(new DivisionRenamed(mine, name, on, document));
        return [.. changes];
    }

    /// <summary>Whatever waits for a code that another change sets free comes after that.</summary>
    private void TakeAll(List<(Doubt Doubt, DivisionId About, IDivisionChange[] Changes)> waiting)
    {
        for (var before = -1; before != waiting.Count;)
        {
            before = waiting.Count;
            waiting.RemoveAll(w => Faults(w.Changes) is null && Try(w.Doubt, w.About, w.Changes));
        }
        foreach (var (doubt, about, changes) in waiting)
            Try(doubt, about, changes);
    }

    private DivisionFault? Faults(IDivisionChange[] changes)
    {
        var then = Now;
        foreach (var change in changes)
        {
            if (ForbiddenChanges.Of(then, change, today) is { } fault)
                return fault;
            then = then.After(change);
        }
        return null;
    }

    private bool Try(Doubt doubt, DivisionId about, IDivisionChange[] changes)
    {
        var words = Now.Now(about) is { } row ? $"{row.Code} {row.Name}" : about.ToString();
        if (Faults(changes) is { } fault)
        {
            proposed.Add(new([], Doubt.Forbidden, $"{words}: {fault}"));
            return false;
        }
        proposed.Add(new(changes, doubt, words));
        Now = Now.After(changes);
        return true;
    }

    private static List<DivisionId> At(DivisionHistory now, DivisionId above, DivisionLevel level) =>
        above.Level + 1 == level ? [.. now.Children(above)] : [.. now.Children(above).SelectMany(child => At(now, child, level))];
}
