using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Protos.Platform.V1;
using Npgsql;
using Division = LeftBehind.Protos.Platform.V1.Division;

namespace LeftBehind.Platform.Figures;

/// <summary>A division, its path, its figures and its children's figures: one round trip to the cube, never a scan of subjects.</summary>
public sealed class GetFigures(NpgsqlDataSource database, DivisionTree tree, TimeProvider clock)
{
    public async Task<Protos.Platform.V1.Figures> AnswerAsync(GetFiguresRequest request, ServerCallContext context)
    {
        var id = DivisionRequests.Find(tree, request.DivisionCode, clock);
        context.Require(id);
        var shown = For(context.GetCaller(), MeasuresOf(request));
        var children = tree.Children(id!.Value).ToList();
        var suppress = !context.GetCaller().MayNameChildren;
        List<DivisionId> siblings = suppress && SmallCells.IsOneVillage(tree, id.Value) ? [.. tree.Children(tree.Parent(id.Value)!.Value)] : [];
        // Small cells are told by all figures, so that asking for a few of them opens nothing; the answer shows those asked for.
        var read = await ReadAsync([id.Value, .. siblings, .. children], suppress ? Measures.Of([], []) : shown, context.CancellationToken);
        var merged = suppress ? SmallCells.Merge(tree, children, read.Figures) : SmallCells.None;
        if (SmallCells.Merge(tree, siblings, read.Figures).Hides(id.Value))
            throw new RpcException(new(StatusCode.FailedPrecondition, "this village has figures too small to show by itself; ask the division above, where it is merged with others"));

        var only = shown.ToHashSet();
        var answer = new Protos.Platform.V1.Figures
        {
            Division = Row(id.Value, read.Figures, only), Path = { tree.Path(id.Value).Select(Shown) },
            CountedOn = read.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), AsOfSequence = read.Sequence,
        };
        answer.Children.Add(children.Where(c => !merged.Hides(c)).Select(c => Row(c, read.Figures, only)));
        // Of a single village there is no sum to show.
        if (merged.Villages.Count > 1)
            answer.Children.Add(new DivisionFigures { Merged = true, MergedVillages = merged.Villages.Count, Figures = { Shown(merged.Sums, only) } });
        return answer;
    }

    private sealed record Read(Dictionary<DivisionId, SortedDictionary<short, long>> Figures, DateOnly Day, long Sequence);

    private async Task<Read> ReadAsync(List<DivisionId> divisions, short[] measures, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select division, array_agg(measure), array_agg(n) from {PlatformModule.Schema}.division_figure where division = any($1) and measure = any($2) and n <> 0 group by division")
                {
                    Parameters = { new() { Value = divisions.ConvertAll(d => d.Value).ToArray() }, new() { Value = measures } },
                },
                new($"select (select day from {PlatformModule.Schema}.counting_day), coalesce((select last_seq_id from {PlatformModule.Schema}.mt_event_progression where name = $1), 0)")
                {
                    Parameters = { new() { Value = FiguresProjection.ProgressName + ":All" } },
                },
            },
        };
        var figures = new Dictionary<DivisionId, SortedDictionary<short, long>>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            figures[new(reader.GetInt64(0))] = new(reader.GetFieldValue<short[]>(1).Zip(reader.GetFieldValue<long[]>(2)).ToDictionary(f => f.First, f => f.Second));
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return new(figures, reader.IsDBNull(0) ? DateOnly.MinValue : reader.GetFieldValue<DateOnly>(0), reader.GetInt64(1));
    }

    private static readonly HashSet<short> Assessed = [.. Measures.Of([Measures.Assessment, Measures.Plan, Measures.Service], [])];

    /// <summary>
    /// To whoever names a village's children small figures are shown, so those of reports to none of them who reads no report, and those of
    /// assessments and plans to none who reads none of these.
    /// </summary>
    internal static short[] For(Caller caller, short[] measures) => !caller.MayNameChildren ? measures :
    [
        .. measures.Where(m => (caller.Reads(FieldGroup.ReportResponse) || !Measures.Told(m).Contains(FieldGroup.ReportResponse))
            && (caller.Reads(FieldGroup.AssessmentPlan) || !Assessed.Contains(m))),
    ];

    private static short[] MeasuresOf(GetFiguresRequest request)
    {
        foreach (var population in request.Populations.Where(p => !Measures.Populations.Contains(p)))
            throw new RpcException(new(StatusCode.InvalidArgument, $"populations: one of {string.Join(", ", Measures.Populations)}"));
        foreach (var dimension in request.Dimensions.Where(d => !Measures.DimensionNames.Contains(d)))
            throw new RpcException(new(StatusCode.InvalidArgument, $"dimensions: one of {string.Join(", ", Measures.DimensionNames)}"));
        return Measures.Of(request.Populations, request.Dimensions);
    }

    private DivisionFigures Row(DivisionId id, Dictionary<DivisionId, SortedDictionary<short, long>> figures, HashSet<short> only) =>
        new() { Division = Shown(id), Figures = { figures.TryGetValue(id, out var cells) ? Shown(cells, only) : [] } };

    private static IEnumerable<Figure> Shown(SortedDictionary<short, long> cells, HashSet<short> only) =>
        cells.Where(c => only.Contains(c.Key)).Select(c => new Figure { Measure = Measures.All[c.Key], Value = c.Value });

    private Division Shown(DivisionId id) => new()
    {
        DivisionId = id.ToString(), Code = tree.Code(id).ToString(), Name = tree.Name(id), Level = tree.Level(id).ToString(), Virtual = tree.IsVirtual(id),
    };
}
