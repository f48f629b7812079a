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
    private const int MostAPage = 200;
    private const int UnaskedAPage = 50;

    public async Task<V1.Reports> AnswerAsync(V1.ListReportsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        if (request.PageSize is < 0 or > MostAPage)
            throw Requests.Invalid($"page_size: 0 to {MostAPage}");
        var (size, ct) = (request.PageSize == 0 ? UnaskedAPage : request.PageSize, context.CancellationToken);
        var index = tree.IndexOf(division!.Value);
        var page = await OpenReports.PageAsync(store, [.. Enumerable.Range(index, tree.SubtreeEnd(index) - index).Select(i => tree.IdAt(i).Value)],
            ReportPlace.Read(request.PageToken), size + 1, ct);
        var reports = await store.ReadAsync<Report>(page, ct);
        // A page may have been concluded, or raised, since it was read: it shows what stands now.
        var shown = page.Take(size).Select(id => reports[id]).ToList();
        return new()
        {
            Reports_ = { shown.Where(r => r.IsOpenCase && !r.IsConcerned(context.GetCaller())).Select(answers.InFull) },
            NextPageToken = page.Count > size ? new ReportPlace(shown[^1].Case.Urgency, shown[^1].ReportedAt, shown[^1].Id).ToString() : "",
        };
    }
}
