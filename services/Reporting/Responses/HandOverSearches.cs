using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Reports;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Responses;

/// <summary>Ways in of <see cref="HandOverSearch"/> and <see cref="AcceptSearch"/>.</summary>
public sealed class HandOverSearches(EventStore store, HandleResponses responses, DivisionTree tree, TimeProvider clock)
{
    public Task<V1.Response> HandOverAsync(V1.HandOverSearchRequest request, ServerCallContext context)
    {
        var at = Requests.Time(request.At, "at");
        var to = Requests.Division(tree, request.ToDivisionCode, clock.GetUtcNow()) is { Level: not DivisionLevel.Village } known
            ? known : throw Requests.Invalid("to_division_code: no province, city, county or town of today's tree");
        return responses.RunAsync(request.ResponseId, at, context, (_, response, report, now) => Task.FromResult(HandOverSearch.Decide(
            new(CallMeta.StreamOf("hop", $"{to}/{at.UtcTicks}", response.Id), tree.CountyOf(report.Case.Division), to, at, context.GetCaller().Subject), response, report, now)));
    }

    /// <summary>Whoever sees the receiving division accepts; of the case it is shown nothing. So does who has the case, for one that cannot.</summary>
    public Task<V1.SearchHop> AcceptAsync(V1.AcceptSearchRequest request, ServerCallContext context)
    {
        var (id, hopId) = (Requests.Id(request.ResponseId, "response_id"), Requests.Id(request.HopId, "hop_id"));
        var (notice, ct) = (new Notice(Requests.Time(request.At, "at"), context.GetCaller().Subject), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var response = (await work.LoadAsync<Response>([id], ct))[id];
            var report = (await work.LoadAsync<Report>([response.Report], ct))[response.Report];
            var hop = response.Search.Find(h => h.Id == hopId);
            context.RequireNotConcerned(report);
            if (hop is null || !Receives(context.GetCaller(), hop.To))
                context.Require(hop is null ? null : report.Case.Division);
            var events = AcceptSearch.Decide(hop!, notice, clock.GetUtcNow()).ToList();
            response = work.Keep(response, events, report, context.Meta(notice.At));
            return SearchAnswer.Of(response.Search.Find(h => h.Id == hopId)!, tree);
        }, ct);
    }

    /// <summary>The county of a town, the division itself, or a county of a city or province.</summary>
    private bool Receives(Caller caller, DivisionId to) => caller.Sees(tree.CountyOf(to)) || tree.IsWithin(caller.Division, to);
}
