using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using LeftBehind.Divisions;

namespace LeftBehind.Platform.Figures;

/// <summary>Which divisions' figures a change of the tree moves, and from whom to whom. Names and codes move none, and nobody is told of in a division anew. Pure.</summary>
internal static class MovedFigures
{
    /// <summary>The divisions whose figures move as a whole.</summary>
    public static IReadOnlyList<DivisionId> Of(IDivisionChange change) => change switch
    {
        DivisionReparented c => [c.Division],
        DivisionsMerged c => c.Divisions,
        DivisionSplit c => [.. c.Parts.SelectMany(p => p.Children)],
        _ => [],
    };

    /// <summary>What is added to which division: whoever held the figures before and does not now loses them, and the other way round.</summary>
    public static IEnumerable<(DivisionId Division, int Times)> Moves(DivisionHistory before, DivisionHistory after, DivisionId division)
    {
        var (was, holds) = (before.Upwards(division).ToList(), after.Upwards(division).ToList());
        return was.Except(holds).Select(d => (d, -1)).Concat(holds.Except(was).Select(d => (d, +1)));
    }
}
