using Grpc.Core;
using LeftBehind.Calls;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Dropout.Reports;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>The rpcs of dropout cases; each reads its own fields and hands over to its step.</summary>
public sealed class DropoutsService(HandleDropout handle, FileReports reports, ReadDropouts read, ListDropouts list) : V1.Dropouts.DropoutsBase
{
    private const int LongestNumber = 60;

    public override Task<V1.DropoutCase> RecordContact(V1.RecordContactRequest request, ServerCallContext context)
    {
        var asked = handle.Asked(request.PupilId, request.RequestId, request.On, request.Note, request.ExpectedVersion, context);
        var outcome = Requests.Word<ContactOutcome>(request.Outcome, "outcome");
        return handle.TakeAsync(asked, at => Dropout.RecordContact.Decide(new(at.Told, outcome), at.Known), context);
    }

    public override Task<V1.DropoutCase> RecordHomeVisit(V1.RecordHomeVisitRequest request, ServerCallContext context)
    {
        var asked = handle.Asked(request.PupilId, request.RequestId, request.On, request.Note, request.ExpectedVersion, context);
        var outcome = Requests.Word<VisitOutcome>(request.Outcome, "outcome");
        return handle.TakeAsync(asked, at => Dropout.RecordHomeVisit.Decide(
            new(at.Told, outcome, at.Pupil.Facts.ChildId, at.Pupil.Facts.School, at.Now), at.Known), context);
    }

    public override Task<V1.DropoutCase> RegisterDropout(V1.DropoutStepRequest request, ServerCallContext context) =>
        handle.TakeAsync(Asked(request, context), at => Dropout.RegisterDropout.Decide(new(at.Told), at.Known), context);

    public override Task<V1.DropoutCase> StartPersuasion(V1.DropoutStepRequest request, ServerCallContext context) =>
        handle.TakeAsync(Asked(request, context), at => Dropout.StartPersuasion.Decide(new(at.Told), at.Known), context);

    public override Task<V1.DropoutCase> RecordPersuasionFailed(V1.DropoutStepRequest request, ServerCallContext context) =>
        handle.TakeAsync(Asked(request, context, leastNote: 4), at => Dropout.RecordPersuasionFailed.Decide(new(at.Told), at.Known), context);

    public override Task<V1.DropoutCase> FileWrittenReport(V1.FileWrittenReportRequest request, ServerCallContext context)
    {
        var asked = handle.Asked(request.PupilId, request.RequestId, request.On, "", request.ExpectedVersion, context);
        var (number, school) = (DocumentNo(request.DocumentNo), Texts.Readable(request.SchoolName, "school_name", 2, LongestNumber));
        return handle.TakeAsync(asked, at => reports.File(at, number, school), context);
    }

    public override Task<V1.DropoutCase> RecordTownPersuasion(V1.DropoutStepRequest request, ServerCallContext context) =>
        handle.TakeAsync(Asked(request, context), at => Dropout.RecordTownPersuasion.Decide(new(at.Told), at.Known), context);

    public override Task<V1.DropoutCase> OrderAttendance(V1.OrderAttendanceRequest request, ServerCallContext context)
    {
        var asked = handle.Asked(request.PupilId, request.RequestId, request.On, request.Note, request.ExpectedVersion, context);
        var (number, returnBy) = (DocumentNo(request.DocumentNo), TermText.Day(request.ReturnBy, "return_by"));
        return handle.TakeAsync(asked, at => Dropout.OrderAttendance.Decide(new(at.Told, number, returnBy), at.Known), context);
    }

    public override Task<V1.DropoutCase> RecordLegalMeasures(V1.RecordLegalMeasuresRequest request, ServerCallContext context)
    {
        var asked = handle.Asked(request.PupilId, request.RequestId, request.On, request.Note, request.ExpectedVersion, context);
        var (number, measure) = (DocumentNo(request.DocumentNo), Requests.Word<LegalMeasure>(request.Measure, "measure"));
        return handle.TakeAsync(asked, at => Dropout.RecordLegalMeasures.Decide(new(at.Told, measure, number), at.Known), context);
    }

    public override Task<V1.DropoutCase> RecordReturn(V1.DropoutStepRequest request, ServerCallContext context) =>
        handle.TakeAsync(Asked(request, context), at => Dropout.RecordReturn.Decide(new(at.Told), at.Known), context);

    public override Task<V1.DropoutCase> GetDropoutCase(V1.GetDropoutCaseRequest request, ServerCallContext context) => read.CaseAsync(request, context);

    public override Task<V1.DropoutCasePage> ListDropoutCases(V1.ListDropoutCasesRequest request, ServerCallContext context) => list.AnswerAsync(request, context);

    public override Task<V1.WrittenReport> GetWrittenReport(V1.GetWrittenReportRequest request, ServerCallContext context) => read.ReportAsync(request, context);

    private AskedStep Asked(V1.DropoutStepRequest request, ServerCallContext context, int leastNote = 0) =>
        handle.Asked(request.PupilId, request.RequestId, request.On, request.Note, request.ExpectedVersion, context, leastNote);

    private static string DocumentNo(string told) => Texts.DocumentNo(told, "document_no", 1, LongestNumber);
}
