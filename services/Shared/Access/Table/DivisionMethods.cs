using LeftBehind.Contracts;
using static LeftBehind.Access.Department;
using static LeftBehind.Access.FieldGroup;
using static LeftBehind.Access.MethodRows;
using static LeftBehind.Access.Tie;

namespace LeftBehind.Access;

/// <summary>The rows of the division tree (行政区划).</summary>
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
    ];
}
