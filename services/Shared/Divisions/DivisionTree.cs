using System.Text;
using LeftBehind.Contracts;

namespace LeftBehind.Divisions;

/// <summary>
/// The division tree of one edition, whole and in memory (about 30 MB for 665 k divisions). It never changes, so any thread may read it.
/// <para>
/// Divisions stand in tree order: a subtree is one unbroken range of indexes. Callers that fold many events ask for an index once and
/// walk with <see cref="ParentIndex"/> and <see cref="IsWithin(int, int)"/>, which allocate nothing.
/// </para>
/// <para>
/// Dates: the first edition shipped is that of 2023-06-30. Every division in it is valid from that day, and a date before it is
/// answered from this edition too, since nothing earlier is known; ids carry its year (<c>431003110201@2023</c>).
/// </para>
/// </summary>
public sealed class DivisionTree
{
    private readonly DivisionColumns _columns;
    private readonly DivisionIdLookup _lookup;

    internal DivisionTree(DivisionColumns columns)
    {
        _columns = columns;
        _lookup = new DivisionIdLookup(columns.Ids);
    }

    /// <summary>Reads the shipped file (<c>divisions-2023.csv.gz</c>); throws <see cref="InvalidDataException"/> when it is not whole.</summary>
    public static DivisionTree Load(string path)
    {
        using var file = File.OpenRead(path);
        return Load(file);
    }

    /// <inheritdoc cref="Load(string)"/>
    public static DivisionTree Load(Stream gzip) => new(DivisionFile.Read(gzip));

    /// <summary>The day this edition was taken.</summary>
    public DateOnly Edition => _columns.Edition;

    /// <summary>All divisions; indexes run from 0 to this, province before city before county.</summary>
    public int Count => _columns.Ids.Length;

    /// <summary>How many divisions a level has, virtual ones included.</summary>
    public int CountOf(DivisionLevel level) => _columns.Counts[(int)level - 1];

    /// <summary>The tree in force on a day. One edition is known so far, and it answers for every day.</summary>
    public DivisionTree AsOf(DateOnly date) => this;

    /// <summary>The division that a code meant on a day; null when the code was unknown then.</summary>
    public DivisionId? Resolve(DivisionCode code, DateOnly effectiveOn)
    {
        var tree = AsOf(effectiveOn);
        if (code == default)
            return null;
        var id = DivisionId.Of(code, tree.Edition.Year);
        return tree.IndexOf(id) < 0 ? null : id;
    }

    /// <summary>The division with this id, or null.</summary>
    public Division? Find(DivisionId id) => IndexOf(id) is >= 0 and var index ? At(index) : null;

    /// <summary>The division at an index.</summary>
    public Division At(int index) => new(IdAt(index), CodeAt(index), NameAt(index), LevelAt(index), IsVirtualAt(index), Edition);

    /// <summary>Province first, then down to the division itself; empty when the id is unknown.</summary>
    public IReadOnlyList<DivisionId> Path(DivisionId id)
    {
        var index = IndexOf(id);
        if (index < 0)
            return [];
        var path = new DivisionId[(int)LevelAt(index)];
        for (var i = path.Length - 1; i >= 0; i--, index = ParentIndex(index))
            path[i] = IdAt(index);
        return path;
    }

    /// <summary>Parent first, then up to the province, without the division itself.</summary>
    public DivisionSequence Ancestors(DivisionId id) =>
        IndexOf(id) is >= 0 and var index ? new DivisionSequence(this, ParentIndex(index), -1, upward: true) : default;

    /// <summary>The division one level higher; null for a province or an unknown id.</summary>
    public DivisionId? Parent(DivisionId id) => IndexOf(id) is >= 0 and var index && ParentIndex(index) is >= 0 and var parent ? IdAt(parent) : null;

    /// <summary>The divisions directly below, in order of code; empty when the id is unknown.</summary>
    public DivisionSequence Children(DivisionId id) =>
        IndexOf(id) is >= 0 and var index ? new DivisionSequence(this, index + 1, SubtreeEnd(index), upward: false) : default;

    /// <summary>The division and all below it; empty when the id is unknown.</summary>
    public IEnumerable<DivisionId> Within(DivisionId id)
    {
        var index = IndexOf(id);
        for (var i = Math.Max(index, 0); index >= 0 && i < SubtreeEnd(index); i++)
            yield return IdAt(i);
    }

    /// <summary>The same as a query's array.</summary>
    public long[] ValuesWithin(DivisionId id) => [.. Within(id).Select(d => d.Value)];

    /// <summary>All provinces, in order of code.</summary>
    public DivisionSequence Provinces => new(this, 0, Count, upward: false);

    /// <summary>Whether a division is the other or lies in it; false when either is unknown.</summary>
    public bool IsWithin(DivisionId id, DivisionId ancestor) =>
        IndexOf(id) is >= 0 and var index && IndexOf(ancestor) is >= 0 and var above && IsWithin(index, above);

    /// <summary>The name alone, such as 苏仙区; throws <see cref="KeyNotFoundException"/> for an unknown id.</summary>
    public string Name(DivisionId id) => NameAt(Known(id));

    /// <summary>The code in this edition.</summary>
    public DivisionCode Code(DivisionId id) => CodeAt(Known(id));

    /// <summary>The level in this edition.</summary>
    public DivisionLevel Level(DivisionId id) => LevelAt(Known(id));

    /// <summary>No government sits there: it only gathers others (市辖区, 县, 省直辖) or repeats the division above (东莞 as its own county).</summary>
    public bool IsVirtual(DivisionId id) => IsVirtualAt(Known(id));

    /// <summary>The dense index of an id in this tree, or −1. It holds for this edition only: never store it.</summary>
    public int IndexOf(DivisionId id) => _lookup.IndexOf(id.Value);

    /// <summary>The id at an index.</summary>
    public DivisionId IdAt(int index) => new(_columns.Ids[index]);

    /// <summary>The index of the parent, −1 for a province.</summary>
    public int ParentIndex(int index) => _columns.Parents[index];

    /// <summary>One past the last index of the division's subtree.</summary>
    public int SubtreeEnd(int index) => _columns.SubtreeEnds[index];

    /// <summary>Whether the division at an index is, or lies in, the one at the other.</summary>
    public bool IsWithin(int index, int ancestor) => index >= ancestor && index < _columns.SubtreeEnds[ancestor];

    /// <summary>The level at an index.</summary>
    public DivisionLevel LevelAt(int index) => IdAt(index).Level;

    /// <summary>The code at an index.</summary>
    public DivisionCode CodeAt(int index) => IdAt(index).FirstCode;

    /// <summary>The name at an index; each call makes a string.</summary>
    public string NameAt(int index) => Encoding.UTF8.GetString(NameUtf8At(index));

    /// <summary>The name at an index as UTF-8, without a copy.</summary>
    public ReadOnlySpan<byte> NameUtf8At(int index) => _columns.Names.AsSpan(_columns.NameStarts[index].._columns.NameStarts[index + 1]);

    /// <inheritdoc cref="IsVirtual"/>
    public bool IsVirtualAt(int index) => _columns.Virtual[index];

    private int Known(DivisionId id) => IndexOf(id) is >= 0 and var index ? index : throw new KeyNotFoundException($"Division {id} is not in the edition of {Edition:O}.");
}
