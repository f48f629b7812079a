using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.Pages;
using LeftBehind.Residences;

namespace LeftBehind.GuardianshipIntervention.Children;

/// <summary>Keeps where each child lives, and moves its cases along: who may see a case is asked of where the child is now.</summary>
public sealed class FollowChildren(WriteCases write) : IPageHandler
{
    public string Source => "registry";

    public bool Wants(string type) => type == ChildPlaces.Told;

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var news = await ChildPlaces.TakeAsync(work, facts, ct);
        var cases = await work.LoadAsync<InterventionCase>(await OpenCases.AboutAsync(work, [.. news.Select(n => n.Child).Distinct()], ct), ct);
        var casesOf = cases.Values.ToLookup(c => c.Of!.Child, c => c.Id);
        var moved = new List<CaseChanged>();
        foreach (var (fact, child, place) in news)
            foreach (var id in casesOf[child])
            {
                moved.Add(write.Append(work, cases[id], Decide(cases[id], place), new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id)));
                cases[id] = moved[^1].After;
            }
        await write.FollowAsync(work, moved, ct);
    }

    /// <summary>A case lies where its child lives. Pure.</summary>
    public static IEnumerable<CaseMoved> Decide(InterventionCase open, ChildPlace place) =>
        open.Of is { } of && of.Division != place.Village ? [new(of with { Division = place.Village }, of.Division)] : [];
}
