using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Reports;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Accountability;

/// <summary>Ways in of what is recorded of reporters: failure, accountability, commendation.</summary>
public sealed class HandleAccountability(HandleReports reports, SealedWords words, AccountabilityDuties duties)
{
    public Task<V1.Report> FailureAsync(V1.RecordFailureToReportRequest request, ServerCallContext context)
    {
        var kind = Requests.Word<ReporterKind>(request.Kind, "kind");
        if (Reporters.DutyOf(kind) is not ReporterDuty.Mandated)
            throw Requests.Invalid("kind: one of the seven that must report");
        var (organisation, knewAt) = (Texts.Readable(request.Organisation, "organisation", 2, 200), Requests.Time(request.KnewAt, "knew_at"));
        var note = Texts.Prose(request.Note, "note", 4, 1000);
        return reports.RunAsync(request.ReportId, request.ExpectedVersion, context, async (work, report, now) =>
        {
            var why = await words.SealAsync(work, report, note, context.CancellationToken);
            return RecordFailureToReport.Decide(new(organisation, kind, knewAt, why, now, context.GetCaller().Subject), report);
        }, (work, report, meta, ct) => duties.FoundAsync(work, report, organisation, meta, ct));
    }

    public Task<V1.Report> AccountAsync(V1.RecordAccountabilityRequest request, ServerCallContext context)
    {
        var recorded = new AccountabilityRecorded(
            Texts.Readable(request.Organisation, "organisation", 2, 200), Requests.Word<AccountabilityMeasure>(request.Measure, "measure"),
            Texts.Readable(request.Organ, "organ", 2, 200), Texts.DocumentNo(request.DocumentNo, "document_no", 1, 100), Requests.Time(request.At, "at"),
            context.GetCaller().Subject);
        return reports.RunAsync(request.ReportId, request.ExpectedVersion, context,
            (_, report, now) => Task.FromResult(RecordAccountability.Decide(recorded, report, now)),
            (work, report, meta, ct) => duties.HeldAsync(work, report, recorded.Organisation, meta, ct), recorded.At);
    }

    public Task<V1.Report> CommendAsync(V1.CommendReporterRequest request, ServerCallContext context)
    {
        var document = Texts.DocumentNo(request.DocumentNo, "document_no", 0, 100);
        var commended = new ReporterCommended(Requests.Word<CommendationForm>(request.Form, "form"), Texts.Readable(request.Organ, "organ", 2, 200),
            document.Length > 0 ? document : null, Requests.Time(request.At, "at"), context.GetCaller().Subject);
        return reports.RunAsync(request.ReportId, request.ExpectedVersion, context,
            (_, report, now) => Task.FromResult(CommendReporter.Decide(commended, report, now)), at: commended.At);
    }
}
