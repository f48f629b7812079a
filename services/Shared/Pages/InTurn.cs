using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Pages;

/// <summary>Several handlers of one source, which has one lane: each takes what it wants of a page at once, one handler after the other, so that a page stays a few statements. What two of them make of facts of a page must not depend on whose came first.</summary>
public sealed class InTurn(params IPageHandler[] handlers) : IPageHandler
{
    /// <inheritdoc/>
    public string Source { get; } = handlers.Select(h => h.Source).Distinct().Single();

    /// <inheritdoc/>
    public bool Wants(string type) => handlers.Any(h => h.Wants(type));

    /// <inheritdoc/>
    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        foreach (var handler in handlers)
            if (facts.Where(f => handler.Wants(f.Type)).ToList() is { Count: > 0 } wanted)
            {
                await handler.HandleAsync(work, wanted, ct);
                // The next one decides on what this one wrote.
                await work.FlushAsync(ct);
            }
    }
}
