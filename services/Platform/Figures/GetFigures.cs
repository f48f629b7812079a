using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Quarters;
using LeftBehind.Protos.Platform.V1;
using Npgsql;
using Division = LeftBehind.Protos.Platform.V1.Division;

namespace LeftBehind.Platform.Figures;

/// <summary>A division, its path, its figures and its children's figures: one round trip to the cube, never a scan of subjects.</summary>
public sealed class GetFigures(NpgsqlDataSource database, FigureViews views, CountedTree counted)
{
    public async Task<Protos.Platform.V1.Figures> AnswerAsync(GetFiguresRequest request, ServerCallContext context)
    {
        var view = await views.OfAsync(request.Quarter, request.DivisionCode, context.GetAdmission(), context.CancellationToken);
        var id = view.Division;
        var shown = For(context.GetCaller(), MeasuresOf(request.Populations, request.Dimensions));
        var rows = await DivisionRows.ReadAsync(database, view.Tree, counted, id, context.GetCaller().MayNameChildren, shown, context.CancellationToken, view.Model);
        var answer = new Protos.Platform.V1.Figures
        {
            Division = Row(rows.Tree, id, rows.Own, shown), Path = { rows.Tree.Path(id).Select(d => Shown(rows.Tree, d)) },
            CountedOn = rows.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), AsOfSequence = rows.Sequence,
        };
        answer.Children.Add(rows.Children.Select(c => Row(rows.Tree, c.Division, c.Figures, shown)));
        if (rows.Merged is { } merged)
            answer.Children.Add(new DivisionFigures { Merged = true, MergedVillages = merged.Villages.Count, Figures = { Shown(merged.Sums, shown) }, Delays = { Delays.Of(merged.Sums, shown) } });
        return answer;
    }

    /// <summary>The divisions that are there, and those that were abolished and still count somebody.</summary>
    internal static List<DivisionId> Counting(DivisionTree tree, List<DivisionId> divisions, FigureReads read) =>
        divisions.FindAll(d => tree.Standing(d) is DivisionStanding.Living || read.Figures.ContainsKey(d));

    /// <summary>A village that is shown only merged with others.</summary>
    internal static RpcException TooSmall() =>
        new(new(StatusCode.FailedPrecondition, "this village has figures too small to show by itself; ask the division above, where it is merged with others"));

    private static readonly HashSet<short> Assessed = [.. Measures.Of([Measures.Assessment, Measures.Plan, Measures.Service], []), .. Measures.Of([Measures.LeftBehind], ["grade"])];

    /// <summary>
    /// To whoever names a village's children small figures are shown, so those of reports, appeals, assessments and plans to none of them who
    /// reads none of these.
    /// </summary>
    internal static short[] For(Caller caller, short[] measures)
    {
        if (!caller.MayNameChildren)
            return measures;
        var (unread, assessed) = (Array.FindAll(OfCases, group => !caller.Reads(group)), caller.Reads(FieldGroup.AssessmentPlan));
        return Array.FindAll(measures, m => !Array.Exists(unread, Measures.Told(m).Contains) && (assessed || !Assessed.Contains(m)));
    }

    private static readonly FieldGroup[] OfCases = [FieldGroup.ReportResponse, FieldGroup.HotlineAppeal];

    /// <summary>The measures asked for; an unknown word is an invalid argument.</summary>
    internal static short[] MeasuresOf(IReadOnlyCollection<string> populations, IReadOnlyCollection<string> dimensions)
    {
        foreach (var population in populations.Where(p => !Measures.Populations.Contains(p)))
            throw new RpcException(new(StatusCode.InvalidArgument, $"populations: one of {string.Join(", ", Measures.Populations)}"));
        foreach (var dimension in dimensions.Where(d => !Measures.DimensionNames.Contains(d)))
            throw new RpcException(new(StatusCode.InvalidArgument, $"dimensions: one of {string.Join(", ", Measures.DimensionNames)}"));
        return Measures.Of(populations, dimensions);
    }

    private static DivisionFigures Row(DivisionTree tree, DivisionId id, long[]? cells, short[] only) => cells is null
        ? new() { Division = Shown(tree, id) }
        : new() { Division = Shown(tree, id), Figures = { Shown(cells, only) }, Delays = { Delays.Of(cells, only) } };

    private static IEnumerable<Figure> Shown(long[] cells, short[] only) =>
        only.Where(measure => cells[measure] != 0).Select(measure => new Figure { Measure = Measures.All[measure], Value = cells[measure] });

    /// <summary>A division in words.</summary>
    internal static Division Shown(DivisionTree tree, DivisionId id) => new()
    {
        DivisionId = id.ToString(), Code = tree.Code(id).ToString(), Name = tree.Name(id), Level = tree.Level(id).ToString(), Virtual = tree.IsVirtual(id), Ended = tree.Standing(id) is not DivisionStanding.Living,
        Functional = tree.Code(id).IsFunctional(),
    };
}
