using LeftBehind.EventLog;

namespace LeftBehind.Obligations;

/// <summary>
/// What a service does when the clock moved its duties, or an officer waived one: in the same transaction, for all of a batch at once.
/// What the service itself opens, fulfils and waives it knows already, and is not told.
/// </summary>
public interface IFollowsObligations
{
    /// <summary>Answers events in order; those that are none of this follower's concern pass by.</summary>
    Task FollowAsync(StoreWork work, IReadOnlyList<(Guid Obligation, IObligationEvent Event)> told, CancellationToken ct);
}
