using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Platform.Figures;

/// <summary>
/// For callers without child access: villages with any figure of 1 or 2 are merged into "other villages of the town", at
/// least two of them and rather no empty one, so that no subtraction from the town's figure recovers one. Platform default. Pure.
/// </summary>
internal sealed record SmallCells(IReadOnlyCollection<DivisionId> Villages, SortedDictionary<short, long> Sums)
{
    private const long Smallest = 3;

    private static readonly HashSet<short> Duties = [.. Measures.Of([Measures.Obligation], [])];

    public static readonly SmallCells None = new([], []);

    public bool Hides(DivisionId division) => Villages.Contains(division);

    /// <summary>Merges among the villages of one town, by all their figures, whatever was asked for.</summary>
    public static SmallCells Merge(DivisionTree tree, IEnumerable<DivisionId> children, Dictionary<DivisionId, SortedDictionary<short, long>> figures)
    {
        var villages = children.Where(c => tree.Level(c) is DivisionLevel.Village).ToList();
        var merged = villages.Where(v => HasSmallCell(figures, v)).ToList();
        if (merged.Count == 1 && villages.Count > 1)
            merged.Add(villages.Except(merged).MinBy(v => Total(figures, v) is > 0 and var n ? n : long.MaxValue));
        var sums = new SortedDictionary<short, long>();
        foreach (var (measure, n) in merged.SelectMany(v => figures.GetValueOrDefault(v) ?? []))
            sums[measure] = sums.GetValueOrDefault(measure) + n;
        return new(merged, sums);
    }

    private static bool HasSmallCell(Dictionary<DivisionId, SortedDictionary<short, long>> figures, DivisionId village) =>
        figures.TryGetValue(village, out var cells) && cells.Values.Any(n => n is > 0 and < Smallest);

    /// <summary>Whom the village counts; one that has nothing but duties is empty.</summary>
    private static long Total(Dictionary<DivisionId, SortedDictionary<short, long>> figures, DivisionId village) =>
        figures.TryGetValue(village, out var cells) ? cells.Where(c => !Duties.Contains(c.Key)).Sum(c => c.Value) : 0;
}
