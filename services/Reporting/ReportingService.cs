using Grpc.Core;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting;

/// <summary>Reporting's rpcs; each line hands over to the feature it belongs to.</summary>
public sealed class ReportingService(ReceiveReports receive, ReferReports refer, HandleResponses handle, TakeMeasures measures, GetReport read)
    : V1.Reporting.ReportingBase
{
    public override Task<V1.ReportReceipt> ReportHarm(V1.ReportHarmRequest request, ServerCallContext context) => receive.AnswerAsync(request, context);

    public override Task<V1.Response> ReferToPolice(V1.ReferToPoliceRequest request, ServerCallContext context) => refer.AnswerAsync(request, context);

    public override Task<V1.Response> TakeMeasure(V1.TakeMeasureRequest request, ServerCallContext context) => measures.AnswerAsync(request, context);

    public override Task<V1.Response> RecordParentsUnreachable(V1.NoticeRequest request, ServerCallContext context) =>
        handle.AnswerAsync(request, FindParentsUnreachable.Decide, context);

    public override Task<V1.Response> NotifyTown(V1.NoticeRequest request, ServerCallContext context) =>
        handle.NotifyTownAsync(request, context);

    public override Task<V1.Response> NotifyCountyCivilAffairs(V1.NoticeRequest request, ServerCallContext context) =>
        handle.AnswerAsync(request, Notify.CountyCivilAffairs, context);

    public override Task<V1.Response> CloseResponse(V1.CloseResponseRequest request, ServerCallContext context) => handle.CloseAsync(request, context);

    public override Task<V1.Report> GetReport(V1.GetReportRequest request, ServerCallContext context) => read.AnswerAsync(request, context);
}
