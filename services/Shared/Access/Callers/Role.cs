using LeftBehind.Contracts;
using static LeftBehind.Access.Department;

namespace LeftBehind.Access;

/// <summary>What a caller is within its department. The claim value is the name in kebab case.</summary>
public enum Role
{
    /// <summary>儿童主任, one village.</summary>
    VillageWorker,

    /// <summary>儿童督导员, one town.</summary>
    TownOfficer,

    /// <summary>An officer of a department, at the level of the division in the token.</summary>
    Officer,

    /// <summary>The liaison of a court or procuratorate; sees the cases assigned.</summary>
    CourtLiaison,

    /// <summary>A school or kindergarten; sees its own pupils.</summary>
    School,

    /// <summary>A partner system.</summary>
    Partner,

    /// <summary>Another service of this installation.</summary>
    Service,

    /// <summary>Those who run the installation.</summary>
    Operations
}

/// <summary>Which roles exist in which departments and at which levels; a token that claims another mixture is refused.</summary>
public static class Roles
{
    private static readonly Department[] Departments =
        [CivilAffairs, Education, Police, Justice, Health, YouthLeague, WomensFederation, DisabledPersonsFederation];

    /// <summary>True when a department has the role at that level.</summary>
    public static bool Exists(Role role, Department department, DivisionLevel level) => role switch
    {
        Role.VillageWorker => department is CivilAffairs && level is DivisionLevel.Village,
        Role.TownOfficer => department is CivilAffairs && level is DivisionLevel.Town,
        Role.Officer => Departments.Contains(department),
        Role.CourtLiaison => department is Justice,
        Role.School => department is Education,
        Role.Partner => department is Department.Partner,
        Role.Service or Role.Operations => department is Platform,
        _ => false
    };

    /// <summary>True for people who act for a department or a school, false for systems and for those who run the installation.</summary>
    public static bool IsPerson(this Role role) => role is not (Role.Partner or Role.Service or Role.Operations);
}
