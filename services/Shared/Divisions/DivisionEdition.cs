using System.Text;
using LeftBehind.Contracts;

namespace LeftBehind.Divisions;

/// <summary>The shipped list: the tree before any change. Divisions stand in tree order, so that a subtree is one unbroken range of indexes.</summary>
internal sealed class DivisionEdition(DivisionColumns columns)
{
    private readonly DivisionIdLookup lookup = new(columns.Ids);

    public DivisionColumns Columns => columns;

    public DivisionIdLookup Lookup => lookup;

    public DateOnly Day => columns.Edition;

    public int IndexOf(DivisionId id) => lookup.IndexOf(id.Value);

    public DivisionId IdAt(int index) => new(columns.Ids[index]);

    public DivisionId? ParentOf(int index) => columns.Parents[index] is >= 0 and var parent ? IdAt(parent) : null;

    public ReadOnlySpan<byte> NameAt(int index) => columns.Names.AsSpan(columns.NameStarts[index]..columns.NameStarts[index + 1]);

    /// <summary>The directly lower divisions of one, in order.</summary>
    public IEnumerable<DivisionId> Children(int index)
    {
        for (var child = index + 1; child < columns.SubtreeEnds[index]; child = columns.SubtreeEnds[child])
            yield return IdAt(child);
    }

    /// <summary>The first row of a division's history; makes a string.</summary>
    public DivisionRow RowAt(int index) =>
        new(DateOnly.MinValue, IdAt(index).FirstCode, Encoding.UTF8.GetString(NameAt(index)), ParentOf(index), columns.Virtual[index]);
}
