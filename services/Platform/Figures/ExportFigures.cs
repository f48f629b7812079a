using System.Globalization;
using System.Runtime.CompilerServices;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.OfficialTable;
using LeftBehind.Platform.Quarters;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Sheets;
using Npgsql;

namespace LeftBehind.Platform.Figures;

/// <summary>
/// The figures of a division and all below it down to a level as one table, a row for each, parents before children. Small cells are merged as in
/// every answer. All rows are of one state of the cube; however many there are, those of some parents are in memory.
/// </summary>
public sealed class ExportFigures(NpgsqlDataSource database, FigureViews views, CountedTree counted)
{
    private const int ParentsAtATime = 50;
    private const string Sheet = "汇总表";

    /// <summary>So long the one state is kept for a slow reader; platform default.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Checks the request before anything is answered; what follows only reads.</summary>
    public async Task<IAsyncEnumerable<byte[]>> BeginAsync(ExportFiguresRequest request, Admission admission, CancellationToken ct)
    {
        var view = await views.OfAsync(request.Quarter, request.DivisionCode, admission, ct);
        var division = view.Division;
        if (!Enum.TryParse<DivisionLevel>(request.Level, out var level) || !Enum.IsDefined(level) || level < view.Tree.Level(division))
            throw Requests.Invalid("level: City, County, Town or Village, at or below the division");
        if (request.OfficialTable && request.Populations.Count + request.Dimensions.Count > 0)
            throw Requests.Invalid("populations, dimensions: empty, the official table has columns of its own");
        if (!Enum.IsDefined(request.Format))
            throw Requests.Invalid("format: FIGURE_CSV or FIGURE_XLSX");
        var shown = GetFigures.For(admission.Caller!, request.OfficialTable ? Measures.Of([Measures.LeftBehind], []) : GetFigures.MeasuresOf(request.Populations, request.Dimensions));
        var columns = request.OfficialTable ? OfficialColumns.Of(shown).Select(c => new Column($"{c.Group}：{c.Heading}", c.Measure)) : shown.Select(m => new Column(Measures.All[m], m));
        return WriteAsync(division, view.Model, level, [.. columns], request.OfficialTable ? Chinese : English, request.Format, admission.Caller!.MayNameChildren, ct);
    }

    private sealed record Column(string Heading, short Measure);

    private static readonly string[] English = ["code", "name", "level", "merged", "countedOn"], Chinese = ["行政区划代码", "名称", "级别", "合并村数", "统计日"];

    private async IAsyncEnumerable<byte[]> WriteAsync(
        DivisionId root, ReadModel of, DivisionLevel level, Column[] columns, string[] headings, FigureFormat format, bool named, [EnumeratorCancellation] CancellationToken caller)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(caller);
        limit.CancelAfter(Patience);
        var ct = limit.Token;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var snapshot = await FigureSnapshot.BeginAsync(connection, ct, of.Schema);
        var tree = await TreeAsync(connection, root, of, ct);
        using SheetWriter file = format is FigureFormat.FigureXlsx ? new WorkbookWriter(Sheet) : new CsvSheetWriter();
        // Small cells are told by all figures, whichever are asked for.
        var read = named ? [.. columns.Select(c => c.Measure)] : Measures.Of([], []);
        var beside = named ? [] : Beside(tree, root);
        var own = await FigureReads.ReadAsync(connection, [root, .. beside], read, ct, of);
        if (SmallCells.Merge(tree, beside, own.Figures).Hides(root))
            throw GetFigures.TooSmall();
        file.Row([.. headings, .. columns.Select(c => c.Heading)]);
        file.Row(Cells(tree, root, own, columns));
        var hidden = new HashSet<DivisionId>();
        foreach (var parents in tree.Within(root).Where(d => tree.Level(d) < level && tree.Standing(d) is not DivisionStanding.Merged).Chunk(ParentsAtATime))
        {
            var below = await FigureReads.ReadAsync(connection, [.. parents.SelectMany(p => tree.CountedChildren(p))], read, ct, of);
            foreach (var parent in parents)
                Write(parent, below);
            yield return file.Take();
        }
        file.End();
        yield return file.Take();

        void Write(DivisionId parent, FigureReads below)
        {
            var children = GetFigures.Counting(tree, [.. tree.CountedChildren(parent)], below);
            var merged = named ? SmallCells.None : SmallCells.Merge(tree, children, below.Figures);
            // What lies below a division that is not shown is that division once more.
            hidden.UnionWith(hidden.Contains(parent) ? children : children.Where(merged.Hides));
            foreach (var child in children.Where(c => !hidden.Contains(c) && tree.Level(c) <= level))
                file.Row(Cells(tree, child, below, columns));
            if (merged.Villages.Count > 1 && !hidden.Contains(parent))
                file.Row(["", tree.Name(parent), "", merged.Villages.Count.ToString(CultureInfo.InvariantCulture), Day(below), .. columns.Select(c => Number(merged.Sums[c.Measure]))]);
        }
    }

    /// <summary>The tree at which the figures of this state stand.</summary>
    private async Task<DivisionTree> TreeAsync(NpgsqlConnection connection, DivisionId root, ReadModel of, CancellationToken ct)
    {
        await using var changes = new NpgsqlCommand($"select {CountedTree.ChangesIn(of.Schema)}", connection);
        var tree = await counted.AfterAsync(connection, (long)(await changes.ExecuteScalarAsync(ct))!, ct);
        return tree.Find(root) is null ? throw ScopeGuard.NotFound() : tree;
    }

    /// <summary>Of a single village, those beside it, with which it may be merged.</summary>
    private static List<DivisionId> Beside(DivisionTree tree, DivisionId root) => SmallCells.IsOneVillage(tree, root) ? [.. tree.CountedChildren(tree.Parent(root)!.Value)] : [];

    private static string[] Cells(DivisionTree tree, DivisionId id, FigureReads read, Column[] columns)
    {
        var cells = read.Figures.GetValueOrDefault(id) ?? Measures.NoFigures();
        return [tree.Code(id).ToString(), tree.Name(id), tree.Level(id).ToString(), "", Day(read), .. columns.Select(c => Number(cells[c.Measure]))];
    }

    private static string Day(FigureReads read) => read.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long n) => n.ToString(CultureInfo.InvariantCulture);
}
