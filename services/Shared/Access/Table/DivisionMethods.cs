using LeftBehind.Contracts;
using static LeftBehind.Access.Department;
using static LeftBehind.Access.FieldGroup;
using static LeftBehind.Access.MethodRows;
using static LeftBehind.Access.Tie;

namespace LeftBehind.Access;

/// <summary>The rows of the division tree (行政区划), and of the appraisal of divisions (考核问责).</summary>
internal static class DivisionMethods
{
    public static IReadOnlyList<MethodRow> Rows { get; } =
    [
        Act("leftbehind.platform.v1.Divisions/ConfirmDivisionChanges", "行政区划管理条例 §13: 民政部门 keep the divisions; one installation is one province", Figures, None, CivilAffairs)
            with { Levels = [DivisionLevel.Province] },
        Act("leftbehind.platform.v1.Divisions/ProposeDivisionList", "行政区划管理条例 §13: 民政部门 keep the divisions; one installation is one province", Figures, None, CivilAffairs)
            with { Levels = [DivisionLevel.Province] },
        Read("leftbehind.platform.v1.Divisions/ListDivisionChanges", "platform default: what changed in a division is told to whoever sees its figures", Figures),
        Read("leftbehind.platform.v1.Divisions/ListReassignments", "small cells: roles with child access", Identity),
        Read("leftbehind.platform.v1.Appraisals/GetIndicators", "who may see what, row figures", Figures),
        Read("leftbehind.platform.v1.Appraisals/GetLeague", "who may see what, row figures", Figures),
        Read("leftbehind.platform.v1.Appraisals/GetDepartmentLeague", "who may see what, row figures", Figures),
        Act("leftbehind.platform.v1.Appraisals/RecordAppraisal", Appraised, Figures, None, CivilAffairs) with { Levels = [DivisionLevel.County, DivisionLevel.City, DivisionLevel.Province] },
        Act("leftbehind.platform.v1.Appraisals/ReportRectification", Appraised, Figures, None,
            CivilAffairs, Education, Police, Justice, Health, YouthLeague, WomensFederation, DisabledPersonsFederation),
        Act("leftbehind.platform.v1.Appraisals/JudgeRectification", Appraised, Figures, None, CivilAffairs) with { Levels = [DivisionLevel.County, DivisionLevel.City, DivisionLevel.Province] },
        Read("leftbehind.platform.v1.Appraisals/ListAppraisals", "platform default: an appraisal is told to whoever sees the division's figures", Figures),
    ];

    private const string Appraised = "policy: 强化考核问责, the level above appraises towns and departments";
}
