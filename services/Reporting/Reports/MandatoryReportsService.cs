using Grpc.Core;
using LeftBehind.Reporting.Accountability;
using LeftBehind.Reporting.Linking;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Reports;

/// <summary>The rpcs on what people decide about reports; each line hands over to the feature it belongs to.</summary>
public sealed class MandatoryReportsService(HandleReports handle, LinkReports link, HandleAccountability account, ListReports list) : V1.MandatoryReports.MandatoryReportsBase
{
    public override Task<V1.Report> TriageReport(V1.TriageReportRequest request, ServerCallContext context) => handle.TriageAsync(request, context);

    public override Task<V1.Report> SetAsideReport(V1.SetAsideReportRequest request, ServerCallContext context) => handle.SetAsideAsync(request, context);

    public override Task<V1.Report> LinkReport(V1.LinkReportRequest request, ServerCallContext context) => link.LinkAsync(request, context);

    public override Task<V1.Report> DismissProposal(V1.DismissProposalRequest request, ServerCallContext context) => link.DismissAsync(request, context);

    public override Task<V1.Report> RecordFailureToReport(V1.RecordFailureToReportRequest request, ServerCallContext context) => account.FailureAsync(request, context);

    public override Task<V1.Report> RecordAccountability(V1.RecordAccountabilityRequest request, ServerCallContext context) => account.AccountAsync(request, context);

    public override Task<V1.Report> CommendReporter(V1.CommendReporterRequest request, ServerCallContext context) => account.CommendAsync(request, context);

    public override Task<V1.Reports> ListReports(V1.ListReportsRequest request, ServerCallContext context) => list.AnswerAsync(request, context);
}
