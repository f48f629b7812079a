using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Quarters;
using LeftBehind.Protos.Platform.V1;
using Npgsql;

namespace LeftBehind.Platform.OfficialTable;

/// <summary>The official table of a division and of those below it, each row judged by the cross-checks.</summary>
public sealed class GetOfficialTable(NpgsqlDataSource database, FigureViews views, CountedTree counted)
{
    public async Task<Protos.Platform.V1.OfficialTable> AnswerAsync(GetOfficialTableRequest request, ServerCallContext context)
    {
        var view = await views.OfAsync(request.Quarter, request.DivisionCode, context.GetAdmission(), context.CancellationToken);
        var (id, named) = (view.Division, context.GetCaller().MayNameChildren);
        var shown = GetFigures.For(context.GetCaller(), Measures.Of([Measures.LeftBehind], []));
        var rows = await DivisionRows.ReadAsync(database, view.Tree, counted, id, named, shown, context.CancellationToken, view.Model);
        var tree = rows.Tree;
        var columns = OfficialColumns.Of(shown);
        // A rule that speaks of a column which this caller is not shown is not judged for it.
        var rules = TableRules.All.Where(rule => OfficialColumns.All.Except(columns).All(c => !rule.Left.Concat(rule.Right).Any(name => TableRules.Names(name, c)))).ToList();
        var answer = new Protos.Platform.V1.OfficialTable
        {
            Columns = { columns.Select(c => new TableColumn { Key = c.Key, Group = c.Group, Heading = c.Heading }) },
            Rules = { rules.Select(r => new Protos.Platform.V1.TableRule { Id = r.Id, Text = r.Text, Warning = r.Importance is Importance.Warning }) },
            Division = Row(rows.Own, tree.Level(id), rows.Below),
            CountedOn = rows.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), AsOfSequence = rows.Sequence,
        };
        answer.Division.Division = GetFigures.Shown(tree, id);
        foreach (var (child, figures) in rows.Children)
        {
            var row = Row(figures, tree.Level(child), null);
            row.Division = GetFigures.Shown(tree, child);
            answer.Children.Add(row);
        }
        if (rows.Merged is { } merged)
        {
            var row = Row(merged.Sums, tree.Level(merged.Villages.First()), null);
            (row.Merged, row.MergedVillages) = (true, merged.Villages.Count);
            answer.Children.Add(row);
        }
        return answer;

        Protos.Platform.V1.TableRow Row(long[]? figures, DivisionLevel level, IReadOnlyList<long[]>? below)
        {
            var cells = figures ?? Measures.NoFigures();
            return new() { Cells = { columns.Select(c => cells[c.Measure]) }, Findings = { JudgeRow.Judge(rules, level, cells, below).Select(Shown) } };
        }
    }

    private static Protos.Platform.V1.RuleFinding Shown(RuleFinding finding) =>
        new() { RuleId = finding.Rule.Id, NotJudged = !finding.Judged, Left = finding.Left, Right = finding.Right, Column = finding.Column?.Key ?? "" };
}
