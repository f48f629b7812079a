using LeftBehind.Access;

namespace LeftBehind.EndToEndTests.Matrix;

/// <summary>Somebody with a good token: department, role, division.</summary>
internal sealed record Somebody(Department Department, Role Role, string Division)
{
    public string? Source => Role is Role.Partner ? "a-source" : null;
}

/// <summary>Who has no right to a method, told by hand and not by the table under test.</summary>
internal static class Strangers
{
    private const string County = Pushing.Counties.OfAccess;
    private static readonly Somebody Partner = new(Department.Partner, Role.Partner, County);
    private static readonly Somebody Operations = new(Department.Platform, Role.Operations, "43");
    private static readonly Somebody Service = new(Department.Platform, Role.Service, "43");
    private static readonly Somebody CivilAffairs = Officer(Department.CivilAffairs);
    private static readonly Somebody TownOfficer = new(Department.CivilAffairs, Role.TownOfficer, SharedInstallation.FirstVillage(County)[..9]);
    private static readonly Somebody VillageWorker = new(Department.CivilAffairs, Role.VillageWorker, SharedInstallation.FirstVillage(County));
    private static readonly Somebody TownEducation = new(Department.Education, Role.Officer, SharedInstallation.FirstVillage(County)[..9]);
    private static readonly Somebody School = new(Department.Education, Role.School, County);
    private static readonly Somebody CityOfficer = new(Department.CivilAffairs, Role.Officer, County[..4]);

    /// <summary>A role that the department does not have, for every method but the open ones.</summary>
    private static readonly Somebody Impossible = new(Department.Education, Role.VillageWorker, SharedInstallation.FirstVillage(County));

    public static IEnumerable<Somebody> Of(MethodRow row) => row.Way switch
    {
        Way.Open => [],
        Way.Push => [Impossible, CivilAffairs, Operations, Service],
        Way.Receipt => [Impossible, CivilAffairs, Service],
        Way.Service => [Impossible, CivilAffairs, Partner, Operations],
        Way.Operate => [Impossible, CivilAffairs, Partner, Service],
        Way.ReportHarm => [Impossible, Partner, Operations, Service],
        Way.Read or Way.Act => [Impossible, Partner, Operations, Service, .. row.Groups.SelectMany(WithoutRight), .. row.Way is Way.Act ? NotCompetent(row.Method) : []],
        _ => throw new InvalidOperationException($"{row.Way} is a new way: say who may not."),
    };

    private static IEnumerable<Somebody> WithoutRight(FieldGroup group) => group switch
    {
        FieldGroup.Figures => [],
        FieldGroup.Identity => [CityOfficer, Officer(Department.WomensFederation), Officer(Department.Health), Officer(Department.Justice)],
        FieldGroup.Contact => [CityOfficer, Officer(Department.WomensFederation), Officer(Department.Police), Officer(Department.Education)],
        FieldGroup.HealthAid => [CityOfficer, Officer(Department.Police), Officer(Department.Justice)],
        FieldGroup.Schooling => [CityOfficer, Officer(Department.Health), Officer(Department.Justice)],
        FieldGroup.ReportResponse => [CityOfficer, VillageWorker],
        // A case is anybody's who is assigned it.
        FieldGroup.HotlineAppeal => [],
        FieldGroup.AssessmentPlan => [CityOfficer, VillageWorker],
        FieldGroup.InterventionCourt => [CityOfficer, TownOfficer, VillageWorker, Officer(Department.Education), Officer(Department.WomensFederation)],
        _ => throw new InvalidOperationException($"{group} is read by a method now: say who may not."),
    };

    private static IEnumerable<Somebody> NotCompetent(string method) => method.Split('/')[1] switch
    {
        "ReferToPolice" or "TakeMeasure" or "RecordParentsUnreachable" => [Officer(Department.Education), Officer(Department.Justice)],
        "NotifyTown" or "NotifyCountyCivilAffairs" or "CloseResponse" => [CivilAffairs, TownOfficer, Officer(Department.Education)],
        "TriageReport" or "LinkReport" or "DismissProposal" or "CommendReporter" or "AddEvidence" => [Officer(Department.Education), Officer(Department.Justice)],
        "SetAsideReport" or "RecordFailureToReport" or "RecordAccountability" => [TownOfficer, VillageWorker, Officer(Department.Education)],
        "RecordDispatch" or "RecordOnScene" or "HandOverSearch" or "AcceptSearch" => [CivilAffairs, TownOfficer, Officer(Department.Education)],
        "ClassifyAppeal" or "AssignAppeal" or "TransferAppeal" or "FollowUpAppeal" or "CloseAppeal" or "SetOperator" =>
            [CivilAffairs, TownOfficer, Officer(Department.Police), Officer(Department.WomensFederation)],
        "BeginAppeal" or "RecordHelp" or "AnswerAppeal" => [],
        "PlaceChild" or "ReviewPlacement" or "EndPlacement" => [TownOfficer, VillageWorker, Officer(Department.Police)],
        "PublishInstrument" => [CityOfficer, CivilAffairs, TownOfficer, Officer(Department.Education)],
        "OpenAssessment" or "RecordFieldwork" or "DraftAssessment" or "ReviewAssessment" or "SupersedeAssessment" => [Officer(Department.Police), Officer(Department.Education)],
        "AddService" or "StartPlan" or "ArrangeService" or "SettleService" or "ReviewPlan" or "CompletePlan" or "TerminatePlan" => [Officer(Department.Police), Officer(Department.Education)],
        "AnswerAidRequest" or "ListProvider" or "RetireProvider" => [CityOfficer, TownOfficer, VillageWorker, Officer(Department.Education)],
        "FinaliseAssessment" or "ApprovePlan" => [Officer(Department.Police), Officer(Department.Education)],
        "AssignWorker" => [VillageWorker, Officer(Department.Police)],
        "RecordVisit" or "CorrectVisit" => [Officer(Department.Police), Officer(Department.Education)],
        "AcknowledgeSituation" => [CivilAffairs, VillageWorker, Officer(Department.Police)],
        "WaiveObligation" => [CityOfficer, TownOfficer, VillageWorker],
        "EntrustCare" or "NotifyEntrustment" or "ChangeCarer" or "EndCare" or "LogParentContact" => [Officer(Department.Police), Officer(Department.Education)],
        "ScreenCarer" or "FindCarerUnfit" => [VillageWorker, Officer(Department.Police)],
        "CloseFile" or "ReopenFile" or "ImportPaperList" or "GetPaperListTemplate" => [Officer(Department.Police), Officer(Department.Education)],
        "RecordConduct" or "RecordCourtAct" or "RecordEvidence" or "DisputeEvidence" => [Officer(Department.YouthLeague)],
        "AssignCase" => [Officer(Department.Police), Officer(Department.Justice)],
        "ListSuspectedDuplicates" or "ConfirmDuplicate" or "DismissDuplicate" or "UnlinkDuplicate" => [VillageWorker, Officer(Department.Police)],
        "OpenCampaign" or "CloseCampaign" => [TownOfficer, VillageWorker, Officer(Department.Police), Officer(Department.Education)],
        "RecordScreening" => [CivilAffairs, Officer(Department.Police), Officer(Department.Education)],
        "OrderRectification" => [VillageWorker, Officer(Department.Police), Officer(Department.Education)],
        "RecordRectified" or "RecordInjury" => [Officer(Department.Police), Officer(Department.Education)],
        "ConfirmDivisionChanges" or "ProposeDivisionList" => [CityOfficer, CivilAffairs, TownOfficer, VillageWorker, Officer(Department.Police)],
        "RecordAppraisal" or "JudgeRectification" => [TownOfficer, VillageWorker, Officer(Department.Police), Officer(Department.Education)],
        "ActOnSubmissions" => [VillageWorker, Officer(Department.Police), Officer(Department.Education)],
        "ConfirmQuarter" => [CivilAffairs, TownOfficer, Officer(Department.Health), TownEducation],
        "DeclareBreakGlass" or "EndBreakGlass" => [CivilAffairs, TownOfficer, VillageWorker, Officer(Department.Police), Officer(Department.Health)],
        "AcknowledgeBreakGlass" => [CityOfficer, TownOfficer, Officer(Department.Police), Officer(Department.Education)],
        "ListBreakGlass" => [TownOfficer, VillageWorker, Officer(Department.Police)],
        // Whichever department is to rectify.
        "ReportRectification" => [],
        "EraseChild" or "UnlinkPupil" or "ListReads" or "CreateWebhook" or "ListWebhooks" or "ResumeWebhook" or "EndWebhook" => [TownOfficer, VillageWorker, Officer(Department.Police), Officer(Department.Education)],
        "FollowDivisionReceipts" => [CivilAffairs, TownOfficer, Officer(Department.Police), TownEducation, School],
        "PushTermCalendar" => [CivilAffairs, TownOfficer, Officer(Department.Police)],
        "RecordContact" or "RecordHomeVisit" or "RegisterDropout" or "StartPersuasion" or "RecordPersuasionFailed" or "FileWrittenReport" or "RecordReturn" =>
            [CivilAffairs, TownOfficer, VillageWorker, Officer(Department.Police), Officer(Department.WomensFederation), TownEducation],
        "RecordTownPersuasion" => [CivilAffairs, VillageWorker, Officer(Department.Education), Officer(Department.Police)],
        "OrderAttendance" or "RecordLegalMeasures" => [CivilAffairs, TownOfficer, Officer(Department.Police), TownEducation, School],
        "GetDropoutCase" or "ListDropoutCases" or "GetWrittenReport" => [Officer(Department.Police), Officer(Department.WomensFederation), TownEducation],
        "PromoteClasses" or "BeginPairing" or "RecordSupport" or "MakePlan" or "EndPairing" =>
            [CivilAffairs, TownOfficer, VillageWorker, Officer(Department.Police), Officer(Department.WomensFederation), TownEducation],
        "GetPairing" or "ListPairings" or "ListReconciliationCases" or "GetReconciliationCase" => [Officer(Department.Police), Officer(Department.WomensFederation), TownEducation],
        "GiveContactCard" or "LogHelpedCall" or "RecordNightRoll" or "RecordHandOver" or "RecordLawLesson" =>
            [CivilAffairs, TownOfficer, VillageWorker, Officer(Department.Police), Officer(Department.WomensFederation), TownEducation],
        "GetContactCard" => [Officer(Department.Health), TownEducation],
        "ListBoardingSheets" or "GetBoardingSheet" or "ListLawTerms" or "ListSchoolGoals" => [Officer(Department.Police), Officer(Department.WomensFederation), TownEducation],
        "RecordAdmissionRefused" => [Officer(Department.Police), Officer(Department.WomensFederation), TownEducation],
        "SettleAdmission" => [CivilAffairs, TownOfficer, VillageWorker, Officer(Department.Police), TownEducation, School],
        "GetRefusedAdmission" or "ListRefusedAdmissions" => [Officer(Department.Police), Officer(Department.WomensFederation), TownEducation, School],
        "DecideReconciliationCase" => [VillageWorker, Officer(Department.Police), Officer(Department.WomensFederation), TownEducation, School],
        "ListMissingRolls" => [Officer(Department.Police), Officer(Department.WomensFederation)],
        _ => throw new InvalidOperationException($"{method} is new: say who is not competent."),
    };

    private static Somebody Officer(Department department) => new(department, Role.Officer, County);
}
