using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Pages;

namespace LeftBehind.Platform.Log;

/// <summary>
/// Takes every fact of one source into Platform's own log, one stream per subject, as it was told. A fact that cannot be
/// read is refused here, so that the folds behind the log never meet one.
/// </summary>
public sealed class TakeFacts(string source) : IPageHandler
{
    /// <summary>Stream type of the log's subjects.</summary>
    public const string StreamType = "subject";

    public string Source => source;

    /// <summary>Identities on their way to Registry are nothing for Platform.</summary>
    public bool Wants(string type) => type != "pupil_awaits_match";

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        foreach (var fact in facts)
            EnsureReadable(fact);
        await work.LoadHeadsAsync(facts.Select(f => f.Subject).Distinct(), StreamType, ct);
        foreach (var fact in facts)
            work.AppendRaw(fact.Subject, fact.Type, fact.Json, new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent,
                Told: new(source, fact.Sequence, fact.Version, fact.Epoch)), fact.Id);
    }

    private static void EnsureReadable(PagedEvent fact)
    {
        if (Contract.Facts.Read(fact.Type, fact.Json) is null)
            throw new JsonException("A fact is null.");
    }
}
