using LeftBehind.Contracts.Guardianship;
using LeftBehind.GuardianshipIntervention.Cases;

namespace LeftBehind.GuardianshipIntervention.Petitions;

/// <summary>How often somebody was educated on a conduct, counted from the ladder: each document once. Pure.</summary>
public static class EducationActs
{
    /// <summary>The second ground: 经教育不改.</summary>
    public const int Once = 1;

    /// <summary>The fifth ground: 三次以上批评教育.</summary>
    public const int ThreeTimes = 3;

    private static readonly InterventionAct[] Criticism = [InterventionAct.Admonition, InterventionAct.Reprimand, InterventionAct.WrittenWarning];

    /// <summary>Organs whose criticism the fifth ground counts: 公安机关和未成年人救助保护机构等部门.</summary>
    private static readonly OrganKind[] Departments = [OrganKind.Police, OrganKind.ReliefBody, OrganKind.CivilAffairs, OrganKind.OtherDepartment];

    /// <summary>Any education on leaving the child unattended, whoever gave it; in the order in which it happened.</summary>
    public static IReadOnlyList<Step> OnUnattended(InterventionCase of, DateTimeOffset asOf) =>
        Of(of, asOf, Conduct.LeftUnattended, s => Criticism.Contains(s.Act) || s.Act is InterventionAct.FamilyEducationOrder);

    /// <summary>Criticism of begging by departments; an act of which nobody said what organ it was is not counted.</summary>
    public static IReadOnlyList<Step> OnBegging(InterventionCase of, DateTimeOffset asOf) =>
        Of(of, asOf, Conduct.ExploitedForBegging, s => Criticism.Contains(s.Act) && s.OrganKind is { } organ && Departments.Contains(organ));

    /// <summary>When the n-th was given; the end of time where there were fewer.</summary>
    public static DateTimeOffset NthOf(IReadOnlyList<Step> acts, int n) => acts.Count >= n ? acts[n - 1].OccurredAt : DateTimeOffset.MaxValue;

    private static List<Step> Of(InterventionCase of, DateTimeOffset asOf, Conduct conduct, Func<Step, bool> counts) =>
        [.. of.Steps.Where(s => s.Conduct == conduct && s.OccurredAt <= asOf && counts(s)).OrderBy(s => s.OccurredAt)];
}
