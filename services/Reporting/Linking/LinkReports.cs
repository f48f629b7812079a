using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Reports;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Linking;

/// <summary>Ways in of <see cref="LinkReport"/> and <see cref="DismissProposal"/>.</summary>
public sealed class LinkReports(HandleReports reports, CaseDuties duties)
{
    /// <summary>The caller must reach both.</summary>
    public Task<V1.Report> LinkAsync(V1.LinkReportRequest request, ServerCallContext context)
    {
        var caseId = Requests.Id(request.CaseId, "case_id");
        return reports.RunAsync(request.ReportId, request.ExpectedVersion, context, async (work, report, now) =>
        {
            var openCase = (await work.LoadAsync<Report>([caseId], context.CancellationToken))[caseId];
            context.Require(openCase);
            var events = LinkReport.Decide(report, openCase).ToList();
            if (events.Count > 0)
                OpenReports.Write(work, [work.Keep(openCase, [.. LinkReport.Join(report, openCase)], context.Meta(now))]);
            return events;
        }, async (work, report, meta, ct) =>
        {
            OpenCases.Conclude(work, report.Id);
            if (report.Case.Child is { } child)
                ReportsOfChild.Add(work, child, report.Id);
            await duties.LetGoAsync(work, report, meta, ct);
        });
    }

    public Task<V1.Report> DismissAsync(V1.DismissProposalRequest request, ServerCallContext context)
    {
        var dismissed = new LinkDismissed(Requests.Id(request.CaseId, "case_id"), context.GetCaller().Subject);
        return reports.RunAsync(request.ReportId, request.ExpectedVersion, context, (_, report, _) => Task.FromResult(DismissProposal.Decide(dismissed, report)));
    }
}
