using JasperFx.Events;
using LeftBehind.EventLog;

namespace LeftBehind.Pages;

internal static class StoredEvents
{
    /// <summary>A stored event of Marten's as the relay sees it.</summary>
    public static StoredEvent From(IEvent e) => new(e.Sequence, e.Id, e.StreamId, e.Version, e.Data, EventMeta.Of(e));
}
