using LeftBehind.Contracts;
using static LeftBehind.Access.Department;
using static LeftBehind.Access.FieldGroup;
using static LeftBehind.Access.MethodRows;
using static LeftBehind.Access.Tie;

namespace LeftBehind.Access;

/// <summary>The rows of Reporting (强制报告 / 应急处置 / 12355).</summary>
internal static class ReportingMethods
{
    private const string Reports = "who may see what, row report, response, placement";
    private const string Hotline = "who may see what: rows hotline appeal and caller identity";
    private const string Accountable = "policy: 未履行报告义务的，其上级机关和有关部门要严肃追责; levels are a platform default";

    public static IReadOnlyList<MethodRow> Rows { get; } =
    [
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
    ];
}
