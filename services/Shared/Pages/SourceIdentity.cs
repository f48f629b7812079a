using LeftBehind.EventLog;

namespace LeftBehind.Pages;

/// <summary>The name and incarnation under which this store tells its facts.</summary>
public sealed class SourceIdentity(EventStore store)
{
    private Guid? known;

    /// <summary>The service's name as a source.</summary>
    public string Source => store.Schema;

    /// <summary>Read once a process: a store is restored only while its service is down.</summary>
    public async ValueTask<Guid> IncarnationAsync(CancellationToken ct) =>
        known ??= await Incarnation.ReadAsync(store.Database, store.Schema, ct);
}
