using LeftBehind.Assessment.Instruments;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Assessment.Assessments;

/// <summary>Whom an assessment is about; stands in each of its events.</summary>
public sealed record AssessedChild(Guid? Child, DivisionId Division);

/// <summary>An event of an assessment.</summary>
public abstract record AssessmentEvent(AssessedChild Of)
{
    /// <summary>What is told of the assessment after it; events of earlier releases kept none.</summary>
    public AssessmentFacts? After { get; init; }
}

/// <summary>Opened. Events of earlier releases tell why by what was told to the town: a response, or a situation.</summary>
[StoredName("assessment_opened")]
public sealed record AssessmentOpened(
    AssessedChild Of, Guid? Response, Urgency Urgency, DateTimeOffset OpenedAt, DateTimeOffset DueAt, Guid? Situation = null,
    AssessmentTrigger? Trigger = null, Asked? Asked = null) : AssessmentEvent(Of)
{
    /// <summary>Why, also of earlier releases.</summary>
    public AssessmentTrigger Why => Trigger ?? (Situation is null ? AssessmentTrigger.TownInformed : AssessmentTrigger.AbnormalSituation);
}

/// <summary>The town looked into it on the spot, assisted by these (policy: 在…协助下).</summary>
[StoredName("fieldwork_recorded")]
public sealed record FieldworkRecorded(AssessedChild Of, IReadOnlyList<Participant> Participants, DateTimeOffset At, string By, Asked Asked) : AssessmentEvent(Of);

/// <summary>Scored by both instruments, each in one version.</summary>
[StoredName("assessment_drafted")]
public sealed record AssessmentDrafted(AssessedChild Of, Scored Risk, Scored Grade, DateTimeOffset At, string Assessor, Asked Asked) : AssessmentEvent(Of);

/// <summary>Gone through together with these.</summary>
[StoredName("assessment_reviewed")]
public sealed record AssessmentReviewed(AssessedChild Of, IReadOnlyList<Participant> Participants, DateTimeOffset At, string By, Asked Asked) : AssessmentEvent(Of);

/// <summary>Decided. The ground is one of 未成年人保护法 §92 that the assessment found; the services are what its plan is drafted with.</summary>
[StoredName("assessment_finalised")]
public sealed record AssessmentFinalised(
    AssessedChild Of, GuardianshipGrade Grade, RiskLevel Risk, IReadOnlyList<Participant> Participants, DateTimeOffset At, string Assessor,
    PlacementGround? Ground = null, IReadOnlyList<AssistanceService>? Services = null) : AssessmentEvent(Of);

/// <summary>Another assessment took its place.</summary>
[StoredName("assessment_superseded")]
public sealed record AssessmentSuperseded(AssessedChild Of, Guid By, DateTimeOffset At) : AssessmentEvent(Of);

/// <summary>The child moved, and the assessment with it; of an open one another town owes the end where the towns differ.</summary>
[StoredName("assessment_moved")]
public sealed record AssessmentMoved(AssessedChild Of, DivisionId From, bool ToAnotherTown) : AssessmentEvent(Of);

/// <summary>An assistance plan (帮扶方案) begins as a draft; of earlier releases, in which it was part of its assessment.</summary>
[StoredName("plan_drafted")]
public sealed record PlanDrafted(AssessedChild Of, IReadOnlyList<AssistanceService> Services) : AssessmentEvent(Of);

/// <inheritdoc cref="PlanDrafted"/>
[StoredName("plan_approved")]
public sealed record PlanApproved(AssessedChild Of, string Approver) : AssessmentEvent(Of);

/// <summary>Who took part in an assessment.</summary>
public enum Participant { Town, CountyCivilAffairs, Police, VillageCommittee, School, MedicalInstitution, Relatives, ProfessionalService }
