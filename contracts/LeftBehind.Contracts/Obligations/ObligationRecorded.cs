namespace LeftBehind.Contracts.Obligations;

/// <summary>
/// Something changed about a legal or agreed duty (法定/约定事项), such as an assessment that is due by its tenth working day.
/// Subject of the fact: the obligation. Told by the service that owes to see it done; carries the whole state after the change.
/// </summary>
/// <param name="ObligationId">The obligation.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">All that is told of it, after the change.</param>
[StoredName("obligation_recorded")]
public sealed record ObligationRecorded(Guid ObligationId, ObligationChange Change, ObligationFacts After);

/// <summary>What happened to an obligation.</summary>
public enum ObligationChange { Opened, CameAtRisk, Breached, Escalated, Fulfilled, Waived }

/// <summary>All that is told of an obligation.</summary>
/// <param name="Kind">What is to be done; unique in the installation, the service first: <c>assessment.finalise</c>.</param>
/// <param name="Subject">About whom or what.</param>
/// <param name="Division">The division that owes it, of any level; it is counted there and above.</param>
/// <param name="Department">The department that owes it there.</param>
/// <param name="StartsAt">From when its time runs; UTC.</param>
/// <param name="DueAt">The first moment that is too late; UTC. Null where it is due at once (立即), which no law measures.</param>
/// <param name="Basis">What it rests on.</param>
/// <param name="Citation">The rule with its article.</param>
/// <param name="State">Where it stands.</param>
/// <param name="EscalatedTo">The level it was brought before, one above the owner's; null when it was not.</param>
/// <param name="EndedAt">When it was fulfilled or waived; UTC. The time since <paramref name="StartsAt"/> is what it took.</param>
public sealed record ObligationFacts(
    string Kind, ObligationSubject Subject, DivisionId Division, OwnerDepartment Department, DateTimeOffset StartsAt, DateTimeOffset? DueAt,
    ObligationBasis Basis, string Citation, ObligationState State, DivisionLevel? EscalatedTo, DateTimeOffset? EndedAt);

/// <summary>About whom or what a duty is.</summary>
/// <param name="Kind">child, pupil, report, response, assessment, plan, case, …: one lower-case word.</param>
/// <param name="Id">Its stream.</param>
public sealed record ObligationSubject(string Kind, Guid Id);

/// <summary>What a duty rests on; told with every breach, so that none is taken for a breach of law that is not one.</summary>
public enum ObligationBasis
{
    /// <summary>法律、行政法规.</summary>
    Law,

    /// <summary>政策文件.</summary>
    Policy,

    /// <summary>地方规定.</summary>
    LocalRule,

    /// <summary>平台默认: ours alone.</summary>
    PlatformDefault,
}

/// <summary>Where an obligation stands.</summary>
public enum ObligationState
{
    /// <summary>Its time runs.</summary>
    Open,

    /// <summary>Little of its time is left, or it was due at once and the alert's time has passed.</summary>
    AtRisk,

    /// <summary>Its time has passed.</summary>
    Breached,

    /// <summary>Done in time, or done at all where it was due at once.</summary>
    Fulfilled,

    /// <summary>Done after its time.</summary>
    FulfilledLate,

    /// <summary>Let go with a reason.</summary>
    Waived,
}

/// <summary>The departments that owe duties, under the names of the access table's columns.</summary>
public enum OwnerDepartment
{
    /// <summary>民政, with the town's government and the village committee.</summary>
    CivilAffairs,

    /// <summary>教育, and the schools.</summary>
    Education,

    /// <summary>公安.</summary>
    Police,

    /// <summary>司法.</summary>
    Justice,

    /// <summary>卫生健康.</summary>
    Health,

    /// <summary>共青团.</summary>
    YouthLeague,

    /// <summary>妇联.</summary>
    WomensFederation,

    /// <summary>残联.</summary>
    DisabledPersonsFederation,
}
