using LeftBehind.Contracts.Registry;

namespace LeftBehind.Contracts.Guardianship;

/// <summary>
/// Something changed in an intervention case (监护干预). Subject of the fact: the case, by which it is counted; told once more
/// of the child's file, for its timeline. Carries the whole state after the change; never who acted, a document or a text.
/// </summary>
/// <param name="CaseId">The case, whose version the fact bears.</param>
/// <param name="ChildId">The child's file.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">All that is told of the case, after the change.</param>
[StoredName("case_recorded")]
public sealed record CaseRecorded(Guid CaseId, Guid ChildId, CaseChange Change, CaseFacts After);

/// <summary>How a case stands.</summary>
/// <param name="Division">Village of the child's residence; the case is counted there and above.</param>
/// <param name="Respondent">Against whom it runs.</param>
/// <param name="State">Where its proceedings stand.</param>
/// <param name="Step">How far intervention has come.</param>
/// <param name="Grounds">Of the policy's six grounds those of which every limb is shown and none disputed.</param>
/// <param name="Order">How the last protection order (人身安全保护令) stands.</param>
/// <param name="Guardian">The guardian whom a court named in this case; null while none was.</param>
public sealed record CaseFacts(
    DivisionId Division, Respondent Respondent, CaseState State, CaseStep Step, PetitionGrounds Grounds, OrderState Order, GuardianKind? Guardian);

/// <summary>What happened in a case.</summary>
public enum CaseChange
{
    Opened, Moved, StepRecorded, Assigned, EvidenceRecorded, EvidenceDisputed, CareFollowed, TextsErased, GuardianDesignated,
    OrderApplied, OrderGranted, OrderRefused, OrderExtended, OrderReviewAsked, OrderReviewUpheld, OrderSetAside, OrderLapsed,
    PetitionFiled, PetitionExtended, PetitionWithdrawn, PetitionDismissed, GuardianshipRevoked, CrimeConvicted,
    RestorationPetitioned, GuardianshipRestored, RestorationRefused, CarerFoundUnfit, CaseClosed,
}

/// <summary>Where the proceedings of a case stand.</summary>
public enum CaseState
{
    /// <summary>Organs act; no petition is before a court.</summary>
    Open,

    /// <summary>A petition for revocation (申请撤销监护人资格) is before a court.</summary>
    PetitionFiled,

    /// <summary>Guardianship was revoked, and a guardian named.</summary>
    Judged,

    /// <summary>A petition for restoration (恢复监护人资格, 民法典 §38) is before a court.</summary>
    RestorationFiled,

    /// <summary>Ended.</summary>
    Closed,
}

/// <summary>The steps of the ladder, in its order; the last that was reached.</summary>
public enum CaseStep
{
    /// <summary>未采集: a case of a release that did not tell it.</summary>
    NotCollected,
    Admonition, Reprimand, WrittenWarning, FamilyEducationOrder, AdminPenalty, CriminalFiling, ProtectionOrder,
    RevocationPetition, PetitionDismissed, PetitionWithdrawn,

    /// <summary>The judgment revoked guardianship and named the guardian.</summary>
    GuardianDesignated,
    RestorationPetition, Restored, RestorationRefused, CarerFoundUnfit,
}

/// <summary>How a protection order stands (反家庭暴力法 §23–32).</summary>
public enum OrderState
{
    None, Applied, Granted, Refused,

    /// <summary>Its time ran out (§30).</summary>
    Lapsed,

    /// <summary>Revoked by the court, on request (§30) or on review (§31).</summary>
    SetAside,
}

/// <summary>The six grounds of a petition for revocation, as the policy lists them (监护干预机制).</summary>
[Flags]
public enum PetitionGrounds
{
    None = 0,

    /// <summary>侵害、出卖、遗弃、虐待、暴力伤害，导致身心健康严重损害.</summary>
    G1 = 1,

    /// <summary>置于无人监管和照看状态导致面临危险且经教育不改.</summary>
    G2 = 2,

    /// <summary>拒不履行监护职责六个月以上导致流离失所或者生活无着.</summary>
    G3 = 4,

    /// <summary>恶习或者服刑等原因，且拒绝将监护职责部分或者全部委托给他人，致使处于困境或者危险状态.</summary>
    G4 = 8,

    /// <summary>胁迫、诱骗、利用乞讨，经三次以上批评教育拒不改正，严重影响正常生活和学习.</summary>
    G5 = 16,

    /// <summary>教唆、利用实施违法犯罪行为，情节恶劣.</summary>
    G6 = 32,
}
