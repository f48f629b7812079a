using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Reports;

/// <summary>The open reports of a division, a page at a time; a report is in no list of those whom it concerns.</summary>
public sealed class ListReports(EventStore store, ReportAnswer answers, DivisionTree tree, TimeProvider clock)
{
    public async Task<V1.Reports> AnswerAsync(V1.ListReportsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var (size, ct) = (RowPlace.PageSize(request.PageSize), context.CancellationToken);
        var page = await OpenReports.PageAsync(store, tree.ValuesWithin(division!.Value), RowPlace.After(request.PageToken), size + 1, ct);
        var reports = await store.ReadAsync<Report>(page.Select(p => p.Id), ct);
        // A page may have been concluded, or raised, since it was read: it shows what stands now.
        var shown = page.Take(size).Select(p => reports[p.Id]).Where(r => r.IsOpenCase && !r.IsConcerned(context.GetCaller()));
        return new() { Reports_ = { shown.Select(answers.InFull) }, NextPageToken = page.Count > size ? page[size - 1].ToString() : "" };
    }
}
