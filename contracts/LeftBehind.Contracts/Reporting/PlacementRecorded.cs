namespace LeftBehind.Contracts.Reporting;

/// <summary>
/// Where a temporary placement (临时监护, 未成年人保护法 §92) stands after something about it was recorded. Subject: the placement, and once
/// more the child's file for its timeline, unless the child is unknown or the case concerns somebody of the installation. Notes and the
/// receiver stay in the house.
/// </summary>
/// <param name="PlacementId">The placement.</param>
/// <param name="After">All that is told of it, after the change.</param>
[StoredName("placement_recorded")]
public sealed record PlacementRecorded(Guid PlacementId, PlacementFacts After);

/// <summary>All that is told of a placement.</summary>
/// <param name="ReportId">The report that opened the case.</param>
/// <param name="ChildId">The child's file, when known.</param>
/// <param name="Division">Village of the case, or the town.</param>
/// <param name="Ground">Why, by §92.</param>
/// <param name="Place">With whom, by §93.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Shielded">As of its report.</param>
public sealed record PlacementFacts(
    Guid ReportId, Guid? ChildId, DivisionId Division, PlacementGround Ground, PlacementPlace Place, PlacementState State, bool Shielded);

/// <summary>Grounds of temporary guardianship, the items of 未成年人保护法 §92 in order.</summary>
public enum PlacementGround
{
    /// <summary>（一）流浪乞讨或者身份不明，暂时查找不到监护人.</summary>
    GuardianNotFound = 1,

    /// <summary>（二）监护人下落不明且无其他人可以担任监护人.</summary>
    GuardianMissing,

    /// <summary>（三）监护人因客观原因或者突发事件不能履行监护职责，导致监护缺失.</summary>
    GuardianPrevented,

    /// <summary>（四）监护人拒绝或者怠于履行监护职责，导致无人照料.</summary>
    GuardianRefusing,

    /// <summary>（五）监护人教唆、利用实施违法犯罪行为，需要被带离安置.</summary>
    GuardianAbetting,

    /// <summary>（六）遭受监护人严重伤害或者面临人身安全威胁，需要被紧急安置.</summary>
    GuardianHarming,

    /// <summary>（七）法律规定的其他情形.</summary>
    OtherByLaw,
}

/// <summary>Ways of placing, by 未成年人保护法 §93.</summary>
public enum PlacementPlace
{
    /// <summary>委托亲属抚养.</summary>
    Relative = 1,

    /// <summary>家庭寄养.</summary>
    FosterFamily,

    /// <summary>未成年人救助保护机构.</summary>
    ProtectionBody,

    /// <summary>儿童福利机构.</summary>
    WelfareBody,
}

/// <summary>Where a placement stands; it ends in one of three ways.</summary>
public enum PlacementState
{
    /// <summary>It lasts.</summary>
    Placed,

    /// <summary>Sent back after civil affairs assessed that the guardian is able again (§93).</summary>
    Returned,

    /// <summary>Long-term guardianship by civil affairs (§94).</summary>
    LongTerm,

    /// <summary>A court decided.</summary>
    Court,
}
