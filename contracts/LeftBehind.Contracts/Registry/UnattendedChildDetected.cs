namespace LeftBehind.Contracts.Registry;

/// <summary>
/// The rule found a child that nobody cares for; told once for each episode. Reporting takes it for a report of harm. That nobody
/// cares must have been told: what was not collected (未采集) is never read as "none".
/// </summary>
/// <param name="ChildId">The child's file; also the fact's subject.</param>
/// <param name="Division">Village of residence at that time.</param>
/// <param name="Ground">Which limb of the rule holds, the gravest where several do.</param>
/// <param name="DetectedAt">When the rule found it; UTC.</param>
[StoredName("unattended_child_detected")]
public sealed record UnattendedChildDetected(Guid ChildId, DivisionId Division, UnattendedGround Ground, DateTimeOffset DetectedAt);

/// <summary>The rule does not hold any more, or the file was closed. A report that was opened goes its own way.</summary>
/// <param name="ChildId">The child's file; also the fact's subject.</param>
/// <param name="Division">Village of residence at that time.</param>
/// <param name="EndedAt">When the rule ceased to hold; UTC.</param>
[StoredName("unattended_ended")]
public sealed record UnattendedEnded(Guid ChildId, DivisionId Division, DateTimeOffset EndedAt);

/// <summary>Why a child counts as unattended.</summary>
public enum UnattendedGround
{
    /// <summary>Under 8, or in need of special care, and left unattended (未成年人保护法 §21, first paragraph).</summary>
    NeedsCareAndUnattended = 1,

    /// <summary>Under 16 and living away from any guardian (未成年人保护法 §21, second paragraph).</summary>
    LivingAlone,

    /// <summary>Neither parent there to care, and no carer (policy: 强制报告机制, 脱离监护).</summary>
    ParentsAwayNoCarer,
}
