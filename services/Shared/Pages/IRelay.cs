using LeftBehind.EventLog;

namespace LeftBehind.Pages;

/// <summary>Which facts leave the house, in what words. One implementation a service, in one file.</summary>
public interface IRelay
{
    /// <summary>Raised when a release relays an event type that earlier releases kept in the house.</summary>
    int Version { get; }

    /// <summary>The only stream of which anything is told; null where any may be. Of such a log the pages lie from fact to fact, and what is between them is not told.</summary>
    OneStream? Only => null;

    /// <summary>
    /// The facts told by one event of the store; none for what stays in the house. Total: never throws on any event type.
    /// Pure, and a fact that a later release adds comes last: ids of facts follow their place.
    /// </summary>
    IEnumerable<RelayedFact> Translate(StoredEvent stored);
}

/// <summary>One event of this store as the relay sees it.</summary>
/// <param name="Sequence">Position in the log.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Version of the stream after it.</param>
/// <param name="Data">The event.</param>
/// <param name="Meta">What is kept beside it.</param>
public sealed record StoredEvent(long Sequence, Guid Id, Guid Stream, long Version, object Data, EventMeta Meta);

/// <summary>A fact for other services.</summary>
/// <param name="Subject">Whom it is about.</param>
/// <param name="Fact">A contract record.</param>
/// <param name="Since">The relay version that first told facts of this kind.</param>
public sealed record RelayedFact(Guid Subject, object Fact, int Since = 1);
