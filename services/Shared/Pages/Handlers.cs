using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Pages;

/// <summary>
/// Several handlers on one lane, since a service listens to a source once. Facts are handled in the order of the log, those that
/// follow each other and are for the same handlers together; each handler finds what the one before wrote.
/// </summary>
public sealed class Handlers : IPageHandler
{
    private readonly IReadOnlyList<IPageHandler> handlers;

    /// <summary>Of one source, in the order in which they handle a fact that several want.</summary>
    public Handlers(params IReadOnlyList<IPageHandler> handlers)
    {
        this.handlers = handlers;
        Source = handlers.Select(h => h.Source).Distinct(StringComparer.Ordinal).Count() == 1
            ? handlers[0].Source
            : throw new ArgumentException("The handlers of a lane listen to one source.", nameof(handlers));
    }

    /// <inheritdoc/>
    public string Source { get; }

    /// <inheritdoc/>
    public bool Wants(string type) => handlers.Any(h => h.Wants(type));

    /// <inheritdoc/>
    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        foreach (var (wanting, run) in Runs(facts))
            foreach (var handler in wanting)
            {
                await handler.HandleAsync(work, run, ct);
                await work.FlushAsync(ct);
            }
    }

    /// <summary>Cuts facts where the handlers that want them change.</summary>
    internal IEnumerable<(IReadOnlyList<IPageHandler> Wanting, IReadOnlyList<PagedEvent> Facts)> Runs(IReadOnlyList<PagedEvent> facts)
    {
        for (var from = 0; from < facts.Count;)
        {
            var wanting = handlers.Where(h => h.Wants(facts[from].Type)).ToList();
            var to = from + 1;
            while (to < facts.Count && handlers.Where(h => h.Wants(facts[to].Type)).SequenceEqual(wanting))
                to++;
            yield return (wanting, [.. facts.Skip(from).Take(to - from)]);
            from = to;
        }
    }
}
