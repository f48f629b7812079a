namespace LeftBehind.Contracts.Assessment;

/// <summary>An assistance plan was drafted with a finalised assessment; always so when the risk is High.</summary>
/// <param name="AssessmentId">The assessment, which has at most one plan.</param>
/// <param name="ChildId">The child's file, when known.</param>
/// <param name="Division">Village of the place, or the town.</param>
/// <param name="Services">What is to be arranged.</param>
[StoredName("plan_drafted")]
public sealed record PlanDrafted(Guid AssessmentId, Guid? ChildId, DivisionId Division, IReadOnlyList<AssistanceService> Services);

/// <summary>Another person than the assessor approved the plan.</summary>
/// <param name="AssessmentId">The assessment of the plan.</param>
/// <param name="ChildId">The child's file, when known.</param>
/// <param name="Division">Village of the place, or the town.</param>
[StoredName("plan_approved")]
public sealed record PlanApproved(Guid AssessmentId, Guid? ChildId, DivisionId Division);

/// <summary>Services of an assistance plan (policy: 评估帮扶机制, 关爱服务).</summary>
public enum AssistanceService
{
    /// <summary>监护指导.</summary>
    GuardianshipGuidance,

    /// <summary>医疗救治.</summary>
    MedicalTreatment,

    /// <summary>心理疏导.</summary>
    PsychologicalCounselling,

    /// <summary>行为矫治.</summary>
    BehaviourCorrection,

    /// <summary>法律服务.</summary>
    LegalService,

    /// <summary>法律援助.</summary>
    LegalAid,

    /// <summary>社会融入.</summary>
    SocialIntegration,

    /// <summary>家庭关系调适.</summary>
    FamilyRelationshipAdjustment,

    /// <summary>家庭教育指导.</summary>
    FamilyEducationGuidance,

    /// <summary>社会救助.</summary>
    SocialAssistance,
}
