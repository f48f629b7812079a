using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Reconciliation;

/// <summary>An event of a difference. Each carries the facts that leave the house, after the change.</summary>
public interface IReconciliationEvent
{
    /// <summary>The pupil on the roll.</summary>
    Guid Pupil { get; }

    /// <summary>All that is told of the difference.</summary>
    ReconciliationFacts After { get; }
}

[StoredName("difference_found")]
public sealed record DifferenceFound(Guid Pupil, ReconciliationFacts After) : IReconciliationEvent;

[StoredName("difference_gone")]
public sealed record DifferenceGone(Guid Pupil, ReconciliationFacts After) : IReconciliationEvent;

/// <param name="Pupil">The pupil.</param>
/// <param name="Request">Made of the caller and its request id.</param>
/// <param name="Reason">Sealed under the pupil's key.</param>
/// <param name="After">The facts.</param>
[StoredName("difference_decided")]
public sealed record DifferenceDecided(Guid Pupil, Guid Request, Sealed Reason, ReconciliationFacts After) : IReconciliationEvent;
