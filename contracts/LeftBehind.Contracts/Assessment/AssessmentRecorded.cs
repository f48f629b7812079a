using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Contracts.Assessment;

/// <summary>
/// Something changed in an assessment (评估). Subject of the fact: the assessment, by which it is counted; told once more of the child's
/// file, for its timeline, where no fact in words of its own tells it. Carries the whole state after the change; never an account, an
/// answer or who took part.
/// </summary>
/// <param name="AssessmentId">The assessment, whose version the fact bears.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">All that is told of it, after the change.</param>
[StoredName("assessment_recorded")]
public sealed record AssessmentRecorded(Guid AssessmentId, AssessmentChange Change, AssessmentFacts After);

/// <summary>How an assessment stands.</summary>
/// <param name="ChildId">The child's file, when known.</param>
/// <param name="Division">Village of the place, or the town; counted there and above.</param>
/// <param name="Trigger">Why it was opened.</param>
/// <param name="Urgency">Of the case behind it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DueAt">The first moment that is too late; UTC. Platform default.</param>
/// <param name="FinalisedAt">When it was finalised; UTC, null before.</param>
/// <param name="Grade">Official grade of guardianship; null until finalised.</param>
/// <param name="Risk">Working level of risk; null until finalised.</param>
public sealed record AssessmentFacts(
    Guid? ChildId, DivisionId Division, AssessmentTrigger Trigger, Urgency Urgency, AssessmentState State, DateTimeOffset DueAt, DateTimeOffset? FinalisedAt,
    GuardianshipGrade? Grade, RiskLevel? Risk);

/// <summary>Why an assessment was opened.</summary>
public enum AssessmentTrigger
{
    /// <summary>The police informed the town of a response (policy: 接到公安机关通报).</summary>
    TownInformed,

    /// <summary>The village told its town of an abnormal situation (policy: 接到村、社区（居）民委员会报告).</summary>
    AbnormalSituation,

    /// <summary>Another body handed the child's case over.</summary>
    Transfer,

    /// <summary>A screening of the town found the child (policy: 集中排查).</summary>
    Screening,

    /// <summary>The risk is scored anew each half-year. Platform default.</summary>
    HalfYearly,

    /// <summary>Something that bears on the child's situation changed.</summary>
    MaterialChange,

    /// <summary>A temporary placement ended (未成年人保护法 §93).</summary>
    PlacementEnded,

    /// <summary>An assistance plan was completed. Platform default.</summary>
    PlanCompleted,
}

/// <summary>Where an assessment stands.</summary>
public enum AssessmentState
{
    Opened,

    /// <summary>The town looked into it on the spot, with those that assist it.</summary>
    FieldworkDone,

    /// <summary>Scored by both instruments.</summary>
    Drafted,

    /// <summary>Gone through with county civil affairs and police (policy: 会同区民政部门、公安机关).</summary>
    Reviewed,
    Finalised,

    /// <summary>Another assessment took its place.</summary>
    Superseded,
}

/// <summary>What happened in an assessment.</summary>
public enum AssessmentChange { Opened, FieldworkRecorded, Drafted, Reviewed, Finalised, Superseded, PlanDrafted, PlanApproved, Moved }
