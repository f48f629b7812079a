using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using Npgsql;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Indicators;

/// <summary>Shares of a division and of those below it, and the leagues made of them: from the same rows as the figures, so of one state and with the same small cells merged.</summary>
public sealed class GetIndicators(NpgsqlDataSource database, DivisionTree live, CountedTree counted, TimeProvider clock)
{
    public async Task<V1.Indicators> AnswerAsync(V1.GetIndicatorsRequest request, ServerCallContext context)
    {
        foreach (var name in request.Indicators.Where(name => Indicator.Find(name) is null))
            throw Unknown();
        var (id, rows, shown) = await ReadAsync(request.DivisionCode, context);
        var asked = Indicator.All.Where(i => (request.Indicators.Count == 0 || request.Indicators.Contains(i.Name)) && i.IsShownBy(shown)).ToList();
        var answer = new V1.Indicators
        {
            Division = Row(rows.Own, GetFigures.Shown(rows.Tree, id)), CountedOn = Calls.Days.Written(rows.Day), AsOfSequence = rows.Sequence,
            Children = { rows.Children.Select(c => Row(c.Figures, GetFigures.Shown(rows.Tree, c.Division))) },
        };
        if (rows.Merged is { } merged)
            answer.Children.Add(Row(merged.Sums, null, merged.Villages.Count));
        return answer;

        V1.DivisionIndicators Row(long[]? figures, V1.Division? division, int merged = 0)
        {
            var row = new V1.DivisionIndicators { Division = division, Merged = merged > 0, MergedVillages = merged };
            foreach (var (indicator, (have, of)) in asked.Select(i => (i, i.Count(figures ?? Measures.NoFigures()))))
                row.Shares.Add(new V1.Share { Indicator = indicator.Name, Title = indicator.Title, Have = have, Of = of });
            return row;
        }
    }

    /// <summary>The divisions right below one, by one indicator. Those shown merged only are in none.</summary>
    public async Task<V1.League> LeagueAsync(V1.GetLeagueRequest request, ServerCallContext context)
    {
        var indicator = Indicator.Find(request.Indicator) ?? throw Unknown();
        var (_, rows, shown) = await ReadAsync(request.DivisionCode, context);
        if (!indicator.IsShownBy(shown))
            throw new RpcException(new(StatusCode.PermissionDenied, "this indicator is made of figures that the caller is not shown"));
        var ranked = Ranking.Of(rows.Children, c => indicator.Count(c.Figures ?? Measures.NoFigures()));
        return new()
        {
            Indicator = indicator.Name, Title = indicator.Title, CountedOn = Calls.Days.Written(rows.Day), AsOfSequence = rows.Sequence,
            Places =
            {
                ranked.Select(r => (r, Count: indicator.Count(r.Row.Figures ?? Measures.NoFigures()))).Select(p => new V1.Place
                {
                    Rank = p.r.Rank, Division = GetFigures.Shown(rows.Tree, p.r.Row.Division), Have = p.Count.Have, Of = p.Count.Of,
                }),
            },
        };
    }

    /// <summary>The departments of a division and of all below it, by how many of their duties are or were not late.</summary>
    public async Task<V1.DepartmentLeague> DepartmentsAsync(V1.GetDepartmentLeagueRequest request, ServerCallContext context)
    {
        var (_, rows, _) = await ReadAsync(request.DivisionCode, context);
        var cells = rows.Own ?? Measures.NoFigures();
        var ranked = Ranking.Of(Enum.GetValues<OwnerDepartment>(), department => (Owed(department) - Late(department), Owed(department)));
        return new()
        {
            CountedOn = Calls.Days.Written(rows.Day), AsOfSequence = rows.Sequence,
            Places = { ranked.Select(r => new V1.DepartmentPlace { Rank = r.Rank, Department = Cells.Word(r.Row), Owed = Owed(r.Row), Late = Late(r.Row) }) },
        };

        long Owed(OwnerDepartment department) => cells[Measures.Number(Measures.Obligation, "owner", Cells.Word(department))];
        long Late(OwnerDepartment department) => cells[Measures.Number(Measures.Obligation, "late", Cells.Word(department))];
    }

    private async Task<(DivisionId Id, DivisionRows Rows, HashSet<short> Shown)> ReadAsync(string code, ServerCallContext context)
    {
        var id = DivisionRequests.Find(live, code, clock);
        context.Require(id);
        var caller = context.GetCaller();
        var shown = GetFigures.For(caller, Measures.Of([], []));
        return (id!.Value, await DivisionRows.ReadAsync(database, live, counted, id.Value, caller.MayNameChildren, shown, context.CancellationToken), [.. shown]);
    }

    private static RpcException Unknown() => Requests.Invalid($"indicator: one of {string.Join(", ", Indicator.All.Select(i => i.Name))}");
}
