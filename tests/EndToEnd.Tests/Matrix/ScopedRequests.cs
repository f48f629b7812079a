using Google.Protobuf;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Assessment.V1;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Guardianship.V1;
using LeftBehind.Protos.Obligations.V1;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Reads.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.EndToEndTests.Matrix;

/// <summary>A request about something in a division, which some callers see and others do not.</summary>
/// <param name="Division">Where it is.</param>
/// <param name="Message">The request.</param>
/// <param name="IsAbsent">For answers in which what is elsewhere is left out: whether it was left out.</param>
internal sealed record ScopedRequest(string Division, IMessage Message, Func<byte[], bool>? IsAbsent = null);

/// <summary>For each method that shows or changes something of a division, a request. A method without one fails the test.</summary>
internal static class ScopedRequests
{
    private const string At = "2026-03-01T08:00:00+08:00", Long = "2026-01-05";
    private static readonly string Village = OneOfEverything.Village, Town = OneOfEverything.Town, County = Pushing.Counties.OfAccess, Today = OneOfEverything.Today;

    private static readonly int SchoolYear = DateOnly.Parse(Today, null) is { Month: >= 9 } today ? today.Year : DateOnly.Parse(Today, null).Year - 1;

    /// <summary>What lies in no division and is nobody's data: whoever is admitted is answered, wherever he stands.</summary>
    private static readonly string[] OfNoDivision = ["PublishInstrument", "GetInstrument", "ListInstruments"];

    public static bool IsScoped(string method) => !OfNoDivision.Contains(method.Split('/')[1]);

    public static ScopedRequest Of(string method, OneOfEverything all) => method.Split('/')[1] switch
    {
        "GetFigures" => new(Town, new GetFiguresRequest { DivisionCode = Town }),
        "GetOfficialTable" => new(Town, new GetOfficialTableRequest { DivisionCode = Town }),
        "ExportFigures" => new(Town, new ExportFiguresRequest { DivisionCode = Town, Level = "Village" }),
        "ListSubjects" => new(Town, new ListSubjectsRequest { DivisionCode = Town, Measure = "onFile.total.all" }),
        "FollowDivisionReceipts" => new(County, new FollowDivisionReceiptsRequest { DivisionCode = County }),
        "CreateWebhook" => new(County, new CreateWebhookRequest { RequestId = Guid.NewGuid().ToString(), DivisionCode = County, Url = "https://changes.example/civil-affairs" }),
        "ListWebhooks" => new(County, new ListWebhooksRequest { DivisionCode = County }),
        // Active: inside, it is refused for that.
        "ResumeWebhook" => new(County, new ChangeWebhookRequest { WebhookId = all.Webhook, ExpectedVersion = 1 }),
        // The first who may ends it; whoever follows finds it ended.
        "EndWebhook" => new(County, new ChangeWebhookRequest { WebhookId = all.EndingWebhook, ExpectedVersion = 1 }),
        "ReadChanges" => new(Town, new ReadChangesRequest { DivisionCode = Town }),
        // Called so already: inside, it is refused for that.
        "ConfirmDivisionChanges" => new("43", new ConfirmDivisionChangesRequest
        {
            RequestId = Guid.NewGuid().ToString(), Changes = { new DivisionChange { EffectiveOn = "2024-01-01", Document = "湘政函〔2024〕1号", Rename = new() { DivisionId = "43@2023", Name = "湖南省" } } },
        }),
        "ProposeDivisionList" => new("43", new ProposeDivisionListRequest { DivisionCode = "43", List = "divisions-2023.csv.gz" }),
        "ListReassignments" => new(Town, new ListReassignmentsRequest { DivisionCode = Town }),
        "ListDivisionChanges" => new(Town, new ListDivisionChangesRequest { DivisionCode = Town }),
        "GetIndicators" => new(Town, new GetIndicatorsRequest { DivisionCode = Town }),
        "GetLeague" => new(Town, new GetLeagueRequest { DivisionCode = Town, Indicator = "filed" }),
        "GetDepartmentLeague" => new(Town, new GetDepartmentLeagueRequest { DivisionCode = Town }),
        "RecordAppraisal" => new(Town, new RecordAppraisalRequest { RequestId = Guid.NewGuid().ToString(), Kind = AppraisalKind.Inspection, DivisionCode = Town, Document = "苏督〔2026〕1号" }),
        // An inspection is no rectification: inside, it is refused for that.
        "ReportRectification" => new(Town, new ReportRectificationRequest { AppraisalId = all.Inspection, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 1, Document = "报〔2026〕1号" }),
        "JudgeRectification" => new(County, new JudgeRectificationRequest { AppraisalId = all.Inspection, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 1, Accepted = true }),
        "ListAppraisals" => new(Town, new ListAppraisalsRequest { DivisionCode = Town }),
        // The log is younger than the quarter: inside, one is told so.
        "ActOnSubmissions" => new(Town, new ActOnSubmissionsRequest { Quarter = "2020Q1", DivisionCode = Town, Act = SubmissionAct.Submit, RequestId = Guid.NewGuid().ToString() }),
        "ConfirmQuarter" => new(County, new ConfirmQuarterRequest { Quarter = "2020Q1", DivisionCode = County }),
        "ListSubmissions" => new(Town, new ListSubmissionsRequest { Quarter = "2020Q1", DivisionCode = Town }),
        "GetReportingRates" => new(Town, new GetReportingRatesRequest { Quarter = "2020Q1", DivisionCode = Town }),
        "ListAmendments" => new(Town, new ListAmendmentsRequest { Quarter = "2020Q1", DivisionCode = Town }),
        "GetFlows" => new(Town, new GetFlowsRequest { Quarter = "2020Q1", DivisionCode = Town }),
        "GetTrend" => new(Town, new GetTrendRequest { DivisionCode = Town, Measures = { "onFile.total.all" } }),
        "DeclareBreakGlass" => new(County, new DeclareBreakGlassRequest { RequestId = Guid.NewGuid().ToString(), DivisionCode = County, Reason = "夜间接报，紧急核实" }),
        // Ended by whoever declared it; whoever else reaches it is refused for that.
        "EndBreakGlass" => new(County, new EndBreakGlassRequest { GrantId = all.Grant }),
        "AcknowledgeBreakGlass" => new(County, new AcknowledgeBreakGlassRequest { GrantId = all.Grant }),
        "ListBreakGlass" => new(County, new ListBreakGlassRequest { DivisionCode = County }),
        "GetTimeline" => new(Village, new GetTimelineRequest { SubjectId = all.Child }),
        "RevealIdentities" => new(Village, new RevealIdentitiesRequest { ChildIds = { all.Child }, Purpose = "核对身份" }, a => RevealedIdentities.Parser.ParseFrom(a).Identities.Count == 0),
        "WhyEligible" => new(Village, new WhyEligibleRequest { ChildId = all.Child }),
        // The first who may closes it; whoever follows finds it closed so already.
        "CloseFile" => new(Village, new CloseFileRequest { ChildId = all.Leaver, Reason = CloseReason.CloseMovedAway, ExpectedVersion = 1 }),
        "ReopenFile" => new(Village, new ReopenFileRequest { ChildId = all.Child, Reason = ReopenReason.ReopenClosedInError, ExpectedVersion = 1 }),
        // No pupil of the file: inside, nothing changes.
        "SearchChildren" => new(Village, new SearchChildrenRequest { Name = "何小树", DivisionCode = Village, Purpose = "核对身份" }),
        "ListSuspectedDuplicates" => new(Village, new ListSuspectedDuplicatesRequest { DivisionCode = Village }),
        "ConfirmDuplicate" => new(Village, new ConfirmDuplicateRequest { ChildId = all.Child, OtherId = all.Child, ExpectedVersion = 1 }),
        "DismissDuplicate" => new(Village, new DismissDuplicateRequest { ChildId = all.Child, OtherId = all.Child, Reason = DismissalReason.Twins, ExpectedVersion = 1 }),
        "UnlinkDuplicate" => new(Village, new UnlinkDuplicateRequest { ChildId = all.Child, Reason = UnmergeReason.MergedInError, ExpectedVersion = 1 }),
        "UnlinkPupil" => new(Village, new UnlinkPupilRequest { ChildId = all.Child, PupilId = all.Case, Reason = UnlinkReason.NotTheSameChild, ExpectedVersion = 1 }),
        "ImportPaperList" => new(Village, new ImportPaperListRequest
        {
            DivisionCode = Village, Format = ListFormat.Csv, DryRun = true, ImportId = "5b1f6b0a-54d1-4f0b-9a43-7a2f0c6a1d12",
            Content = ByteString.CopyFromUtf8("户号,姓名,出生日期\n1,何小叶,2017-05-01\n"),
        }),
        "GetPaperListTemplate" => new(Village, new GetPaperListTemplateRequest { DivisionCode = Village, Format = ListFormat.Xlsx }),
        "ExportChildren" => new(Village, new ExportChildrenRequest { DivisionCode = Village, Format = ListFormat.Csv, Purpose = "核对台账", WithIdentities = true }),

        // The first who may names her; whoever follows finds her named.
        "AssignWorker" => new(Village, new AssignWorkerRequest { VillageCode = Village, Account = "worker", Name = "何小兰" }),
        "ListVillagesWithoutWorker" => new(Town, new ListVillagesWithoutWorkerRequest { DivisionCode = Town }),
        "RecordVisit" => new(Village, OneOfEverything.Visited(all.Child, VisitFinding.MoodStable)),
        // No visit of the child: inside, it is refused for that.
        "CorrectVisit" => new(Village, new CorrectVisitRequest { ChildId = all.Child, VisitId = Guid.NewGuid().ToString(), Findings = { VisitFinding.CarerPresent }, ExpectedVersion = 1 }),
        // No situation of the child: inside, it is refused for that.
        "AcknowledgeSituation" => new(Village, new AcknowledgeSituationRequest { ChildId = all.Child, SituationId = Guid.NewGuid().ToString(), ExpectedVersion = 1 }),
        "GetVisits" => new(Village, new GetVisitsRequest { ChildId = all.Child, Purpose = "核对身份" }),
        "ListDueVisits" => new(Town, new ListDueVisitsRequest { DivisionCode = Town }),

        "ListReads" => new(Village, new ListReadsRequest { DivisionCode = Village }),
        "ListObligations" => new(Town, new ListObligationsRequest { DivisionCode = Town }),
        "WaiveObligation" => new(Town, new WaiveObligationRequest { ObligationId = all.Duty, Reason = "重复登记", ExpectedState = ObligationState.Open }),
        "OpenCampaign" => new(Village, new OpenCampaignRequest { Kind = CampaignKind.SummerHoliday, DivisionCode = Village, From = Today, Until = Today }),
        "CloseCampaign" => new(County, new CloseCampaignRequest { CampaignId = all.EndedCampaign, ExpectedVersion = 1 }),
        "ListCampaigns" => new(Village, new ListCampaignsRequest { DivisionCode = Village }),
        "RecordScreening" => new(Village, new RecordScreeningRequest
        {
            RequestId = Guid.NewGuid().ToString(), CampaignId = all.Campaign, VillageCode = Village, ScreenedOn = Today,
            Places = { new FoundHazard { Kind = HazardKind.Traffic, Place = HazardPlace.Road } },
        }),
        "OrderRectification" => new(Village, new OrderRectificationRequest
        { HazardId = all.Hazard, Level = RectifyingLevel.Village, Department = RectifyingDepartment.CivilAffairs, ExpectedVersion = 1 }),
        "RecordRectified" => new(Village, new RecordRectifiedRequest { HazardId = all.RectifiedHazard, RectifiedOn = Today, ExpectedVersion = 1 }),
        "RecordInjury" => new(Village, new RecordInjuryRequest
        { RequestId = Guid.NewGuid().ToString(), ChildId = all.Child, Kind = HazardKind.Fall, OccurredOn = Today, Severity = InjurySeverity.Minor }),
        "GetCampaignProgress" => new(Village, new GetCampaignProgressRequest { CampaignId = all.Campaign, DivisionCode = Village }),
        "ListHazards" => new(Village, new ListHazardsRequest { DivisionCode = Village }),
        "GetHazard" => new(Village, new GetHazardRequest { HazardId = all.Hazard, Purpose = "核对隐患" }),
        // The first who may tells it; whoever follows finds it told so already.
        "PushTermCalendar" => new(Counties.OfAccess, new PushTermCalendarRequest
        { DivisionCode = Counties.OfAccess, Term = new() { Name = "2025-2026-2", From = "2026-03-02", Until = "2026-07-03" } }),
        "GetTermCalendar" => new(Counties.OfAccess, new GetTermCalendarRequest { DivisionCode = Counties.OfAccess }),
        "ListMissingRolls" => new(Town, new ListMissingRollsRequest { DivisionCode = Town }),
        // Dropped out, and so not paired: inside, it is refused for that.
        "BeginPairing" => new(Village, new BeginPairingRequest
        { PupilId = all.Pupil, RequestId = Guid.NewGuid().ToString(), On = Long, Need = PairingNeed.LeftBehind, Helper = "teacher-1" }),
        "RecordSupport" => new(Village, new RecordSupportRequest { PupilId = all.Pupil, RequestId = Guid.NewGuid().ToString(), On = Long, Kind = SupportKind.Talk }),
        "MakePlan" => new(Village, new MakePlanRequest { PupilId = all.Pupil, RequestId = Guid.NewGuid().ToString(), On = Long, Plan = "每周谈心一次" }),
        "EndPairing" => new(Village, new EndPairingRequest { PupilId = all.Pupil, RequestId = Guid.NewGuid().ToString(), On = Long, Reason = PairingEnd.Other }),
        "GetPairing" => new(Village, new GetPairingRequest { PupilId = all.Paired, Purpose = "核对结对" }),
        "ListPairings" => new(Village, new ListPairingsRequest { DivisionCode = Village }),

        // The first who may gives the card of that request, or tells the sheet; whoever follows finds it so.
        "GiveContactCard" => new(Village, OneOfEverything.Card(all.Paired)),
        "LogHelpedCall" => new(Village, new LogHelpedCallRequest { PupilId = all.Pupil, RequestId = all.Case, On = Today, Kind = CallKind.Video, Connected = true }),
        "GetContactCard" => new(Village, new GetContactCardRequest { PupilId = all.Paired, Purpose = "核对联系卡" }),
        "RecordNightRoll" => new(Village, OneOfEverything.Night()),
        "RecordHandOver" => new(Village, new RecordHandOverRequest
        {
            DivisionCode = Village, RequestId = all.Case, SchoolNo = "S1", Dormitory = "1", Date = Today,
            Pupils = { new BoardingEntry { PupilId = all.Paired, Mark = BoardingMark.ToParent } },
        }),
        // No calendar of the county reaches so far back: inside, it is refused for that.
        "RecordLawLesson" => new(Village, new RecordLawLessonRequest
        { DivisionCode = Village, RequestId = Guid.NewGuid().ToString(), SchoolNo = "S1", On = "2020-03-02", Topic = LawTopic.Rights, Attended = 30 }),
        "ListLawTerms" => new(Village, new ListLawTermsRequest { DivisionCode = Village }),
        "ListSchoolGoals" => new(Village, new ListSchoolGoalsRequest { DivisionCode = Village }),
        "ListBoardingSheets" => new(Village, new ListBoardingSheetsRequest { DivisionCode = Village }),
        "GetBoardingSheet" => new(Village, new GetBoardingSheetRequest { SheetId = all.Sheet }),
        // Whoever tells of it, it is the one refusal that is known.
        "RecordAdmissionRefused" => new(Village, OneOfEverything.Refused(all.Pupil)),
        // The first who may settles it; whoever follows is refused for that.
        "SettleAdmission" => new(Village, new SettleAdmissionRequest
        { RefusalId = all.Refusal, RequestId = Guid.NewGuid().ToString(), On = Today, Outcome = AdmissionOutcome.AdmittedThere, ExpectedVersion = 1 }),
        "GetRefusedAdmission" => new(Village, new GetRefusedAdmissionRequest { RefusalId = all.Refusal }),
        "ListRefusedAdmissions" => new(Village, new ListRefusedAdmissionsRequest { DivisionCode = Village }),

        "ListReconciliationCases" => new(Village, new ListReconciliationCasesRequest { DivisionCode = Village }),
        "GetReconciliationCase" => new(Village, new GetReconciliationCaseRequest { CaseId = all.Difference, Purpose = "核对学籍" }),
        // The first who may decides; whoever follows is refused for that.
        "DecideReconciliationCase" => new(Village, new DecideReconciliationCaseRequest
        { CaseId = all.Difference, RequestId = Guid.NewGuid().ToString(), Decision = ReconciliationDecision.BothStand, Reason = "核对无误", ExpectedVersion = 1 }),
        // The first who may asks for it, and whoever follows too: nobody of the school is in a grade.
        "PromoteClasses" => new(Village, new PromoteClassesRequest
        { DivisionCode = Village, RequestId = Guid.NewGuid().ToString(), SchoolNo = "S1", SchoolYear = SchoolYear }),

        // Dropped out by the roll: inside, whatever is dated before that is refused for its day, and what is not due yet for the step.
        "RecordContact" => new(Village, new RecordContactRequest { PupilId = all.Pupil, RequestId = all.Case, On = Long, Outcome = ContactOutcome.Reached, ExpectedVersion = 1 }),
        "RecordHomeVisit" => new(Village, new RecordHomeVisitRequest { PupilId = all.Pupil, RequestId = all.Case, On = Long, Outcome = HomeVisitOutcome.GuardianMet, ExpectedVersion = 1 }),
        "RegisterDropout" or "StartPersuasion" or "RecordPersuasionFailed" or "RecordTownPersuasion" or "RecordReturn" =>
            new(Village, new DropoutStepRequest { PupilId = all.Pupil, RequestId = all.Case, On = Long, Note = "多次劝返未果", ExpectedVersion = 1 }),
        "FileWrittenReport" => new(Village, new FileWrittenReportRequest
        { PupilId = all.Pupil, RequestId = all.Case, On = Long, DocumentNo = "道教报〔2026〕1号", SchoolName = "道县一小", ExpectedVersion = 1 }),
        "OrderAttendance" => new(Village, new OrderAttendanceRequest
        { PupilId = all.Pupil, RequestId = all.Case, On = Long, DocumentNo = "道教令〔2026〕1号", ReturnBy = Today, ExpectedVersion = 1 }),
        "RecordLegalMeasures" => new(Village, new RecordLegalMeasuresRequest
        { PupilId = all.Pupil, RequestId = all.Case, On = Long, Measure = LegalMeasure.Reprimand, DocumentNo = "道教罚〔2026〕1号", ExpectedVersion = 1 }),
        "GetDropoutCase" => new(Village, new GetDropoutCaseRequest { PupilId = all.Pupil, Purpose = "核对个案" }),
        "ListDropoutCases" => new(Village, new ListDropoutCasesRequest { DivisionCode = Village }),
        "GetWrittenReport" => new(Village, new GetWrittenReportRequest { PupilId = all.Pupil, Purpose = "核对报告" }),

        "EntrustCare" => new(Village, new EntrustCareRequest
        {
            ChildId = all.Child, Carer = new() { Name = "何秀英", IdNumber = "11010519491231002X" }, Relation = CarerRelation.Grandparent, From = "2026-03-01",
            Reason = EntrustReason.WorkAway, ChildHeard = ChildOpinion.Agrees,
        }),
        // Nobody is entrusted with this child: inside, nothing changes.
        "ScreenCarer" => new(Village, new ScreenCarerRequest { ChildId = all.Leaver, Passed = true }),
        "NotifyEntrustment" => new(Village, new NotifyEntrustmentRequest { ChildId = all.Leaver, VillageCommittee = true }),
        "ChangeCarer" => new(Village, new ChangeCarerRequest
        {
            ChildId = all.Leaver, Carer = new() { Name = "何秀英", IdNumber = "11010519491231002X" }, Relation = CarerRelation.Grandparent, ChildHeard = ChildOpinion.Agrees,
        }),
        "EndCare" => new(Village, new EndCareRequest { ChildId = all.Leaver, Reason = CareEndReason.Other }),
        "FindCarerUnfit" => new(Village, new FindCarerUnfitRequest { ChildId = all.Leaver, Ground = CarerBar.Vice }),
        "LogParentContact" => new(Village, new LogParentContactRequest
        {
            ChildId = all.Leaver, Parent = Parent.Mother, Channel = ContactChannel.Phone, On = LeftBehind.Divisions.WorkCalendar.DayOf(TimeProvider.System.GetUtcNow()).ToString("yyyy-MM-dd"),
        }),
        "GetCare" => new(Village, new GetCareRequest { ChildId = all.Child }),
        "ListCareWork" => new(Village, new ListCareWorkRequest { DivisionCode = Village }),
        // Inside, the first who may erases it, whoever follows finds it erased.
        "EraseChild" => new(Village, new EraseChildRequest { ChildId = all.Forgotten, Ground = ErasureGround.PurposeAchieved, DocumentNo = "道民〔2026〕1号", ExpectedVersion = 1 }),

        "GetReport" => new(Village, new GetReportRequest { ReportId = all.Report }),
        "ReferToPolice" => new(Village, new ReferToPoliceRequest { ReportId = all.Report, At = At }),
        "TakeMeasure" => new(Village, new TakeMeasureRequest { ResponseId = all.Response, Measure = Measure.HarmStopped, Taken = new() { At = At, Organ = "道县公安局" } }),
        "RecordParentsUnreachable" or "NotifyTown" or "NotifyCountyCivilAffairs" => new(Village, new NoticeRequest { ResponseId = all.Response, At = At }),
        "CloseResponse" => new(Village, new CloseResponseRequest { ResponseId = all.Response }),

        "TriageReport" => new(Village, new TriageReportRequest { ReportId = all.Judged, Urgency = Urgency.Emergency, ExpectedVersion = 2 }),
        // The police answer it: inside, it is refused for that.
        "SetAsideReport" => new(Village, new SetAsideReportRequest { ReportId = all.Report, As = SetAsideAs.Unfounded, Reason = "查无此事", ExpectedVersion = all.ReportVersion }),
        "LinkReport" => new(Village, new LinkReportRequest { ReportId = all.Report, CaseId = all.Report, ExpectedVersion = all.ReportVersion }),
        "DismissProposal" => new(Village, new DismissProposalRequest { ReportId = all.Report, CaseId = all.Report, ExpectedVersion = all.ReportVersion }),
        // The first who may records it; whoever follows finds it recorded.
        "RecordFailureToReport" => new(Village, new RecordFailureToReportRequest
        { ReportId = all.Blamed, Kind = ReporterKind.School, Organisation = "道县某小学", KnewAt = At, Note = "知情未报", ExpectedVersion = 2 }),
        "RecordAccountability" => new(Village, new RecordAccountabilityRequest
        {
            ReportId = all.Report, Organisation = "道县某医院", Measure = AccountabilityMeasure.Criticism, Organ = "道县卫健局", DocumentNo = "1号", At = At,
            ExpectedVersion = all.ReportVersion,
        }),
        "CommendReporter" => new(Village, new CommendReporterRequest
        { ReportId = all.Praised, Form = CommendationForm.Praise, Organ = "道县公安局", At = OneOfEverything.Praise, ExpectedVersion = 2 }),
        "ListReports" => new(Town, new ListReportsRequest { DivisionCode = Town }),
        "WatchReports" => new(Town, new WatchReportsRequest { DivisionCode = Town }),
        "RecordDispatch" or "RecordOnScene" => new(Village, new NoticeRequest { ResponseId = all.Response, At = At }),
        "AddEvidence" => new(Village, new AddEvidenceRequest
        { ResponseId = all.Response, EvidenceId = Guid.NewGuid().ToString(), Measure = Measure.HarmStopped, Kind = Protos.Reporting.V1.EvidenceKind.Document, At = At, Description = "现场笔录" }),
        // No child is missing: inside, it is refused for that.
        "HandOverSearch" => new(Village, new HandOverSearchRequest { ResponseId = all.Response, ToDivisionCode = "440103", At = At }),
        // To another province, whose police nobody here is.
        "AcceptSearch" => new(Village, new AcceptSearchRequest { ResponseId = all.Search, HopId = all.Hop, At = At }),
        "PlaceChild" => new(Village, new PlaceChildRequest
        {
            RequestId = Guid.NewGuid().ToString(), ReportId = all.Report, Ground = PlacementGround.GuardianHarming, Place = PlacementPlace.WelfareBody, Receiver = "道县福利院",
            HandOverNo = "1号", At = At,
        }),
        "ReviewPlacement" => new(Village, new ReviewPlacementRequest { PlacementId = all.Placement, At = At, Note = "情况稳定", ExpectedVersion = 1 }),
        "EndPlacement" => new(Village, new EndPlacementRequest { PlacementId = all.EndingPlacement, At = At, Court = new() { DocumentNo = "1号" }, ExpectedVersion = 1 }),
        "GetPlacement" => new(Village, new GetPlacementRequest { PlacementId = all.Placement }),

        "GetAssessment" => new(Village, new GetAssessmentRequest { AssessmentId = all.Assessment }),
        "ListOpenAssessments" => new(Town, new ListOpenAssessmentsRequest { DivisionCode = Town }),
        "OpenAssessment" => new(Village, new OpenAssessmentRequest
        { RequestId = "5b1f6b0a-54d1-4f0b-9a43-7a2f0c6a1d13", ChildId = all.Child, DivisionCode = Village, Trigger = AssessmentTrigger.Screening, Urgency = "Ordinary" }),
        // The same version by everybody: the first records it, and whoever follows is refused for another's content of the request.
        "RecordFieldwork" => new(Village, new RecordFieldworkRequest
        { RequestId = "5b1f6b0a-54d1-4f0b-9a43-7a2f0c6a1d14", AssessmentId = all.Assessment, ExpectedVersion = 1, Participants = { Participant.School } }),
        // Inside, refused: not yet, or no more.
        "DraftAssessment" => new(Village, new DraftAssessmentRequest
        { RequestId = Guid.NewGuid().ToString(), AssessmentId = all.Fresh, ExpectedVersion = 1, Risk = Assessing.Answers(grade: false), Grade = Assessing.Answers(grade: true) }),
        "ReviewAssessment" => new(Village, new ReviewAssessmentRequest
        { RequestId = Guid.NewGuid().ToString(), AssessmentId = all.Fresh, ExpectedVersion = 1, Participants = { Participant.Police } }),
        "SupersedeAssessment" => new(Village, new SupersedeAssessmentRequest { AssessmentId = all.Fresh, ExpectedVersion = 1, ByAssessmentId = all.Fresh }),
        "GetPlan" => new(Village, new GetPlanRequest { PlanId = all.Plan }),
        // The plan is a draft: inside, what is done to one that runs is refused for that.
        "AddService" => new(Village, new AddServiceRequest { PlanId = all.Plan, RequestId = all.Plan, ExpectedVersion = 1, Kind = AssistanceService.LegalAid }),
        "StartPlan" or "ReviewPlan" or "CompletePlan" => new(Village, new ChangePlanRequest { PlanId = all.RestingPlan, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 1 }),
        "ArrangeService" => new(Village, new ArrangeServiceRequest
        { PlanId = all.RestingPlan, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 1, ServiceId = all.Plan, ProviderId = all.Provider, DueAt = "2030-03-01T08:00:00+08:00" }),
        "SettleService" => new(Village, new SettleServiceRequest
        { PlanId = all.RestingPlan, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 1, ServiceId = all.Plan, Outcome = ServiceState.Failed, At = At }),
        "AnswerAidRequest" => new(Village, new AnswerAidRequestRequest
        { PlanId = all.RestingPlan, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 1, ServiceId = all.Plan, Granted = true, DocumentNo = "1号", At = At }),
        // The first who may ends it; whoever follows finds it ended so.
        "TerminatePlan" => new(Village, new TerminatePlanRequest
        { PlanId = all.EndingPlan, RequestId = "5b1f6b0a-54d1-4f0b-9a43-7a2f0c6a1d15", ExpectedVersion = 1, Reason = TerminationReason.ChildMovedAway }),
        "ListPlans" => new(Town, new ListPlansRequest { DivisionCode = Town }),
        "ListDueServices" => new(Town, new ListDueServicesRequest { DivisionCode = Town }),
        "ListProvider" => new(Counties.OfAccess, new ListProviderRequest
        { RequestId = "5b1f6b0a-54d1-4f0b-9a43-7a2f0c6a1d16", DivisionCode = Counties.OfAccess, Name = "道县社工站", Kinds = { AssistanceService.LegalService } }),
        "RetireProvider" => new(Counties.OfAccess, new RetireProviderRequest { ProviderId = all.Provider }),
        "ListProviders" => new(Town, new ListProvidersRequest { DivisionCode = Town }),
        "FinaliseAssessment" => new(Village, new FinaliseAssessmentRequest
        { AssessmentId = all.Assessment, Grade = GuardianshipGrade.Fair, Risk = RiskLevel.Low, Participants = { Participant.CountyCivilAffairs } }),
        "ApprovePlan" => new(Village, new ApprovePlanRequest { AssessmentId = all.Assessment }),

        "GetCase" => new(Village, new GetCaseRequest { CaseId = all.Case }),
        // The first who may assigns it; whoever follows finds it assigned so already.
        "AssignCase" => new(Village, new AssignCaseRequest { CaseId = all.Case, Account = "matrix-police", Department = AssignedDepartment.Police, ExpectedVersion = 2 }),
        // No order runs, so it is refused for that.
        "RecordCourtAct" => new(Village, new RecordCourtActRequest
        { RequestId = Guid.NewGuid().ToString(), CaseId = all.Case, Act = CourtAct.OrderSetAside, Organ = "道县人民法院", DocumentNo = "9号", OccurredAt = At }),
        // The one who educated is counted and is no evidence: refused for that.
        "RecordEvidence" => new(Village, new RecordEvidenceRequest
        {
            RequestId = Guid.NewGuid().ToString(), CaseId = all.Case, Limb = Limb.Educated, Kind = Protos.Guardianship.V1.EvidenceKind.Document, Organ = "道县公安局", DocumentNo = "8号", OccurredAt = At,
        }),
        "DisputeEvidence" => new(Village, new DisputeEvidenceRequest { CaseId = all.Case, EvidenceId = Guid.NewGuid().ToString(), Disputed = true }),
        "GetPetitionGrounds" => new(Village, new GetPetitionGroundsRequest { CaseId = all.Case }),
        "GetCaseFile" => new(Village, new GetCaseFileRequest { CaseId = all.Case, Purpose = "核对案卷" }),
        "RecordConduct" => new(Village, OneOfEverything.Conduct(all.Child)),
        var rpc when HotlineRequests.Of(rpc, County, all.Appeal) is { } hotline => hotline,
        _ => throw new NotSupportedException($"{method} shows something of a division: say by which request it is tested."),
    };
}
