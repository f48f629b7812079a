using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Visits;

/// <summary>How often a child is visited follows the risk that was assessed last, of whichever of its merged files. A fact told again changes nothing.</summary>
public sealed class FollowRisk(VisitDuties duties, TimeProvider clock) : IPageHandler
{
    public string Source => "assessment";

    public bool Wants(string type) => type == "assessment_finalised";

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Assessed: JsonSerializer.Deserialize<AssessmentFinalised>(f.Json, EventTypes.Json)!)).Where(t => t.Assessed.ChildId is not null).ToList();
        var files = await work.LoadAsync<Child>(told.Select(t => t.Assessed.ChildId!.Value).Distinct(), ct);
        await Canonical.LoadAsync(work, files, ct);
        await Canonical.LoadJoinedAsync(work, files, ct);
        var (risks, causes, now) = (new Dictionary<Guid, RiskLevel>(), new Dictionary<Guid, PagedEvent>(), clock.GetUtcNow());
        foreach (var (fact, assessed) in told)
        {
            // An older risk of a merged file is over as well.
            var counting = Canonical.Of(files, assessed.ChildId!.Value);
            foreach (var file in Canonical.JoinedOf(files, counting).Prepend(counting.Id))
                (risks[file], causes[file]) = (assessed.Risk, fact);
        }
        await duties.FollowAsync(work, [.. risks.Keys.Select(id => files[id])],
            child => new(now, WorkCalendar.DayOf(now), Traceparent: causes[child].Traceparent, Cause: causes[child].Id), ct, risks);
    }
}
