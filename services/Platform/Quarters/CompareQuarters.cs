using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;
using Npgsql;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Quarters;

/// <summary>Quarters beside each other: figures over time, and how left-behind children came and went.</summary>
public sealed class CompareQuarters(NpgsqlDataSource database, QuarterCopies copies, DivisionTree live, CountedTree counted, TimeProvider clock)
{
    private const int MostMeasures = 20;

    /// <summary>The division is one and the same through its codes and names; of a time before it was there nothing is known.</summary>
    public async Task<V1.Trend> TrendAsync(V1.GetTrendRequest request, ServerCallContext context)
    {
        var id = DivisionRequests.Find(live, request.DivisionCode, clock);
        context.Require(id);
        if (request.Measures.Count is 0 or > MostMeasures)
            throw Requests.Invalid($"measures: 1 to {MostMeasures}");
        var (caller, ct) = (context.GetCaller(), context.CancellationToken);
        short[] asked = [.. request.Measures.Select(m => Measures.Find(m) ?? throw Requests.Invalid("measures: unknown"))];
        if (asked.Except(GetFigures.For(caller, asked)).Any())
            throw new RpcException(new(StatusCode.PermissionDenied, "a figure that the caller is not shown"));
        var trend = new V1.Trend();
        foreach (var copy in await copies.AllAsync(ct))
            trend.Points.Add(copy.Tree.Find(id!.Value) is null ? new() { Quarter = $"{copy.Quarter}" } : await PointAsync($"{copy.Quarter}", copy.Model, copy.Tree));
        trend.Points.Add(await PointAsync("", ReadModel.Live, live));
        return trend;

        async Task<V1.TrendPoint> PointAsync(string quarter, ReadModel model, DivisionTree tree)
        {
            var rows = await DivisionRows.ReadAsync(database, tree, counted, id!.Value, caller.MayNameChildren, asked, ct, model);
            return new() { Quarter = quarter, Known = true, Values = { asked.Select(m => rows.Own?[m] ?? 0) } };
        }
    }

    /// <summary>Who is left behind in one copy and not in the other, by where it was counted there, and why.</summary>
    public async Task<V1.Flows> FlowsAsync(V1.GetFlowsRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var (now, division) = await copies.FindAsync(request.Quarter, request.DivisionCode, context.GetAdmission(), ct);
        var then = await copies.FindAsync(now.Quarter.Before, ct) ?? throw new RpcException(new(StatusCode.FailedPrecondition, "quarter: the one before was not cut"));
        ReadQuarters.EnsureNoVillage(now, division);
        var (before, after) = (await LeftBehindAsync(then, division, ct), await LeftBehindAsync(now, division, ct));
        var flows = new V1.Flows { Before = before.Count, Now = after.Count };
        var came = await FactsAsync(now, after.Except(before), then, ct);
        var went = await FactsAsync(now, before.Except(after), then, ct);
        flows.Entered.Add(Sums(came.Select(c => Entered(c.Before, c.Now))));
        flows.Left.Add(Sums(went.Select(c => Left(c.Now))));
        return flows;
    }

    private static IEnumerable<V1.Flow> Sums(IEnumerable<string> reasons) =>
        reasons.CountBy(r => r).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new V1.Flow { Reason = r.Key, Children = r.Value });

    /// <summary>One reason a child, in the order in which one hides the other.</summary>
    private static string Entered(SubjectFacts? before, SubjectFacts now) => (before, now.Why ?? CategoryReasons.None) switch
    {
        (null, _) => "filed",
        ({ Child.Facts: var b }, _) when b.Category.IsLeftBehind() && b.State is FileState.Open => "movedIn",
        (_, var why) when why.HasFlag(CategoryReasons.ParentsLeft) || why.HasFlag(CategoryReasons.ParentLostCapacity) => "parentsLeft",
        (_, var why) when why.HasFlag(CategoryReasons.MovedToRural) => "movedIn",
        (_, var why) when why.HasFlag(CategoryReasons.FactsCorrected) || why.HasFlag(CategoryReasons.RuleChanged) => "factsCorrected",
        _ => "other",
    };

    /// <inheritdoc cref="Entered"/>
    private static string Left(SubjectFacts? now) => (now?.Child?.Facts, now?.Why ?? CategoryReasons.None) switch
    {
        (null, _) => "fileClosed",
        ({ State: FileState.Deceased }, _) => "died",
        ({ State: FileState.Adult }, _) => "agedOut",
        ({ State: FileState.MovedAway }, _) => "movedAway",
        ({ State: not FileState.Open }, _) => "fileClosed",
        ({ Category: var c }, _) when c.IsLeftBehind() => "movedAway",
        (_, var why) when why.HasFlag(CategoryReasons.AgedOut) => "agedOut",
        (_, var why) when why.HasFlag(CategoryReasons.ParentReturned) || why.HasFlag(CategoryReasons.CarerCapacityRestored) => "parentReturned",
        (_, var why) when why.HasFlag(CategoryReasons.MovedWithParents) => "movedAway",
        (_, var why) when why.HasFlag(CategoryReasons.FactsCorrected) || why.HasFlag(CategoryReasons.RuleChanged) => "factsCorrected",
        _ => "other",
    };

    /// <summary>The division's children of one copy, by the copy's own tree.</summary>
    private async Task<HashSet<Guid>> LeftBehindAsync(QuarterCopy copy, DivisionId division, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select subject from {copy.Quarter.Schema}.subject_facts where village = any($1) and measures @> array[$2::smallint]");
        command.Parameters.Add(new() { Value = copy.Tree.Find(division) is null ? [] : copy.Tree.ValuesWithin(division) });
        command.Parameters.Add(new() { Value = Measures.Number(Measures.LeftBehind, "total", "all") });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var children = new HashSet<Guid>();
        while (await reader.ReadAsync(ct))
            children.Add(reader.GetGuid(0));
        return children;
    }

    private async Task<List<(SubjectFacts? Before, SubjectFacts Now)>> FactsAsync(QuarterCopy now, IEnumerable<Guid> children, QuarterCopy then, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select t.facts::text, n.facts::text from unnest($1::uuid[]) c left join {then.Quarter.Schema}.subject_facts t on t.subject = c left join {now.Quarter.Schema}.subject_facts n on n.subject = c
            """);
        command.Parameters.Add(new() { Value = children.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var facts = new List<(SubjectFacts?, SubjectFacts)>();
        while (await reader.ReadAsync(ct))
            facts.Add((Read(0), Read(1) ?? new()));
        return facts;

        SubjectFacts? Read(int column) => reader.IsDBNull(column) ? null : System.Text.Json.JsonSerializer.Deserialize<SubjectFacts>(reader.GetString(column), EventLog.EventTypes.Json);
    }
}
