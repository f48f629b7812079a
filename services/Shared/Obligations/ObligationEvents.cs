using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.EventLog;

namespace LeftBehind.Obligations;

/// <summary>What is owed, by whom, by when; stands in each event of an obligation. No personal data.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Subject">About whom or what.</param>
/// <param name="Division">The division that owes it.</param>
/// <param name="Department">The department that owes it there.</param>
/// <param name="StartsAt">From when its time runs.</param>
/// <param name="DueAt">The first moment that is too late; null where it is due at once.</param>
/// <param name="Basis">What it rests on.</param>
/// <param name="Citation">The rule with its article.</param>
public sealed record Duty(
    string Kind, ObligationSubject Subject, DivisionId Division, OwnerDepartment Department, DateTimeOffset StartsAt, DateTimeOffset? DueAt,
    ObligationBasis Basis, string Citation);

/// <summary>An event of an obligation.</summary>
public interface IObligationEvent
{
    /// <summary>What is owed.</summary>
    Duty Of { get; }

    /// <summary>When it happened: a breach at its due time, whenever the sweep came by.</summary>
    DateTimeOffset At { get; }
}

/// <summary>Opened, with all that its rule says of the time to come.</summary>
[StoredName("obligation_opened")]
public sealed record ObligationOpened(Duty Of, DateTimeOffset? AtRiskAt, DateTimeOffset? EscalatesAt, DateTimeOffset At) : IObligationEvent;

/// <summary>Little time is left; of a duty due at once, the alert.</summary>
[StoredName("obligation_at_risk")]
public sealed record ObligationAtRisk(Duty Of, DateTimeOffset At) : IObligationEvent;

/// <summary>Its time has passed. Never of a duty due at once.</summary>
[StoredName("obligation_breached")]
public sealed record ObligationBreached(Duty Of, DateTimeOffset At) : IObligationEvent;

/// <summary>Brought before the level above the owner's.</summary>
[StoredName("obligation_escalated")]
public sealed record ObligationEscalated(Duty Of, DivisionLevel To, DateTimeOffset At) : IObligationEvent;

/// <summary>Done; late when it was done too late, whenever that was told.</summary>
[StoredName("obligation_fulfilled")]
public sealed record ObligationFulfilled(Duty Of, bool Late, DivisionLevel? EscalatedTo, DateTimeOffset At) : IObligationEvent;

/// <summary>Let go. The reason names nobody and stays in the house.</summary>
[StoredName("obligation_waived")]
public sealed record ObligationWaived(Duty Of, string Reason, DivisionLevel? EscalatedTo, DateTimeOffset At) : IObligationEvent;

/// <summary>The event types that a service adds to its own.</summary>
public static class ObligationEvents
{
    /// <summary>Every event of an obligation with its stored name.</summary>
    public static readonly EventTypes Types = EventTypes.In(typeof(ObligationEvents).Assembly);
}
