using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Platform.Divisions;
using Npgsql;

namespace LeftBehind.Platform.Figures;

/// <summary>A division's figures and its children's, as a caller may see them: without child access, small villages are merged and none is shown by itself.</summary>
/// <param name="Tree">The tree at which the figures stand.</param>
/// <param name="Own">Of the division; null when nothing is counted there.</param>
/// <param name="Children">Of those below that are shown by themselves.</param>
/// <param name="Merged">Of those that are shown as one; null when none are. Of a single village there is no sum to show.</param>
/// <param name="Below">Of all below, shown or not.</param>
/// <param name="Day">The day they are counted on.</param>
/// <param name="Sequence">Where the fold stands.</param>
internal sealed record DivisionRows(
    DivisionTree Tree, long[]? Own, IReadOnlyList<(DivisionId Division, long[]? Figures)> Children, SmallCells? Merged, IReadOnlyList<long[]> Below, DateOnly Day, long Sequence)
{
    /// <summary>
    /// Reads them, with the tree at which they stand: between a change of the tree and its counting the two are asked once more, so that nothing is shown of one
    /// division in the place of another. Those that were abolished are there as long as they count anybody. A village too small to be shown to this caller is refused.
    /// </summary>
    public static async Task<DivisionRows> ReadAsync(NpgsqlDataSource database, DivisionTree live, CountedTree counted, DivisionId id, bool named, short[] shown, CancellationToken ct, ReadModel? of = null)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        for (var tree = live.Still; ;)
        {
            var children = tree.CountedChildren(id).ToList();
            List<DivisionId> siblings = !named && tree.Find(id) is not null && SmallCells.IsOneVillage(tree, id) && tree.Parent(id) is { } parent ? [.. tree.CountedChildren(parent)] : [];
            // Small cells are told by all figures, so that asking for a few of them opens nothing; the answer shows those asked for.
            var read = await FigureReads.ReadAsync(connection, [id, .. siblings, .. children], named ? shown : Measures.Of([], []), ct, of);
            if (read.Changes != tree.History.Changes)
                tree = await counted.AfterAsync(connection, read.Changes, ct);
            else
                return tree.Find(id) is null ? throw ScopeGuard.NotFound() : Of(tree, id, siblings, GetFigures.Counting(tree, children, read), named, read);
        }
    }

    private static DivisionRows Of(DivisionTree tree, DivisionId id, List<DivisionId> siblings, List<DivisionId> children, bool named, FigureReads read)
    {
        if (SmallCells.Merge(tree, siblings, read.Figures).Hides(id))
            throw GetFigures.TooSmall();
        var merged = named ? SmallCells.None : SmallCells.Merge(tree, children, read.Figures);
        return new(
            tree, read.Figures.GetValueOrDefault(id), [.. children.Where(c => !merged.Hides(c)).Select(c => (c, read.Figures.GetValueOrDefault(c)))],
            merged.Villages.Count > 1 ? merged : null, [.. children.Select(read.Figures.GetValueOrDefault).OfType<long[]>()], read.Day, read.Sequence);
    }
}
