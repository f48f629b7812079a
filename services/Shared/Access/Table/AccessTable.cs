using LeftBehind.Contracts;
using static LeftBehind.Access.Right;

namespace LeftBehind.Access;

/// <summary>Who may see what: one table, default deny. Rows and columns stand as in the domain's own table; change both together.</summary>
public static class AccessTable
{
    private const Right VillageTownCounty = Village | Town | County;
    private const Right TownCounty = Town | County;

    /// <summary>Every row, in the order of the document.</summary>
    public static IReadOnlyList<TableRow> Rows { get; } =
    [
        //                                  civil affairs      education, school      police           justice    health              League, Women's, DPF   partner
        new(FieldGroup.Figures,             AllLevels,         AllLevels,             AllLevels,       AllLevels, AllLevels,          AllLevels,             Nothing),
        new(FieldGroup.Identity,            VillageTownCounty, OwnPupils,             County | Case,   Case,      Case,               Nothing,               WriteOnly),
        new(FieldGroup.Contact,             VillageTownCounty, OwnPupils,             Case,            Case,      Case,               Case,                  WriteOnly),
        new(FieldGroup.HealthAid,           VillageTownCounty, OwnPupilFlags,         Nothing,         Nothing,   OwnRows,            Flags,                 WriteOnly),
        new(FieldGroup.Schooling,           VillageTownCounty, OwnPupils | County,    Case,            Case,      Nothing,            Flags,                 WriteOnly),
        new(FieldGroup.ReportResponse,      TownCounty,        OwnReportReceipt,      County,          Case,      OwnReportReceipt,   OwnReportReceipt,      Nothing),
        new(FieldGroup.ReporterIdentity,    Handler,           Nothing,               Handler,         Nothing,   Nothing,            Nothing,               Nothing),
        // The League has what its platform holds as a case, and whoever handles one may call back.
        new(FieldGroup.HotlineAppeal,       County | Case,     Case,                  Case,            Case,      Case,               Case,                  Nothing),
        new(FieldGroup.CallerIdentity,      Handler,           Nothing,               Handler,         Nothing,   Nothing,            Case,                  Nothing),
        new(FieldGroup.AssessmentPlan,      TownCounty,        ServicesToOwnPupils,   Case,            Case,      ServicesGiven,      ServicesGiven,         Nothing),
        new(FieldGroup.InterventionCourt,   County,            Nothing,               Case,            Case,      Nothing,            Nothing,               Nothing),
    ];

    /// <summary>What the cell of a department says about a field group.</summary>
    public static Right Cell(FieldGroup group, Department department)
    {
        var row = Rows.Single(r => r.Group == group);
        return department switch
        {
            Department.CivilAffairs => row.CivilAffairs,
            Department.Education => row.Education,
            Department.Police => row.Police,
            Department.Justice => row.Justice,
            Department.Health => row.Health,
            Department.YouthLeague or Department.WomensFederation or Department.DisabledPersonsFederation => row.Federations,
            Department.Partner => row.Partner,
            // Services and those who run the installation see no field of any child.
            _ => Nothing
        };
    }

    /// <summary>How much of a group is shown of a subject inside the caller's division, given how the caller is tied to it.</summary>
    public static Detail Shown(Department department, Role role, DivisionLevel level, FieldGroup group, Tie tie)
    {
        var cell = Cell(group, department);
        if (cell == AllLevels)
            return role.IsPerson() ? Detail.Full : Detail.None;

        // City and province see figures only, unless a case is escalated to them or by break-glass.
        if (level is DivisionLevel.City or DivisionLevel.Province)
            return tie.HasFlag(Tie.Escalated) && (cell & (AllLevels | Case)) != 0 ? Detail.Full : Detail.None;

        // The level belongs to the authority of that level; a school in the county town is not the county.
        var byLevel = role is Role.School ? Nothing : AtLevel(level);
        var school = role is Role.School;
        return cell switch
        {
            _ when (cell & byLevel) != 0 => Detail.Full,
            _ when cell.HasFlag(Case) && tie.HasFlag(Tie.Assigned) => Detail.Full,
            _ when cell.HasFlag(OwnPupils) && school && tie.HasFlag(Tie.OwnPupil) => Detail.Full,
            _ when cell.HasFlag(OwnRows) && tie.HasFlag(Tie.OwnRow) => Detail.Full,
            _ when cell.HasFlag(Handler) && tie.HasFlag(Tie.Handler) => Detail.Full,
            _ when cell.HasFlag(OwnPupilFlags) && school && tie.HasFlag(Tie.OwnPupil) => Detail.Flags,
            _ when cell.HasFlag(Flags) => Detail.Flags,
            _ when cell.HasFlag(ServicesToOwnPupils) && school && tie.HasFlag(Tie.OwnPupil) => Detail.Services,
            _ when cell.HasFlag(ServicesGiven) && tie.HasFlag(Tie.ServiceGiven) => Detail.Services,
            _ when cell.HasFlag(OwnReportReceipt) && tie.HasFlag(Tie.OwnReport) => Detail.Receipt,
            _ => Detail.None
        };
    }

    /// <summary>True when the department may push rows with these fields.</summary>
    public static bool MayWrite(Department department, FieldGroup group) => Cell(group, department).HasFlag(WriteOnly);

    private static Right AtLevel(DivisionLevel level) => level switch
    {
        DivisionLevel.Village => Village,
        DivisionLevel.Town => Town,
        DivisionLevel.County => County,
        _ => Nothing
    };
}

/// <summary>One row of the access table.</summary>
public sealed record TableRow(
    FieldGroup Group,
    Right CivilAffairs,
    Right Education,
    Right Police,
    Right Justice,
    Right Health,
    Right Federations,
    Right Partner);
