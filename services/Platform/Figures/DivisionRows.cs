using LeftBehind.Contracts;
using LeftBehind.Divisions;
using Npgsql;

namespace LeftBehind.Platform.Figures;

/// <summary>A division's figures and its children's, as a caller may see them: without child access, small villages are merged and none is shown by itself.</summary>
/// <param name="Own">Of the division; null when nothing is counted there.</param>
/// <param name="Children">Of those below that are shown by themselves.</param>
/// <param name="Merged">Of those that are shown as one; null when none are. Of a single village there is no sum to show.</param>
/// <param name="Below">Of all below, shown or not.</param>
/// <param name="Day">The day they are counted on.</param>
/// <param name="Sequence">Where the fold stands.</param>
internal sealed record DivisionRows(
    long[]? Own, IReadOnlyList<(DivisionId Division, long[]? Figures)> Children, SmallCells? Merged, IReadOnlyList<long[]> Below, DateOnly Day, long Sequence)
{
    /// <summary>Reads them in one round trip; a village too small to be shown to this caller is refused.</summary>
    public static async Task<DivisionRows> ReadAsync(NpgsqlDataSource database, DivisionTree tree, DivisionId id, bool named, short[] shown, CancellationToken ct)
    {
        var children = tree.Children(id).ToList();
        List<DivisionId> siblings = !named && SmallCells.IsOneVillage(tree, id) ? [.. tree.Children(tree.Parent(id)!.Value)] : [];
        // Small cells are told by all figures, so that asking for a few of them opens nothing; the answer shows those asked for.
        FigureReads read;
        await using (var connection = await database.OpenConnectionAsync(ct))
            read = await FigureReads.ReadAsync(connection, [id, .. siblings, .. children], named ? shown : Measures.Of([], []), ct);
        if (SmallCells.Merge(tree, siblings, read.Figures).Hides(id))
            throw GetFigures.TooSmall();
        var merged = named ? SmallCells.None : SmallCells.Merge(tree, children, read.Figures);
        return new(
            read.Figures.GetValueOrDefault(id), [.. children.Where(c => !merged.Hides(c)).Select(c => (c, read.Figures.GetValueOrDefault(c)))],
            merged.Villages.Count > 1 ? merged : null, [.. children.Select(read.Figures.GetValueOrDefault).OfType<long[]>()], read.Day, read.Sequence);
    }
}
