using System.Collections.Frozen;
using LeftBehind.Contracts;
using static LeftBehind.Access.Department;
using static LeftBehind.Access.FieldGroup;
using static LeftBehind.Access.MethodRows;
using static LeftBehind.Access.Tie;

namespace LeftBehind.Access;

/// <summary>Which method is for whom: one row a method. A method without a row is refused, and fails start-up.</summary>
public static class MethodTable
{
    private const string Named = "who may see what, row identity; reads that reveal it are recorded with purpose (未成年人网络保护条例 §36)";
    private const string Files = "one child, one file (一人一档): civil affairs of village, town and county keep it";
    private const string Visited = "policy: 村（居）民委员会定期或不定期走访、探视; with the town and county that answer for them";
    private const string Entrusted = "未成年人保护法 §22, §23: entrusted care; civil affairs of village, town and county see to it";
    private const string Screening = "policy: 建立重点时段排查机制, 民政…建立完善…排查、防控、报告等制度; levels are a platform default";
    private const string Reports = "who may see what, row report, response, placement";
    private const string Hotline = "who may see what: rows hotline appeal and caller identity";
    private const string Accountable = "policy: 未履行报告义务的，其上级机关和有关部门要严肃追责; levels are a platform default";
    private const string Interventions = "who may see what, row intervention, court";
    private const string Dropouts = "policy: 落实辍学学生登记、劝返复学和书面报告制度; the school of the pupil, and the county's education";
    private const string Paired = "policy: 建立结对帮扶制度; the school of the pupil, and the county's education";
    private const string Running = "users: operations watch, park, retry and reconcile";

    /// <summary>Every row.</summary>
    public static IReadOnlyList<MethodRow> Rows { get; } =
    [
        Push("leftbehind.registry.v1.Registry/PushHouseholds", Identity, Contact, HealthAid),
        Receipt("leftbehind.registry.v1.Registry/GetReceipt"),
        Receipt("leftbehind.registry.v1.Registry/CountReceipts"),
        Read("leftbehind.registry.v1.Registry/RevealIdentities", Named, Identity),
        // The answer lists the parents' whereabouts and the household, the grounds of the determination.
        Read("leftbehind.registry.v1.Registry/WhyEligible", Named, Identity),
        Act("leftbehind.registry.v1.Registry/CloseFile", Files, Identity, None, CivilAffairs),
        Act("leftbehind.registry.v1.Registry/ReopenFile", Files, Identity, None, CivilAffairs),
        Act("leftbehind.registry.v1.Registry/UnlinkPupil", "platform default: county civil affairs settle whose record it is", Identity, None, CivilAffairs)
            with { Levels = [DivisionLevel.County] },
        Read("leftbehind.registry.v1.Registry/SearchChildren", Named, Identity),
        Review("leftbehind.registry.v1.Registry/ListSuspectedDuplicates"),
        Review("leftbehind.registry.v1.Registry/ConfirmDuplicate"),
        Review("leftbehind.registry.v1.Registry/DismissDuplicate"),
        Review("leftbehind.registry.v1.Registry/UnlinkDuplicate"),
        Act("leftbehind.registry.v1.PaperLists/ImportPaperList", Files, Identity, None, CivilAffairs),
        Act("leftbehind.registry.v1.PaperLists/GetPaperListTemplate", Files, Identity, None, CivilAffairs),
        Read("leftbehind.registry.v1.PaperLists/ExportChildren", Named, Identity),

        Act("leftbehind.registry.v1.Visits/AssignWorker", "policy: 确定有专人负责; named by the town or county (platform default)", Identity, None, CivilAffairs)
            with { Levels = [DivisionLevel.Town, DivisionLevel.County] },
        Read("leftbehind.registry.v1.Visits/ListVillagesWithoutWorker", "policy: 确定有专人负责; a file without one is a finding", Identity),
        Act("leftbehind.registry.v1.Visits/RecordVisit", Visited, Identity, None, CivilAffairs),
        Act("leftbehind.registry.v1.Visits/CorrectVisit", Visited, Identity, None, CivilAffairs),
        Act("leftbehind.registry.v1.Visits/AcknowledgeSituation", "policy: 发现异常情况要及时向镇人民政府（街道办事处）报告", Identity, None, CivilAffairs)
            with { Levels = [DivisionLevel.Town] },
        Read("leftbehind.registry.v1.Visits/GetVisits", Named, Identity),
        Read("leftbehind.registry.v1.Visits/ListDueVisits", Visited, Identity),

        // Each service tells of its own duties to those alone who read what they are about; its handler asks.
        Read("leftbehind.obligations.v1.Obligations/ListObligations", "who may see what: duties by the field group of the service that owes them", Figures),
        Act("leftbehind.obligations.v1.Obligations/WaiveObligation", "platform default: the owning department at its county lets a duty go", Figures, None,
            CivilAffairs, Education, Police, Justice, Health, YouthLeague, WomensFederation, DisabledPersonsFederation) with { Levels = [DivisionLevel.County] },
        Act("leftbehind.registry.v1.HazardScreening/OpenCampaign", Screening, Identity, None, CivilAffairs) with { Levels = [DivisionLevel.County] },
        Act("leftbehind.registry.v1.HazardScreening/CloseCampaign", Screening, Identity, None, CivilAffairs) with { Levels = [DivisionLevel.County] },
        Read("leftbehind.registry.v1.HazardScreening/ListCampaigns", Screening, Identity),
        Act("leftbehind.registry.v1.HazardScreening/RecordScreening", Screening, Identity, None, CivilAffairs) with { Levels = [DivisionLevel.Town, DivisionLevel.Village] },
        Act("leftbehind.registry.v1.HazardScreening/OrderRectification", Screening, Identity, None, CivilAffairs) with { Levels = [DivisionLevel.County, DivisionLevel.Town] },
        Act("leftbehind.registry.v1.HazardScreening/RecordRectified", Screening, Identity, None, CivilAffairs),
        Act("leftbehind.registry.v1.HazardScreening/RecordInjury", Screening, HealthAid, None, CivilAffairs),
        // Counts of single villages: for those only who may name the children behind them.
        Read("leftbehind.registry.v1.HazardScreening/GetCampaignProgress", "small cells: roles with child access", Identity),
        Read("leftbehind.registry.v1.HazardScreening/ListHazards", Screening, Identity),
        Read("leftbehind.registry.v1.HazardScreening/GetHazard", Named, Identity),

        Act("leftbehind.registry.v1.Care/EntrustCare", Entrusted, Contact, None, CivilAffairs),
        Screen("leftbehind.registry.v1.Care/ScreenCarer"),
        Act("leftbehind.registry.v1.Care/NotifyEntrustment", Entrusted, Contact, None, CivilAffairs),
        Act("leftbehind.registry.v1.Care/ChangeCarer", Entrusted, Contact, None, CivilAffairs),
        Act("leftbehind.registry.v1.Care/EndCare", Entrusted, Contact, None, CivilAffairs),
        Screen("leftbehind.registry.v1.Care/FindCarerUnfit"),
        Act("leftbehind.registry.v1.Care/LogParentContact", Entrusted, Contact, None, CivilAffairs),
        // Whose care it is in, and how often the parents call, is contact all through.
        Read("leftbehind.registry.v1.Care/GetCare", Entrusted, Contact),
        Read("leftbehind.registry.v1.Care/ListCareWork", Entrusted, Contact),
        Act("leftbehind.registry.v1.Erasure/EraseChild", "个人信息保护法 §47, 未成年人保护法 §72; platform default: civil affairs of the county decide", Identity, None, CivilAffairs)
            with { Levels = [DivisionLevel.County] },

        Push("leftbehind.education.v1.EducationAttendance/PushStudentRoll", Identity, Schooling),
        Receipt("leftbehind.education.v1.EducationAttendance/GetReceipt"),
        Receipt("leftbehind.education.v1.EducationAttendance/CountReceipts"),
        Act("leftbehind.education.v1.Calendars/PushTermCalendar", "the county's dated term calendar (校历), pushed by the education bureau", Schooling, None, Education)
            with { Levels = [DivisionLevel.County] },
        Read("leftbehind.education.v1.Calendars/GetTermCalendar", "platform default: a calendar is nobody's data; whoever reads figures knows of which days they are", Figures),
        Push("leftbehind.education.v1.Attendance/PushAttendance", Schooling),
        Push("leftbehind.education.v1.Imports/PushEdFiAttendance", Schooling),
        Receipt("leftbehind.education.v1.Imports/SumImportedAttendance"),
        Act("leftbehind.education.v1.Attendance/ListMissingRolls", "who may see what, row schooling, attendance", Schooling, None, CivilAffairs, Education),
        Act("leftbehind.education.v1.Promotions/PromoteClasses", "platform default: the school of the pupils, and the county's education", Schooling, OwnPupil, Education),

        Act("leftbehind.education.v1.Dropouts/RecordContact", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/RecordHomeVisit", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/RegisterDropout", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/StartPersuasion", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/RecordPersuasionFailed", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/FileWrittenReport", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/RecordTownPersuasion", "义务教育法 §13; policy: 依法采取措施劝返复学; the town's officers of civil affairs act for it (platform default)",
            Schooling, None, CivilAffairs) with { Levels = [DivisionLevel.Town] },
        Act("leftbehind.education.v1.Dropouts/OrderAttendance", "义务教育法 §58: 责令限期改正; the county's education", Schooling, None, Education) with { Levels = [DivisionLevel.County] },
        Act("leftbehind.education.v1.Dropouts/RecordLegalMeasures", "义务教育法 §58; policy: 依法采取措施劝返复学; the county's education", Schooling, None, Education)
            with { Levels = [DivisionLevel.County] },
        Act("leftbehind.education.v1.Dropouts/RecordReturn", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/GetDropoutCase", "who may see what, row schooling, attendance", Schooling, OwnPupil, CivilAffairs, Education),
        Act("leftbehind.education.v1.Dropouts/ListDropoutCases", "who may see what, row schooling, attendance", Schooling, OwnPupil, CivilAffairs, Education),
        // Reported to the county's education and the town; the school keeps what it wrote.
        Act("leftbehind.education.v1.Dropouts/GetWrittenReport", "policy: 书面报告区教育局和相关镇（街道）", Schooling, OwnPupil, CivilAffairs, Education),

        Act("leftbehind.education.v1.Pairings/BeginPairing", Paired, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Pairings/RecordSupport", Paired, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Pairings/MakePlan", Paired, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Pairings/EndPairing", Paired, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Pairings/GetPairing", "who may see what, row schooling, attendance", Schooling, OwnPupil, CivilAffairs, Education),
        Act("leftbehind.education.v1.Pairings/ListPairings", "who may see what, row schooling, attendance", Schooling, OwnPupil, CivilAffairs, Education),

        Act("leftbehind.education.v1.Reconciliation/ListReconciliationCases", "who may see what, row schooling, attendance", Schooling, None, CivilAffairs, Education),
        Act("leftbehind.education.v1.Reconciliation/GetReconciliationCase", "who may see what, row schooling, attendance", Schooling, None, CivilAffairs, Education),
        Act("leftbehind.education.v1.Reconciliation/DecideReconciliationCase", "platform default: the county's education, and civil affairs of town and county", Schooling, None,
            CivilAffairs, Education) with { Levels = [DivisionLevel.Town, DivisionLevel.County] },

        Read("leftbehind.platform.v1.Platform/GetFigures", "who may see what, row figures; small cells merged without child access", Figures),
        Read("leftbehind.platform.v1.Platform/ExportFigures", "who may see what, row figures; small cells merged without child access", Figures),
        // Ids of single children are drilled from figures by those only who may name them, and read what the figure tells of them.
        Read("leftbehind.platform.v1.Platform/ListSubjects", "small cells: roles with child access; each measure by the field groups it tells", Identity),
        Read("leftbehind.platform.v1.Platform/GetTimeline", "small cells: roles with child access; each entry by its own field group", Identity),
        Read("leftbehind.platform.v1.ChangeFeed/ReadChanges", "small cells: roles with child access; each change by its own field group", Identity),
        new("leftbehind.platform.v1.Platform/Reconcile", Way.Operate, Running),

        new("leftbehind.reporting.v1.Reporting/ReportHarm", Way.ReportHarm, "未成年人保护法 §11: any organisation or individual may report; never suppressed"),
        Read("leftbehind.reporting.v1.Reporting/GetReport", Reports, ReportResponse, Assigned | OwnReport),
        Act("leftbehind.reporting.v1.Reporting/ReferToPolice", Reports, ReportResponse, None, CivilAffairs, Police),
        Act("leftbehind.reporting.v1.Reporting/TakeMeasure", "measures of the response matrix: police, civil affairs", ReportResponse, None, CivilAffairs, Police),
        Act("leftbehind.reporting.v1.Reporting/RecordParentsUnreachable", "measures of the response matrix: police, civil affairs", ReportResponse, None, CivilAffairs, Police),
        Act("leftbehind.reporting.v1.Reporting/NotifyTown", "policy: 公安机关要将相关情况及时通报相关镇（街道）", ReportResponse, None, Police),
        Act("leftbehind.reporting.v1.Reporting/NotifyCountyCivilAffairs", "policy: 及时向镇人民政府（街道办事处）、区民政局通报应急处置情况", ReportResponse, None, Police),
        Act("leftbehind.reporting.v1.Reporting/CloseResponse", "policy: the police respond, and end the response", ReportResponse, None, Police),
        Act("leftbehind.reporting.v1.MandatoryReports/TriageReport", Reports, ReportResponse, None, CivilAffairs, Police),
        Decide("leftbehind.reporting.v1.MandatoryReports/SetAsideReport", "platform default: the county decides that there is nothing in a report"),
        Act("leftbehind.reporting.v1.MandatoryReports/LinkReport", Reports, ReportResponse, None, CivilAffairs, Police),
        Act("leftbehind.reporting.v1.MandatoryReports/DismissProposal", Reports, ReportResponse, None, CivilAffairs, Police),
        Decide("leftbehind.reporting.v1.MandatoryReports/RecordFailureToReport", Accountable),
        Decide("leftbehind.reporting.v1.MandatoryReports/RecordAccountability", Accountable),
        Act("leftbehind.reporting.v1.MandatoryReports/CommendReporter", "policy: 积极向公安机关报告的，应及时给予表扬和奖励", ReportResponse, None, CivilAffairs, Police),
        Read("leftbehind.reporting.v1.MandatoryReports/ListReports", Reports, ReportResponse),
        Read("leftbehind.reporting.v1.LiveReports/WatchReports", Reports, ReportResponse),
        Act("leftbehind.reporting.v1.EmergencyResponses/RecordDispatch", "policy: 公安机关…第一时间出警调查", ReportResponse, None, Police),
        Act("leftbehind.reporting.v1.EmergencyResponses/RecordOnScene", "policy: 公安机关…第一时间出警调查", ReportResponse, None, Police),
        Act("leftbehind.reporting.v1.EmergencyResponses/AddEvidence", "policy: 按照有关规定调查取证", ReportResponse, None, CivilAffairs, Police),
        Act("leftbehind.reporting.v1.EmergencyResponses/HandOverSearch", "policy: 按照儿童失踪快速查找机制及时开展调查", ReportResponse, None, Police),
        Act("leftbehind.reporting.v1.EmergencyResponses/AcceptSearch", "policy: 按照儿童失踪快速查找机制及时开展调查", ReportResponse, None, Police),
        Place("leftbehind.reporting.v1.Placements/PlaceChild"),
        Place("leftbehind.reporting.v1.Placements/ReviewPlacement"),
        Place("leftbehind.reporting.v1.Placements/EndPlacement"),
        Read("leftbehind.reporting.v1.Placements/GetPlacement", Reports, ReportResponse),
        new("leftbehind.reporting.v1.HotlineAppeals/ReceiveAppeal", Way.ReportHarm, "policy: 畅通诉求渠道; any person, round the clock"),
        Answer12355("leftbehind.reporting.v1.HotlineAppeals/ClassifyAppeal"),
        Answer12355("leftbehind.reporting.v1.HotlineAppeals/AssignAppeal"),
        Answer12355("leftbehind.reporting.v1.HotlineAppeals/TransferAppeal"),
        Work12355("leftbehind.reporting.v1.HotlineAppeals/BeginAppeal"),
        Work12355("leftbehind.reporting.v1.HotlineAppeals/RecordHelp"),
        Work12355("leftbehind.reporting.v1.HotlineAppeals/AnswerAppeal"),
        Answer12355("leftbehind.reporting.v1.HotlineAppeals/FollowUpAppeal"),
        Answer12355("leftbehind.reporting.v1.HotlineAppeals/CloseAppeal"),
        Read("leftbehind.reporting.v1.HotlineAppeals/GetAppeal", Hotline, HotlineAppeal, Assigned | Escalated),
        Read("leftbehind.reporting.v1.HotlineAppeals/ListAppeals", Hotline, HotlineAppeal, Assigned | Escalated),
        Read("leftbehind.reporting.v1.HotlineAppeals/WatchAppeals", Hotline, HotlineAppeal, Assigned | Escalated),
        Act("leftbehind.reporting.v1.HotlineAppeals/SetOperator", "platform default: the Youth League of a place opens and closes its platform", Figures, None, YouthLeague)
            with { Levels = [DivisionLevel.Province, DivisionLevel.City, DivisionLevel.County] },
        Read("leftbehind.reporting.v1.HotlineAppeals/ListOperators", "platform default: whoever works here may know which platform is open", Figures),

        .. AssessmentMethods.Rows,

        Act("leftbehind.guardianship.v1.GuardianshipIntervention/RecordConduct", Interventions, InterventionCourt, Assigned, CivilAffairs, Police, Justice),
        Read("leftbehind.guardianship.v1.GuardianshipIntervention/GetCase", Interventions, InterventionCourt, Assigned),
        Act("leftbehind.guardianship.v1.Court/AssignCase", "platform default: county civil affairs lead (policy: 区民政局要履行牵头职责) and assign", InterventionCourt, None, CivilAffairs)
            with { Levels = [DivisionLevel.County] },
        // Whose record each single act may be, the service's own table says.
        Act("leftbehind.guardianship.v1.Court/RecordCourtAct", Interventions, InterventionCourt, Assigned, CivilAffairs, Police, Justice),
        Act("leftbehind.guardianship.v1.Court/RecordEvidence", Interventions, InterventionCourt, Assigned, CivilAffairs, Police, Justice),
        Act("leftbehind.guardianship.v1.Court/DisputeEvidence", Interventions, InterventionCourt, Assigned, CivilAffairs, Police, Justice),
        Read("leftbehind.guardianship.v1.Court/GetPetitionGrounds", Interventions, InterventionCourt, Assigned),
        Read("leftbehind.guardianship.v1.Court/GetCaseFile", Interventions, InterventionCourt, Assigned),

        new("leftbehind.operations.v1.Source/Replay", Way.Service, "exactly-once by watermark: a consumer pulls what it missed"),
        new("leftbehind.operations.v1.Source/ListHeads", Way.Service, "reconcile: comparison with each source store"),
        new("leftbehind.operations.v1.Lanes/ListLanes", Way.Operate, Running),
        new("leftbehind.operations.v1.Lanes/AcceptIncarnation", Way.Operate, "an unknown incarnation stops the lane until operations accept it"),
        new("leftbehind.operations.v1.Lanes/FindParked", Way.Service, "the second answer on a receipt: what happened beyond the service"),
        new("leftbehind.operations.v1.Lanes/ListParked", Way.Operate, Running),
        new("leftbehind.operations.v1.Lanes/RetryParked", Way.Operate, Running),
        new("leftbehind.operations.v1.Lanes/DiscardParked", Way.Operate, Running),

        new("grpc.health.v1.Health/Check", Way.Open, "probes carry no token"),
        new("grpc.health.v1.Health/Watch", Way.Open, "probes carry no token"),
        // Reflection is mapped in development only; even there it asks for a token.
        new("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", Way.Operate, "OWASP API9"),
        new("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", Way.Operate, "OWASP API9")
    ];

    private static readonly FrozenDictionary<string, MethodRow> ByMethod = Rows.ToFrozenDictionary(row => row.Method, StringComparer.Ordinal);

    /// <summary>The row of a method (<c>package.Service/Method</c>, with or without the leading slash), or null.</summary>
    public static MethodRow? Find(string method) => ByMethod.GetValueOrDefault(method.TrimStart('/'));
}
