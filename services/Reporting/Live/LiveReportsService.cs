using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Live;

/// <summary>The live work list of reports: the most urgent first, then as they were reported; each to nobody whom it concerns.</summary>
public sealed class LiveReportsService(EventStore store, WatchLog watch, DivisionTree tree, TimeProvider clock) : V1.LiveReports.LiveReportsBase
{
    private readonly LiveLog log = new(store);

    public override Task WatchReports(V1.WatchReportsRequest request, IServerStreamWriter<V1.LiveAnswer> responseStream, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var divisions = tree.ValuesWithin(division!.Value).ToHashSet();
        return watch.RunAsync(request.Cursor, ct => log.NowAsync(divisions, ct), log.SinceAsync, standing => Shown(standing, divisions, context.GetCaller()),
            (reports, cursor, complete) => responseStream.WriteAsync(new() { Reports = { reports }, Cursor = cursor, Complete = complete }, context.CancellationToken), context);
    }

    private IEnumerable<V1.LiveReport> Shown(Standing standing, HashSet<long> divisions, Caller caller) =>
        from report in standing.Reports
        where divisions.Contains(report.Case.Division.Value) && !report.IsConcerned(caller)
        orderby report.Case.Urgency descending, report.ReportedAt
        let response = report.Response is { } id ? standing.Responses[id] : null
        select new V1.LiveReport
        {
            ReportId = report.Id.ToString(), Standing = Enum.Parse<V1.Standing>(report.State.ToString()), Open = report.IsOpenCase,
            Urgency = Enum.Parse<V1.Urgency>(report.Case.Urgency.ToString()), Situations = { report.Situations.Select(s => Enum.Parse<V1.Situation>(s.ToString())) },
            DivisionCode = tree.Code(report.Case.Division).ToString(), ReportedAt = Requests.Written(report.ReportedAt), ResponseId = response?.Id.ToString() ?? "",
            ResponseState = response is null ? V1.ResponseState.Unspecified : Enum.Parse<V1.ResponseState>(response.State.ToString()),
        };
}
