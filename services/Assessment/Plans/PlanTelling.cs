using LeftBehind.Contracts.Assessment;

namespace LeftBehind.Assessment.Plans;

/// <summary>What is told of a plan. Pure.</summary>
public static class PlanTelling
{
    /// <summary>What an event says changed.</summary>
    public static PlanChange ChangeOf(PlanEvent @event) => @event switch
    {
        AssistancePlanDrafted => PlanChange.Drafted,
        ServiceAdded => PlanChange.ServiceAdded,
        AssistancePlanApproved => PlanChange.Approved,
        PlanStarted => PlanChange.Started,
        ServiceArranged => PlanChange.ServiceArranged,
        ServiceSettled { Outcome: ServiceState.Delivered } => PlanChange.ServiceDelivered,
        ServiceSettled { Outcome: ServiceState.Declined } => PlanChange.ServiceDeclined,
        ServiceSettled => PlanChange.ServiceFailed,
        PlanReviewed => PlanChange.Reviewed,
        PlanCompleted => PlanChange.Completed,
        PlanTerminated => PlanChange.Terminated,
        PlanMoved => PlanChange.Moved,
        _ => throw new ArgumentOutOfRangeException(nameof(@event)),
    };
}
