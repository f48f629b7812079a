using Google.Protobuf;
using LeftBehind.Protos.Obligations.V1;
using LeftBehind.Protos.Operations.V1;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Reads.V1;
using LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.EndToEndTests.Leaks;

/// <summary>The case whose reporter is to stay unknown.</summary>
internal sealed record SecretCase(string County, string Village, string Child, string Report, string Joined, string Response, string Placement, string Appeal, string At);

/// <summary>
/// For each method of Reporting and of Platform, a request whose answer could tell of a case. A method that is not named here fails the
/// walk: whoever adds one says how it is asked.
/// </summary>
internal static class ReportRequests
{
    public static IMessage Of(string method, SecretCase about) => method.Split('/', '.')[^2..] switch
    {
        ["Reporting", var rpc] => OfReporting(rpc, about),
        ["MandatoryReports", var rpc] => OfPeople(rpc, about),
        ["EmergencyResponses", var rpc] => OfResponses(rpc, about),
        ["Placements", var rpc] => OfPlacements(rpc, about),
        // At a time before the call, so that whoever may act is refused for that and nothing is changed.
        ["HotlineAppeals", var rpc] when Matrix.HotlineRequests.Of(rpc, about.County, about.Appeal) is { } hotline => hotline.Message,
        ["LiveReports", "WatchReports"] => new WatchReportsRequest { DivisionCode = about.County },
        ["PersonalReads", "ListReads"] => new ListReadsRequest { DivisionCode = about.County },
        ["Obligations", "ListObligations"] => new ListObligationsRequest { DivisionCode = about.County },
        ["Obligations", "WaiveObligation"] => new WaiveObligationRequest { ObligationId = about.Report, Reason = "重复登记", ExpectedState = ObligationState.Open },
        ["Divisions", "ProposeDivisionList"] => new ProposeDivisionListRequest { DivisionCode = about.County, List = "divisions-2023.csv.gz" },
        ["Divisions", "ListReassignments"] => new ListReassignmentsRequest { DivisionCode = about.County },
        ["Divisions", "ListDivisionChanges"] => new ListDivisionChangesRequest { DivisionCode = about.County },
        // Of no division at all: it is refused before anything is changed.
        ["Divisions", "ConfirmDivisionChanges"] => new ConfirmDivisionChangesRequest { RequestId = Guid.NewGuid().ToString() },
        ["Appraisals", "GetIndicators"] => new GetIndicatorsRequest { DivisionCode = about.County },
        ["Appraisals", "GetLeague"] => new GetLeagueRequest { DivisionCode = about.County, Indicator = "reportsConcluded" },
        ["Appraisals", "GetDepartmentLeague"] => new GetDepartmentLeagueRequest { DivisionCode = about.County },
        ["Appraisals", "ListAppraisals"] => new ListAppraisalsRequest { DivisionCode = about.County },
        // Of no division, and of no appraisal: they tell of nothing but divisions.
        ["Appraisals", "RecordAppraisal"] => new RecordAppraisalRequest { RequestId = Guid.NewGuid().ToString() },
        ["Appraisals", "ReportRectification"] => new ReportRectificationRequest { AppraisalId = about.Report, RequestId = Guid.NewGuid().ToString(), Document = "苏民报〔2026〕1号" },
        ["Appraisals", "JudgeRectification"] => new JudgeRectificationRequest { AppraisalId = about.Report, RequestId = Guid.NewGuid().ToString(), Accepted = true },
        ["Quarters", "ActOnSubmissions"] => new ActOnSubmissionsRequest { Quarter = "2026Q1", DivisionCode = about.County, Act = SubmissionAct.Approve, RequestId = Guid.NewGuid().ToString() },
        ["Quarters", "ConfirmQuarter"] => new ConfirmQuarterRequest { Quarter = "2026Q1", DivisionCode = about.County },
        ["Quarters", "ListSubmissions"] => new ListSubmissionsRequest { Quarter = "2026Q1", DivisionCode = about.County },
        ["Quarters", "GetReportingRates"] => new GetReportingRatesRequest { Quarter = "2026Q1", DivisionCode = about.County },
        ["Quarters", "ListAmendments"] => new ListAmendmentsRequest { Quarter = "2026Q1", DivisionCode = about.County },
        ["Quarters", "GetTrend"] => new GetTrendRequest { DivisionCode = about.County, Measures = { "report.reporter.school" } },
        ["Quarters", "GetFlows"] => new GetFlowsRequest { Quarter = "2026Q1", DivisionCode = about.County },
        // To no address at all, and of no webhook: refused before anything is changed.
        ["Webhooks", "CreateWebhook"] => new CreateWebhookRequest { RequestId = Guid.NewGuid().ToString(), DivisionCode = about.County },
        ["Webhooks", "ListWebhooks"] => new ListWebhooksRequest { DivisionCode = about.County },
        ["Webhooks", "ResumeWebhook" or "EndWebhook"] => new ChangeWebhookRequest { WebhookId = about.Report, ExpectedVersion = 1 },
        ["ChangeFeed", "ReadChanges"] => new ReadChangesRequest { DivisionCode = about.County },
        ["Platform", "GetFigures"] => new GetFiguresRequest { DivisionCode = about.County },
        ["Platform", "GetOfficialTable"] => new GetOfficialTableRequest { DivisionCode = about.County },
        ["Platform", "ExportFigures"] => new ExportFiguresRequest { DivisionCode = about.County, Level = "Village" },
        ["Platform", "ListSubjects"] => new ListSubjectsRequest { DivisionCode = about.County, Measure = "report.total.all" },
        ["Platform", "GetTimeline"] => new GetTimelineRequest { SubjectId = about.Report },
        ["Platform", "Reconcile"] => new ReconcileRequest(),
        ["Platform", "RebuildFigures"] => new RebuildFiguresRequest { CompareOnly = true },
        ["Source", "Replay"] => new ReplayRequest(),
        ["Source", "ListHeads"] => new ListHeadsRequest(),
        ["Lanes", "ListLanes"] => new ListLanesRequest(),
        ["Lanes", "ListParked"] => new ListParkedRequest(),
        ["Lanes", "FindParked"] => new FindParkedRequest(),
        // These would change a lane; they answer with its state, which ListLanes shows.
        ["Lanes", "AcceptIncarnation" or "RetryParked" or "DiscardParked"] => new ListLanesRequest(),
        _ => throw new NotSupportedException($"{method} is new: say by which request it could tell who reported."),
    };

    private static IMessage OfReporting(string rpc, SecretCase about) => rpc switch
    {
        "ReportHarm" => new ReportHarmRequest
        {
            RequestId = Guid.NewGuid().ToString(), ReporterKind = ReporterKind.Citizen, Situation = Situation.Missing, DivisionCode = about.Village, ChildId = about.Child, DiscoveredAt = about.At,
        },
        "GetReport" => new GetReportRequest { ReportId = about.Report, Purpose = "核实情况" },
        "ReferToPolice" => new ReferToPoliceRequest { ReportId = about.Report, At = about.At },
        "TakeMeasure" => new TakeMeasureRequest { ResponseId = about.Response, Measure = Measure.EvidenceTaken, Taken = new() { At = about.At, Organ = "公安分局" } },
        "RecordParentsUnreachable" or "NotifyTown" or "NotifyCountyCivilAffairs" => new NoticeRequest { ResponseId = about.Response, At = about.At },
        "CloseResponse" => new CloseResponseRequest { ResponseId = about.Response },
        _ => throw new NotSupportedException($"{rpc} is new: say by which request it could tell who reported."),
    };

    private static IMessage OfPeople(string rpc, SecretCase about) => rpc switch
    {
        "TriageReport" => new TriageReportRequest { ReportId = about.Report, Urgency = Urgency.Emergency, ExpectedVersion = 1 },
        "SetAsideReport" => new SetAsideReportRequest { ReportId = about.Report, As = SetAsideAs.Unfounded, Reason = "查无此事", ExpectedVersion = 1 },
        "LinkReport" => new LinkReportRequest { ReportId = about.Joined, CaseId = about.Report, ExpectedVersion = 1 },
        "DismissProposal" => new DismissProposalRequest { ReportId = about.Report, CaseId = about.Joined, ExpectedVersion = 1 },
        "RecordFailureToReport" => new RecordFailureToReportRequest
        { ReportId = about.Report, Kind = ReporterKind.School, Organisation = "某小学", KnewAt = about.At, Note = "知情未报", ExpectedVersion = 1 },
        "RecordAccountability" => new RecordAccountabilityRequest
        { ReportId = about.Report, Organisation = "某小学", Measure = AccountabilityMeasure.Criticism, Organ = "教育局", DocumentNo = "1号", At = about.At, ExpectedVersion = 1 },
        "CommendReporter" => new CommendReporterRequest { ReportId = about.Report, Form = CommendationForm.Praise, Organ = "公安局", At = about.At, ExpectedVersion = 1 },
        "ListReports" => new ListReportsRequest { DivisionCode = about.County },
        _ => throw new NotSupportedException($"{rpc} is new: say by which request it could tell who reported."),
    };

    private static IMessage OfResponses(string rpc, SecretCase about) => rpc switch
    {
        "RecordDispatch" or "RecordOnScene" => new NoticeRequest { ResponseId = about.Response, At = about.At },
        "AddEvidence" => new AddEvidenceRequest
        { ResponseId = about.Response, EvidenceId = Guid.NewGuid().ToString(), Measure = Measure.EvidenceTaken, Kind = EvidenceKind.Testimony, At = about.At, Description = "证言" },
        "HandOverSearch" => new HandOverSearchRequest { ResponseId = about.Response, ToDivisionCode = "44", At = about.At },
        "AcceptSearch" => new AcceptSearchRequest { ResponseId = about.Response, HopId = Guid.NewGuid().ToString(), At = about.At },
        _ => throw new NotSupportedException($"{rpc} is new: say by which request it could tell who reported."),
    };

    private static IMessage OfPlacements(string rpc, SecretCase about) => rpc switch
    {
        "PlaceChild" => new PlaceChildRequest
        {
            RequestId = Guid.NewGuid().ToString(), ReportId = about.Report, Ground = PlacementGround.GuardianHarming, Place = PlacementPlace.WelfareBody, Receiver = "福利院", HandOverNo = "1号", At = about.At,
        },
        "ReviewPlacement" => new ReviewPlacementRequest { PlacementId = about.Placement, At = about.At, Note = "情况稳定", ExpectedVersion = 1 },
        "EndPlacement" => new EndPlacementRequest { PlacementId = about.Placement, At = about.At, Court = new() { DocumentNo = "1号" }, ExpectedVersion = 1 },
        "GetPlacement" => new GetPlacementRequest { PlacementId = about.Placement, Purpose = "核实情况" },
        _ => throw new NotSupportedException($"{rpc} is new: say by which request it could tell who reported."),
    };
}
