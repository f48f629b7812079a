using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Reporting.Reports;

/// <summary>On what footing a reporter reports.</summary>
public enum ReporterDuty { Mandated = 1, Voluntary, Own, Rule }

/// <summary>Who must report and who may, as data (policy: 建立强制报告机制).</summary>
public static class Reporters
{
    private static readonly Dictionary<ReporterKind, ReporterDuty> Duties = new()
    {
        [ReporterKind.School] = ReporterDuty.Mandated,
        [ReporterKind.Kindergarten] = ReporterDuty.Mandated,
        [ReporterKind.Hospital] = ReporterDuty.Mandated,
        [ReporterKind.VillageCommittee] = ReporterDuty.Mandated,
        [ReporterKind.SocialWorkOrganisation] = ReporterDuty.Mandated,
        [ReporterKind.ReliefStation] = ReporterDuty.Mandated,
        [ReporterKind.WelfareInstitution] = ReporterDuty.Mandated,
        [ReporterKind.Citizen] = ReporterDuty.Voluntary,
        [ReporterKind.Organisation] = ReporterDuty.Voluntary,
        [ReporterKind.Child] = ReporterDuty.Own,
        [ReporterKind.PlatformRule] = ReporterDuty.Rule,
    };

    public static ReporterDuty DutyOf(ReporterKind kind) => Duties[kind];
}
