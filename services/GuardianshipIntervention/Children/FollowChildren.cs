using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.Pages;

namespace LeftBehind.GuardianshipIntervention.Children;

/// <summary>Keeps where each child lives, and moves its cases along: who may see a case is asked of where the child is now.</summary>
public sealed class FollowChildren(WriteCases write) : IPageHandler
{
    private const string Recorded = "child_recorded";

    public string Source => "registry";

    public bool Wants(string type) => type == Recorded;

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Child: JsonSerializer.Deserialize<ChildRecorded>(f.Json, EventTypes.Json)!)).ToList();
        HashSet<Guid> children = [.. told.Select(t => t.Child.ChildId)];
        var places = await ChildPlaces.LoadAsync(work, children, ct);
        var cases = await work.LoadAsync<InterventionCase>(await OpenCases.AboutAsync(work, children, ct), ct);
        var casesOf = cases.Values.ToLookup(c => c.Of!.Child, c => c.Id);
        var changed = new Dictionary<Guid, ChildPlace>();
        var moved = new List<CaseChanged>();
        foreach (var (fact, child) in told)
        {
            var known = changed.GetValueOrDefault(child.ChildId) ?? places.GetValueOrDefault(child.ChildId);
            var place = ChildPlace.After(known, child.After, fact.Version, fact.Epoch);
            if (place == known)
                continue;
            changed[child.ChildId] = place;
            foreach (var id in casesOf[child.ChildId])
            {
                moved.Add(write.Append(work, cases[id], Decide(cases[id], place), new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id)));
                cases[id] = moved[^1].After;
            }
        }
        ChildPlaces.Write(work, changed);
        await write.FollowAsync(work, moved, ct);
    }

    /// <summary>A case lies where its child lives. Pure.</summary>
    public static IEnumerable<CaseMoved> Decide(InterventionCase open, ChildPlace place) =>
        open.Of is { } of && of.Division != place.Village ? [new(of with { Division = place.Village }, of.Division)] : [];
}
