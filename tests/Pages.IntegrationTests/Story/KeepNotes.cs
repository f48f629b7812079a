using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Pages.IntegrationTests.Story;

/// <summary>Keeps every fact in the listener's own log. Cannot handle a fact of a troubled subject from the given number on.</summary>
internal sealed class KeepNotes(Troubles troubles) : IPageHandler
{
    public string Source => Running.Teller.Schema;

    public bool Wants(string type) => true;

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        await troubles.HoldAsync(ct);
        await work.LoadHeadsAsync(facts.Select(f => f.Subject).Distinct(), "noted", ct);
        foreach (var fact in facts)
        {
            troubles.ThrowIfTroubled(fact);
            work.AppendRaw(fact.Subject, fact.Type, fact.Json,
                new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Told: new(Source, fact.Sequence, fact.Version, fact.Epoch)), fact.Id);
        }
        troubles.Count(facts.Count);
    }
}
