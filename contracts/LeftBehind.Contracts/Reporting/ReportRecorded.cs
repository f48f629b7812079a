namespace LeftBehind.Contracts.Reporting;

/// <summary>
/// Where a report of harm stands after something about it was recorded (强制报告). Subject: the report. Neither who reported nor a
/// text travels.
/// </summary>
/// <param name="ReportId">The report.</param>
/// <param name="After">All that is told of it, after the change.</param>
[StoredName("report_recorded")]
public sealed record ReportRecorded(Guid ReportId, ReportFacts After);

/// <summary>All that is told of a report.</summary>
/// <param name="ChildId">The child's file; null while nobody knows which child it is.</param>
/// <param name="Division">Village of the place, or the town where the village is unknown.</param>
/// <param name="Situation">What was found, by the policy's list.</param>
/// <param name="Category">What was found, by the list of the 2020 opinions; null where the reporter named none.</param>
/// <param name="Reporter">Who reports.</param>
/// <param name="Anonymous">Nobody is known to have reported.</param>
/// <param name="Urgency">Of a case with all that joined it; never lowered.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DiscoveredAt">When it was found; UTC.</param>
/// <param name="ReportedAt">When it was reported; UTC, not before the discovery.</param>
/// <param name="Shielded">It concerns an organisation or account of the installation, so that no list shows it.</param>
public sealed record ReportFacts(
    Guid? ChildId, DivisionId Division, Situation Situation, ReportedCategory? Category, ReporterKind Reporter, bool Anonymous, Urgency Urgency,
    ReportState State, DateTimeOffset DiscoveredAt, DateTimeOffset ReportedAt, bool Shielded);

/// <summary>Where a report stands.</summary>
public enum ReportState
{
    /// <summary>Received; its urgency is that of the platform's rule.</summary>
    Received,

    /// <summary>A person judged its urgency (分级).</summary>
    Triaged,

    /// <summary>The police were told.</summary>
    ReferredToPolice,

    /// <summary>The police were sent out.</summary>
    UnderHandling,

    /// <summary>Its response was closed.</summary>
    Concluded,

    /// <summary>Joined to another case.</summary>
    Linked,

    /// <summary>A person decided, with a reason, that there is nothing in it (不实).</summary>
    Unfounded,

    /// <summary>A person decided, with a reason, that it is no case of harm to a child (不属受理范围).</summary>
    OutOfScope,
}

/// <summary>
/// The nine categories of 《关于建立侵害未成年人案件强制报告制度的意见（试行）》 (2020) §4, kept as reported beside the policy's five
/// situations.
/// </summary>
public enum ReportedCategory
{
    /// <summary>（一）生殖器官或隐私部位非正常损伤.</summary>
    AbnormalPrivateInjury = 1,

    /// <summary>（二）不满十四周岁的女性遭受或疑似遭受性侵害、怀孕、流产.</summary>
    SexualHarmUnder14,

    /// <summary>（三）十四周岁以上女性遭受或疑似遭受性侵害所致怀孕、流产.</summary>
    SexualHarmFrom14,

    /// <summary>（四）多处损伤、严重营养不良、意识不清，疑似家庭暴力、欺凌、虐待、殴打或者被人麻醉.</summary>
    InjuryOrAbuse,

    /// <summary>（五）自杀、自残、工伤、中毒、被人麻醉、殴打等非正常原因导致伤残、死亡.</summary>
    UnnaturalInjuryOrDeath,

    /// <summary>（六）被遗弃或长期处于无人照料状态.</summary>
    AbandonedOrUnattended,

    /// <summary>（七）来源不明、失踪或者被拐卖、收买.</summary>
    MissingOrTrafficked,

    /// <summary>（八）被组织乞讨.</summary>
    OrganisedBegging,

    /// <summary>（九）其他严重侵害或正在面临不法侵害危险.</summary>
    OtherSeriousHarm,
}
