using System.Text.Json;
using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.Plans;
using LeftBehind.Assessment.WorkList;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Residences;

namespace LeftBehind.Assessment.Children;

/// <summary>
/// Keeps where each child lives, and moves along what is under way for it: who may see that, and who owes it, is asked of where the child is now.
/// Of those that were assessed also whether the file is open: by that a child is scored anew.
/// </summary>
public sealed class FollowChildren(WriteAssessments assessments, WritePlans plans, DivisionTree tree) : IPageHandler
{
    public string Source => "registry";

    public bool Wants(string type) => type == ChildPlaces.Told;

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        foreach (var fact in facts)
            if (JsonSerializer.Deserialize<ChildRecorded>(fact.Json, EventTypes.Json)! is { ChildId: var child, After: var after })
                AssessedChildren.Follow(work, child, after.Residence, after.State, fact.Epoch, fact.Version);
        var news = await ChildPlaces.TakeAsync(work, facts, ct);
        Guid[] children = [.. news.Select(n => n.Child).Distinct()];
        var running = await PlanTables.AboutAsync(work, children, ct);
        var open = await OpenAssessments.AboutAsync(work, children, ct);
        if (running.Count == 0 && open.Count == 0)
            return;
        var files = await work.LoadAsync<AssessmentFile>(open.Concat(running.Select(r => r.Assessment)).Distinct(), ct);
        var ofPlans = await work.LoadAsync<AssistancePlan>(running.Select(r => r.Plan), ct);
        foreach (var (fact, child, place) in news)
        {
            var meta = new EventMeta(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id);
            foreach (var file in files.Values.Where(f => f.Of?.Child == child).ToList())
                files[file.Id] = await assessments.AppendAsync(work, file, MoveWithChild.Decide(file, place.Village, TownOf), meta, ct);
            foreach (var plan in ofPlans.Values.Where(p => p.Of?.Child == child).ToList())
                ofPlans[plan.Id] = await plans.AppendAsync(work, plan, MoveWithChild.Decide(plan, place.Village, TownOf), meta, ct);
        }
    }

    private DivisionId TownOf(DivisionId place) => AssessmentDuty.TownOf(tree, place);
}
