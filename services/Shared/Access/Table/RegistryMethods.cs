using LeftBehind.Contracts;
using static LeftBehind.Access.Department;
using static LeftBehind.Access.FieldGroup;
using static LeftBehind.Access.MethodRows;
using static LeftBehind.Access.Tie;

namespace LeftBehind.Access;

/// <summary>The rows of Registry (一人一档).</summary>
internal static class RegistryMethods
{
    private const string Named = "who may see what, row identity; reads that reveal it are recorded with purpose (未成年人网络保护条例 §36)";
    private const string Files = "one child, one file (一人一档): civil affairs of village, town and county keep it";
    private const string Visited = "policy: 村（居）民委员会定期或不定期走访、探视; with the town and county that answer for them";
    private const string Entrusted = "未成年人保护法 §22, §23: entrusted care; civil affairs of village, town and county see to it";
    private const string Screening = "policy: 建立重点时段排查机制, 民政…建立完善…排查、防控、报告等制度; levels are a platform default";

    private const string Emergency = "who may see what: city and province see figures only, unless by break-glass; who declares it and for how long is a platform default";

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
        Act("leftbehind.registry.v1.BreakGlass/DeclareBreakGlass", Emergency, Figures, None, CivilAffairs, Police) with { Levels = [DivisionLevel.City, DivisionLevel.Province] },
        Act("leftbehind.registry.v1.BreakGlass/EndBreakGlass", Emergency, Figures, None, CivilAffairs, Police) with { Levels = [DivisionLevel.City, DivisionLevel.Province] },
        Act("leftbehind.registry.v1.BreakGlass/AcknowledgeBreakGlass", Emergency, Identity, None, CivilAffairs) with { Levels = [DivisionLevel.County] },
        Act("leftbehind.registry.v1.BreakGlass/ListBreakGlass", Emergency, Figures, None, CivilAffairs)
            with { Levels = [DivisionLevel.County, DivisionLevel.City, DivisionLevel.Province] },
        new("leftbehind.operations.v1.Grants/UseBreakGlass", Way.Service, Emergency),
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
    ];
}
