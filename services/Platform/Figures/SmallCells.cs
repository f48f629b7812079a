using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Platform.Figures;

/// <summary>
/// For callers without child access: villages with any figure of 1 or 2 are merged into "other villages of the town", at
/// least two of them and rather no empty one, so that no subtraction from the town's figure recovers one. A town of one village is
/// merged with another of its county in the same way. Platform default. Pure.
/// </summary>
internal sealed record SmallCells(IReadOnlyCollection<DivisionId> Villages, long[] Sums)
{
    private const long Smallest = 3;

    private static readonly short[] People = Measures.Of([Measures.OnFile, Measures.LeftBehind, Measures.InDifficulty, Measures.Pupil], []);

    /// <summary>A roll that was not taken is nobody's data.</summary>
    private static readonly HashSet<short> ClassDays = [.. Measures.Of([Measures.ClassDay], [])];

    public static readonly SmallCells None = new([], []);

    public bool Hides(DivisionId division) => Villages.Contains(division);

    /// <summary>A village, or whatever holds one village and nothing else: its figures are the village's own.</summary>
    public static bool IsOneVillage(DivisionTree tree, DivisionId division)
    {
        while (tree.Level(division) is not DivisionLevel.Village)
            if (tree.Children(division).Take(2).ToList() is [var only])
                division = only;
            else
                return false;
        return true;
    }

    /// <summary>Merges among the children of one division, by all their figures, whatever was asked for.</summary>
    public static SmallCells Merge(DivisionTree tree, IReadOnlyCollection<DivisionId> children, Dictionary<DivisionId, long[]> figures)
    {
        var merged = children.Where(c => HasSmallCell(figures, c) && IsOneVillage(tree, c)).ToList();
        if (merged.Count == 1 && children.Count > 1)
            merged.Add(children.Except(merged).MinBy(v => Total(figures, v) is > 0 and var n ? n : long.MaxValue));
        var sums = Measures.NoFigures();
        foreach (var village in merged.Where(figures.ContainsKey))
            for (var measure = 0; measure < sums.Length; measure++)
                sums[measure] += figures[village][measure];
        return new(merged, sums);
    }

    private static bool HasSmallCell(Dictionary<DivisionId, long[]> figures, DivisionId village) =>
        figures.TryGetValue(village, out var cells) && cells.Index().Any(c => c.Item is > 0 and < Smallest && !ClassDays.Contains((short)c.Index));

    /// <summary>Whom the village counts; one that has nothing but duties, hazards, reports and the like is empty.</summary>
    private static long Total(Dictionary<DivisionId, long[]> figures, DivisionId village) => figures.TryGetValue(village, out var cells) ? People.Sum(m => cells[m]) : 0;
}
