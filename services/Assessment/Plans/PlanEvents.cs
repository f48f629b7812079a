using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;

namespace LeftBehind.Assessment.Plans;

/// <summary>Of which assessment a plan is, and about whom; stands in each of its events.</summary>
public sealed record PlanSubject(Guid Assessment, Guid? Child, DivisionId Division);

/// <summary>An event of a plan.</summary>
public abstract record PlanEvent(PlanSubject Of)
{
    /// <summary>What is told of the plan after it.</summary>
    public PlanFacts? After { get; init; }

    /// <summary>An earlier release told it of the assessment, of which the plan was a part then; null of all others.</summary>
    public bool? Known { get; init; }
}

/// <summary>Drafted with an assessment that was finalised, by whoever assessed.</summary>
[StoredName("assistance_plan_drafted")]
public sealed record AssistancePlanDrafted(PlanSubject Of, IReadOnlyList<NamedService> Services, IReadOnlyList<string> Assessors, DateTimeOffset At) : PlanEvent(Of);

/// <summary>A service as a plan names it.</summary>
public sealed record NamedService(Guid Id, AssistanceService Kind);

[StoredName("service_added")]
public sealed record ServiceAdded(PlanSubject Of, NamedService Service, DateTimeOffset At, string By, Asked Asked) : PlanEvent(Of);

[StoredName("assistance_plan_approved")]
public sealed record AssistancePlanApproved(PlanSubject Of, DateTimeOffset At, string Approver) : PlanEvent(Of);

[StoredName("plan_started")]
public sealed record PlanStarted(PlanSubject Of, DateTimeOffset At, string By, Asked Asked) : PlanEvent(Of);

/// <summary>A provider of the directory gives it until a time; of social assistance, the aid office is asked and answers until then.</summary>
[StoredName("service_arranged")]
public sealed record ServiceArranged(PlanSubject Of, Guid Service, Guid Provider, DateTimeOffset DueAt, DateTimeOffset At, string By, Asked Asked) : PlanEvent(Of);

/// <summary>Delivered, failed or declined; of social assistance what the aid office answered, with its document.</summary>
[StoredName("service_settled")]
public sealed record ServiceSettled(PlanSubject Of, Guid Service, ServiceState Outcome, string DocumentNo, DateTimeOffset At, string By, Asked Asked) : PlanEvent(Of);

[StoredName("plan_reviewed")]
public sealed record PlanReviewed(PlanSubject Of, DateTimeOffset At, string By, Asked Asked) : PlanEvent(Of);

/// <summary>Every service is settled; the child is assessed anew.</summary>
[StoredName("plan_completed")]
public sealed record PlanCompleted(PlanSubject Of, Guid Reassessment, DateTimeOffset At, string By, Asked Asked) : PlanEvent(Of);

[StoredName("plan_terminated")]
public sealed record PlanTerminated(PlanSubject Of, TerminationReason Reason, DateTimeOffset At, string By, Asked Asked) : PlanEvent(Of);

/// <summary>The child moved, and the plan with it; another town owes its services where the towns differ.</summary>
[StoredName("plan_moved")]
public sealed record PlanMoved(PlanSubject Of, DivisionId From, bool ToAnotherTown) : PlanEvent(Of);

/// <summary>Why a plan ends before its services are settled. Platform default.</summary>
public enum TerminationReason { ChildMovedAway = 1, ChildAdult, ChildDeceased, FamilyRefused, SupersededByAnother, PlanEnteredInError }
