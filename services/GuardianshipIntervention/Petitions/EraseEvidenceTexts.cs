using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.Pages;
using LeftBehind.Sealing;

namespace LeftBehind.GuardianshipIntervention.Petitions;

/// <summary>
/// When a child's personal data was erased, what the evidence of its cases tells in words goes too; that there was evidence, and
/// what organs and courts did, stays. Told again, nothing changes.
/// </summary>
public sealed class EraseEvidenceTexts(PersonKeyTable personKeys, WriteCases write) : IPageHandler
{
    public string Source => "registry";

    public bool Wants(string type) => type == "personal_data_erased";

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var erased = facts.Select(f => (Fact: f, Child: ((PersonalDataErased)Contract.Facts.Read(f.Type, f.Json)).ChildId)).ToLookup(t => t.Child, t => t.Fact);
        var cases = await work.LoadAsync<InterventionCase>(await OpenCases.AboutAsync(work, [.. erased.Select(e => e.Key)], ct), ct);
        var (changed, keys) = (new List<CaseChanged>(), new HashSet<Guid>());
        foreach (var of in cases.Values)
        {
            var fact = erased[of.Of!.Child].Last();
            var texts = TextsOf(of).ToList();
            if (texts.Count == 0)
                continue;
            keys.UnionWith(texts);
            changed.Add(write.Append(work, of, [new EvidenceTextsErased(of.Of)], new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id)));
        }
        await personKeys.Destroy(work.Connection, work.Transaction, keys, ct);
        await write.FollowAsync(work, changed, ct);
    }

    /// <summary>The keys of the descriptions that are not erased. Pure.</summary>
    public static IEnumerable<Guid> TextsOf(InterventionCase of) =>
        of.Evidence.Where(e => e is { Description: not null, TextErased: false }).Select(e => e.Description!.KeyId);
}
