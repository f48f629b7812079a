using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Pages;

/// <summary>What a service does with the facts of one source. Runs in the transaction that moves the watermark.</summary>
public interface IPageHandler
{
    /// <summary>The source it listens to.</summary>
    string Source { get; }

    /// <summary>Whether it wants facts of this stored name; the others pass by.</summary>
    bool Wants(string type);

    /// <summary>Handles facts in order. Throws on a fact that it cannot handle; nothing of the call is kept then.</summary>
    Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct);
}
