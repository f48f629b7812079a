using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;

namespace LeftBehind.Divisions;

/// <summary>
/// The division tree, whole and in memory (about 30 MB for 665 k divisions, as much again once something changed). Any thread may read it while it follows changes: each
/// question is answered from one state, and <see cref="AsOf"/> gives a tree that stands still, for what asks several.
/// <para>
/// It is today's tree: names, codes, parents and what lies within as they are after all that was confirmed to have changed. A division that ended keeps its id,
/// last name and code; a merged one lies within that which it ended in, so that whatever is kept under its id is found there.
/// </para>
/// <para>
/// Divisions stand in tree order: a subtree is one unbroken range of indexes. Callers that fold many events take a tree that stands still, ask for an index once and
/// walk with <see cref="ParentIndex"/>, which allocates nothing.
/// </para>
/// </summary>
public sealed class DivisionTree
{
    private volatile State now;
    private volatile DivisionTree? past;

    /// <summary>A tree of its own at this point of a history; its order is made when it is first asked.</summary>
    public DivisionTree(DivisionHistory history) : this(new State(history))
    {
    }

    private DivisionTree(State state) => now = state;

    private sealed class State
    {
        private readonly Lazy<TreeIndex> index;
        private readonly Lazy<DivisionTree> still;

        public State(DivisionHistory history) => (History, index, still) = (history, new(() => new(history)), new(() => new(this)));

        public DivisionHistory History { get; }

        public TreeIndex Index => index.Value;

        public DivisionTree Still => still.Value;
    }

    /// <summary>Reads a list of the shipped format (<c>divisions-2023.csv.gz</c>); throws <see cref="InvalidDataException"/> when it is not whole.</summary>
    public static DivisionTree Load(string path)
    {
        using var file = File.OpenRead(path);
        return Load(file);
    }

    /// <inheritdoc cref="Load(string)"/>
    public static DivisionTree Load(Stream gzip) => new(new DivisionHistory(new DivisionEdition(DivisionFile.Read(gzip))));

    /// <summary>The day the edition was taken from which all changes start.</summary>
    public DateOnly Edition => History.Edition.Day;

    /// <summary>The edition with the changes so far: names, codes and parents as of any day.</summary>
    public DivisionHistory History => now.History;

    /// <summary>Takes another history of the same edition. Whoever asks is answered from the one before until the new one is in order.</summary>
    public void Follow(DivisionHistory history)
    {
        var next = new State(history);
        _ = next.Index;
        now = next;
    }

    /// <summary>The tree before any change.</summary>
    public DivisionHistory Unchanged => new(History.Edition);

    /// <summary>The tree in force on a day, by what is known now; it stands still whatever is confirmed meanwhile.</summary>
    public DivisionTree AsOf(DateOnly date)
    {
        var state = now;
        if (date >= state.History.LastChange)
            return state.Still;
        if (past is { } known && known.History.LastChange == date && known.History.Changes == state.History.Changes)
            return known;
        return past = new(state.History.AsOf(date));
    }

    /// <summary>Today's tree, standing still.</summary>
    public DivisionTree Still => now.Still;

    /// <summary>All divisions, also those that ended; indexes run from 0 to this, province before city before county.</summary>
    public int Count => Index.Count;

    /// <summary>How many divisions a level has, virtual ones included, without those that ended.</summary>
    public int CountOf(DivisionLevel level)
    {
        var index = Index;
        return History.Rows.IsEmpty ? History.Edition.Columns.Counts[(int)level - 1]
            : Enumerable.Range(0, index.Count).Count(i => index.IdAt(i).Level == level && index.StandingAt(i) is DivisionStanding.Living);
    }

    /// <summary>The division that a code meant on a day; null when the code was unknown then.</summary>
    public DivisionId? Resolve(DivisionCode code, DateOnly effectiveOn) => History.Resolve(code, effectiveOn);

    /// <summary>The division with this id, or null.</summary>
    public Division? Find(DivisionId id) => Index is var tree && tree.IndexOf(id) is >= 0 and var index ? At(tree, index) : null;

    /// <summary>The division at an index.</summary>
    public Division At(int index) => At(Index, index);

    /// <summary>Province first, then down to the division itself, or to that which it ended in; empty when the id is unknown.</summary>
    public IReadOnlyList<DivisionId> Path(DivisionId id)
    {
        var tree = Index;
        var index = tree.CountedIndex(tree.IndexOf(id));
        if (index < 0)
            return [];
        var path = new DivisionId[(int)tree.IdAt(index).Level];
        for (var i = path.Length - 1; i >= 0; i--, index = tree.ParentIndex(index))
            path[i] = tree.IdAt(index);
        return path;
    }

    /// <summary>Parent first, then up to the province, without the division itself.</summary>
    public DivisionSequence Ancestors(DivisionId id) => Index is var tree && tree.CountedIndex(tree.IndexOf(id)) is >= 0 and var index
        ? new DivisionSequence(tree, tree.ParentIndex(index), -1, upward: true) : default;

    /// <summary>The division one level higher; null for a province or an unknown id.</summary>
    public DivisionId? Parent(DivisionId id) =>
        Index is var tree && tree.CountedIndex(tree.IndexOf(id)) is >= 0 and var index && tree.ParentIndex(index) is >= 0 and var parent ? tree.IdAt(parent) : null;

    /// <summary>The divisions directly below that are there, in order of code; empty when the id is unknown.</summary>
    public DivisionSequence Children(DivisionId id) =>
        Index is var tree && tree.IndexOf(id) is >= 0 and var index ? new DivisionSequence(tree, index + 1, tree.SubtreeEnd(index), upward: false) : default;

    /// <summary>The same, with those that were abolished: somebody may still be counted there.</summary>
    public DivisionSequence CountedChildren(DivisionId id) => Children(id) with { Most = DivisionStanding.Abolished };

    /// <summary>The division and all below it, also those that ended; empty when the id is unknown.</summary>
    public IEnumerable<DivisionId> Within(DivisionId id)
    {
        var tree = Index;
        var index = tree.IndexOf(id);
        for (var i = Math.Max(index, 0); index >= 0 && i < tree.SubtreeEnd(index); i++)
            yield return tree.IdAt(i);
    }

    /// <summary>The same as a query's array.</summary>
    public long[] ValuesWithin(DivisionId id) => [.. Within(id).Select(d => d.Value)];

    /// <summary>All provinces, in order of code.</summary>
    public DivisionSequence Provinces => Index is var tree ? new(tree, 0, tree.Count, upward: false) : default;

    /// <summary>Whether a division is the other or lies in it; false when either is unknown.</summary>
    public bool IsWithin(DivisionId id, DivisionId ancestor) =>
        Index is var tree && tree.IndexOf(id) is >= 0 and var index && tree.IndexOf(ancestor) is >= 0 and var above && index >= above && index < tree.SubtreeEnd(above);

    /// <summary>Where is counted who was counted in a division: in itself, or in that which it ended in.</summary>
    public DivisionId CountedIn(DivisionId id) => History.CountedIn(id);

    /// <summary>The name alone, such as 苏仙区; throws <see cref="KeyNotFoundException"/> for an unknown id.</summary>
    public string Name(DivisionId id) => Index is var tree ? Encoding.UTF8.GetString(tree.NameAt(Known(tree, id))) : "";

    /// <summary>Today's code; of a division that ended its last.</summary>
    public DivisionCode Code(DivisionId id) => Index is var tree ? tree.CodeAt(Known(tree, id)) : default;

    /// <summary>The level, which no change changes.</summary>
    public DivisionLevel Level(DivisionId id) => Index is var tree ? tree.IdAt(Known(tree, id)).Level : default;

    /// <summary>No government sits there: it only gathers others (市辖区, 县, 省直辖) or repeats the division above (东莞 as its own county).</summary>
    public bool IsVirtual(DivisionId id) => Index is var tree && tree.IsVirtualAt(Known(tree, id));

    /// <summary>Whether it is there, was abolished, or ended in another.</summary>
    public DivisionStanding Standing(DivisionId id) => Index is var tree ? tree.StandingAt(Known(tree, id)) : default;

    /// <summary>The dense index of an id in this tree, or −1. It holds until the tree changes: never store it, and take a tree that stands still.</summary>
    public int IndexOf(DivisionId id) => Index.IndexOf(id);

    /// <summary>The index at which is counted who was counted in a division, or −1.</summary>
    public int CountedIndexOf(DivisionId id) => Index is var tree ? tree.CountedIndex(tree.IndexOf(id)) : -1;

    /// <summary>The id at an index.</summary>
    public DivisionId IdAt(int index) => Index.IdAt(index);

    /// <summary>The index of the parent, −1 for a province.</summary>
    public int ParentIndex(int index) => Index.ParentIndex(index);

    /// <summary>One past the last index of the division's subtree.</summary>
    public int SubtreeEnd(int index) => Index.SubtreeEnd(index);

    /// <summary>Whether the division at an index is, or lies in, the one at the other.</summary>
    public bool IsWithin(int index, int ancestor) => index >= ancestor && index < Index.SubtreeEnd(ancestor);

    /// <summary>The level at an index.</summary>
    public DivisionLevel LevelAt(int index) => IdAt(index).Level;

    private TreeIndex Index => now.Index;

    private static Division At(TreeIndex tree, int index) =>
        new(tree.IdAt(index), tree.CodeAt(index), Encoding.UTF8.GetString(tree.NameAt(index)), tree.IdAt(index).Level, tree.IsVirtualAt(index), tree.FromAt(index));

    private int Known(TreeIndex tree, DivisionId id) =>
        tree.IndexOf(id) is >= 0 and var index ? index : throw new KeyNotFoundException($"Division {id} is not in the tree of {Edition:O}.");
}
