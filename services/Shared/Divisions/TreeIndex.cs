using System.Text;
using LeftBehind.Contracts;

namespace LeftBehind.Divisions;

/// <summary>
/// A tree in the order in which it is asked: a subtree is one unbroken range of indexes, a merged division lies in the one that it ended in. Without
/// changes these are the edition's own arrays.
/// </summary>
internal sealed class TreeIndex
{
    private readonly DivisionHistory history;
    private readonly DivisionIdLookup lookup;
    private readonly long[] ids;
    private readonly int[] parents;
    private readonly int[] ends;
    private readonly bool[] isVirtual;
    private readonly DivisionStanding[]? standings;

    public TreeIndex(DivisionHistory history)
    {
        this.history = history;
        var edition = history.Edition.Columns;
        (ids, parents, ends, isVirtual) = (edition.Ids, edition.Parents, edition.SubtreeEnds, edition.Virtual);
        lookup = history.Edition.Lookup;
        if (history.Rows.IsEmpty)
            return;
        var order = new TreeOrder(history);
        (ids, parents, ends, isVirtual, standings) = (order.Ids, order.Parents, order.Ends, order.Virtual, order.Standings);
        lookup = new(ids);
    }

    public int Count => ids.Length;

    public int IndexOf(DivisionId id) => lookup.IndexOf(id.Value);

    public DivisionId IdAt(int index) => new(ids[index]);

    public int ParentIndex(int index) => parents[index];

    public int SubtreeEnd(int index) => ends[index];

    public bool IsVirtualAt(int index) => isVirtual[index];

    public DivisionStanding StandingAt(int index) => standings is null ? DivisionStanding.Living : standings[index];

    /// <summary>The index of the division in which is counted who was counted in one.</summary>
    public int CountedIndex(int index)
    {
        while (index >= 0 && StandingAt(index) is DivisionStanding.Merged)
            index = parents[index];
        return index;
    }

    public DivisionCode CodeAt(int index) => Changed(index) is { } row ? row.Code : IdAt(index).FirstCode;

    public ReadOnlySpan<byte> NameAt(int index) =>
        Changed(index) is { } row ? Encoding.UTF8.GetBytes(row.Name) : history.Edition.NameAt(standings is null ? index : history.Edition.IndexOf(IdAt(index)));

    public DateOnly FromAt(int index) => Changed(index) is { From: var from } && from > history.Edition.Day ? from : history.Edition.Day;

    private DivisionRow? Changed(int index) => standings is not null && history.Rows.TryGetValue(IdAt(index), out var rows) ? rows[^1] : null;
}

/// <summary>Puts all divisions of a history in tree order; below one that changed in order of code.</summary>
internal sealed class TreeOrder
{
    private readonly DivisionHistory history;
    private readonly HashSet<DivisionId> stirred = [];
    private int next;

    public TreeOrder(DivisionHistory history)
    {
        this.history = history;
        var count = history.Edition.Columns.Ids.Length + history.Rows.Keys.Count(id => history.Edition.IndexOf(id) < 0);
        (Ids, Parents, Ends, Virtual, Standings) = (new long[count], new int[count], new int[count], new bool[count], new DivisionStanding[count]);
        Stir();
        for (var root = 0; root < history.Edition.Columns.Ids.Length; root = history.Edition.Columns.SubtreeEnds[root])
            Write(history.Edition.IdAt(root), -1);
        if (next < count)
            (Ids, Parents, Ends, Virtual, Standings) = (Ids[..next], Parents[..next], Ends[..next], Virtual[..next], Standings[..next]);
    }

    public long[] Ids { get; }

    public int[] Parents { get; }

    public int[] Ends { get; }

    public bool[] Virtual { get; }

    public DivisionStanding[] Standings { get; }

    /// <summary>Whatever lies above something that changed, now or before, is walked; all else is copied as it stands in the edition.</summary>
    private void Stir()
    {
        foreach (var (id, rows) in history.Rows)
        {
            for (DivisionId? at = id; at is { } up && stirred.Add(up); at = history.Now(up)?.Hangs)
            {
            }
            for (var index = history.Edition.IndexOf(id); index >= 0 && history.Edition.ParentOf(index) is { } was; index = history.Edition.IndexOf(was))
                stirred.Add(was);
        }
    }

    private void Write(DivisionId id, int parent)
    {
        if (!stirred.Contains(id))
        {
            Copy(history.Edition.IndexOf(id), parent);
            return;
        }
        var (index, row) = (next++, history.Now(id)!);
        (Ids[index], Parents[index], Virtual[index], Standings[index]) = (id.Value, parent, row.IsVirtual, row.Standing);
        foreach (var child in history.Below(id).OrderBy(child => history.Now(child)!.Code.Digits, StringComparer.Ordinal).ThenBy(child => child))
            Write(child, index);
        Ends[index] = next;
    }

    private void Copy(int from, int parent)
    {
        var edition = history.Edition.Columns;
        var (moved, end) = (next - from, edition.SubtreeEnds[from]);
        for (var row = from; row < end; row++, next++)
            (Ids[next], Parents[next], Ends[next], Virtual[next]) = (edition.Ids[row], row == from ? parent : edition.Parents[row] + moved, edition.SubtreeEnds[row] + moved, edition.Virtual[row]);
    }
}
