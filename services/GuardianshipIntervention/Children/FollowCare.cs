using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.Pages;

namespace LeftBehind.GuardianshipIntervention.Children;

/// <summary>Keeps whether each child's care is entrusted: whoever lets another care has not refused to delegate (policy, the fourth ground).</summary>
public sealed class FollowCare(WriteCases write) : IPageHandler
{
    public string Source => "registry";

    public bool Wants(string type) => type == "care_recorded";

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Care: (CareRecorded)Contract.Facts.Read(f.Type, f.Json))).ToList();
        HashSet<Guid> children = [.. told.Select(t => t.Care.ChildId)];
        var cares = await ChildCares.LoadAsync(work, children, ct);
        var cases = await work.LoadAsync<InterventionCase>(await OpenCases.AboutAsync(work, children, ct), ct);
        var casesOf = cases.Values.ToLookup(c => c.Of!.Child, c => c.Id);
        var changed = new Dictionary<Guid, ChildCare>();
        var followed = new List<CaseChanged>();
        foreach (var (fact, care) in told)
        {
            var known = changed.GetValueOrDefault(care.ChildId) ?? cares.GetValueOrDefault(care.ChildId);
            var now = ChildCare.After(known, care.After, fact.Version, fact.Epoch);
            if (now == known)
                continue;
            changed[care.ChildId] = now;
            foreach (var id in casesOf[care.ChildId])
            {
                followed.Add(write.Append(work, cases[id], Decide(cases[id], now.Entrusted), new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id)));
                cases[id] = followed[^1].After;
            }
        }
        ChildCares.Write(work, changed);
        await write.FollowAsync(work, followed, ct);
    }

    /// <summary>Only what a case does not know yet. Pure.</summary>
    public static IEnumerable<CareFollowed> Decide(InterventionCase of, bool entrusted) =>
        of.Exists && of.CareEntrusted != entrusted ? [new(of.Of!, entrusted)] : [];
}
