namespace LeftBehind.Contracts.Assessment;

/// <summary>
/// Something changed in an assistance plan (帮扶方案). Subject of the fact: the plan, by which it is counted; told once more of the child's
/// file, for its timeline, where no fact in words of its own tells it. Carries the whole state after the change; never an account,
/// a provider or a document.
/// </summary>
/// <param name="PlanId">The plan, whose version the fact bears.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">All that is told of it, after the change.</param>
[StoredName("plan_recorded")]
public sealed record PlanRecorded(Guid PlanId, PlanChange Change, PlanFacts After);

/// <summary>How a plan stands.</summary>
/// <param name="AssessmentId">The assessment that drafted it.</param>
/// <param name="ChildId">The child's file, when known.</param>
/// <param name="Division">Village of the place, or the town; counted there and above.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Services">Each of its services.</param>
public sealed record PlanFacts(Guid AssessmentId, Guid? ChildId, DivisionId Division, PlanState State, IReadOnlyList<ServiceFacts> Services);

/// <summary>How a service of a plan stands.</summary>
/// <param name="ServiceId">The service.</param>
/// <param name="Kind">What it is.</param>
/// <param name="State">Where it stands.</param>
public sealed record ServiceFacts(Guid ServiceId, AssistanceService Kind, ServiceState State);

/// <summary>Where a plan stands.</summary>
public enum PlanState
{
    Draft,

    /// <summary>By another person than the assessor.</summary>
    Approved,
    Active,

    /// <summary>Active, and gone through at least once.</summary>
    Reviewed,
    Completed,
    Terminated,
}

/// <summary>Where a service of a plan stands.</summary>
public enum ServiceState
{
    /// <summary>Named in the plan, with nobody to give it yet.</summary>
    Planned,

    /// <summary>A provider gives it until a time; of social assistance: asked of the aid office.</summary>
    Arranged,
    Delivered,

    /// <summary>Not given; of social assistance: refused.</summary>
    Failed,

    /// <summary>The family or the child did not want it.</summary>
    Declined,
}

/// <summary>What happened in a plan.</summary>
public enum PlanChange
{
    Drafted, ServiceAdded, Approved, Started, ServiceArranged, ServiceDelivered, ServiceFailed, ServiceDeclined, Reviewed, Completed, Terminated,
    Moved,
}
