namespace LeftBehind.Contracts.Reporting;

/// <summary>
/// A report of harm was received (强制报告). Neither the reporter nor the description travels.
/// Subject of every fact of Reporting: the child's file when the child is known, else the report; also the report when it
/// concerns an organisation or account of the installation, so that those do not meet it on the child's timeline.
/// </summary>
/// <param name="ReportId">The report.</param>
/// <param name="ChildId">The child's file; null while nobody knows which child it is.</param>
/// <param name="Division">Village of the place, or the town where the village is unknown.</param>
/// <param name="Situation">What was found.</param>
/// <param name="Urgency">As triaged on receipt; see <see cref="Reporting.Urgency"/>.</param>
/// <param name="DiscoveredAt">When the reporter found it; UTC.</param>
/// <param name="ReportedAt">When it was reported; UTC. The delay between the two is measured.</param>
[StoredName("harm_reported")]
public sealed record HarmReported(
    Guid ReportId, Guid? ChildId, DivisionId Division, Situation Situation, Urgency Urgency, DateTimeOffset DiscoveredAt, DateTimeOffset ReportedAt);

/// <summary>A further report on a child joined the open case of the child or its household (户); nothing is deleted or suppressed.</summary>
/// <param name="ReportId">The further report.</param>
/// <param name="CaseId">The report that opened the case.</param>
/// <param name="ChildId">The child's file.</param>
/// <param name="Division">Where the further report found the child.</param>
/// <param name="Urgency">Urgency of the case from now on; never lower than before.</param>
[StoredName("report_linked")]
public sealed record ReportLinked(Guid ReportId, Guid CaseId, Guid? ChildId, DivisionId Division, Urgency Urgency);

/// <summary>What was found (policy: 强制报告机制).</summary>
public enum Situation
{
    /// <summary>脱离监护单独居住, unattended.</summary>
    LivingAlone,

    /// <summary>失踪.</summary>
    Missing,

    /// <summary>监护人丧失监护能力或不履行监护责任.</summary>
    GuardianIncapableOrFailing,

    /// <summary>疑似遭受家庭暴力.</summary>
    DomesticViolence,

    /// <summary>疑似遭受意外伤害或不法侵害, also coerced begging.</summary>
    OtherHarm,
}

/// <summary>How quickly a case must be answered; the order is that of the numbers. Platform default.</summary>
public enum Urgency { Ordinary, High, Emergency }

/// <summary>Who reports. The first seven are mandated (policy: 强制报告责任人), then those who report of their own will, then a rule of the platform.</summary>
public enum ReporterKind
{
    School, Kindergarten, Hospital, VillageCommittee, SocialWorkOrganisation, ReliefStation, WelfareInstitution,
    Citizen, Organisation, Child,

    /// <summary>Nobody: a rule found it in what is on file.</summary>
    PlatformRule,
}
