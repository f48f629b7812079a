using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;
using LeftBehind.Registry.Visits.Workers;

namespace LeftBehind.Registry.Visits;

/// <summary>
/// Keeps the visits that children are due in step with their files, in the transaction that changed them: whoever changes files hands
/// them here. Costs a constant number of statements, and two where nothing about visits changed.
/// </summary>
public sealed class VisitDuties(ObligationBook book, VisitRules rules, TimeProvider clock)
{
    private const string Changed = "risk, key list, category or village changed", Closed = "the file was closed";

    /// <summary>Follows files as they are by now.</summary>
    /// <param name="work">The transaction, in which no event of these children's visits stands unsent.</param>
    /// <param name="files">The files after the change.</param>
    /// <param name="meta">What is kept beside what follows for a child.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="risks">Risks that are news.</param>
    /// <param name="dropouts">What the roll tells anew of dropping out.</param>
    /// <param name="opened">Files that this work opened: nothing can be on record of their visits.</param>
    public async Task FollowAsync(StoreWork work, IReadOnlyCollection<Child> files, Func<Guid, EventMeta> meta, CancellationToken ct,
        IReadOnlyDictionary<Guid, RiskLevel>? risks = null, IReadOnlyDictionary<Guid, bool>? dropouts = null, IReadOnlySet<Guid>? opened = null)
    {
        var children = files.Where(c => c.Exists).DistinctBy(c => c.Id).ToList();
        if (children.Count == 0)
            return;
        var joined = await JoinedAsync(work, children, ct);
        var rows = await VisitRows.LoadAsync(work, children.Select(c => c.Id).Where(id => opened?.Contains(id) is not true).Concat(joined.Values.SelectMany(ids => ids)).Distinct(), ct);
        RiskLevel? RiskOf(Guid file) => risks?.TryGetValue(file, out var news) is true ? news : rows.GetValueOrDefault(file)?.Plan.Risk;
        var workers = await VillageWorkers.NamedInAsync(work, children.Select(c => c.Facts.Residence), ct);
        var news = new List<(Child Child, VisitRow? Row, VisitPlan Plan)>();
        foreach (var child in children)
        {
            var row = rows.GetValueOrDefault(child.Id);
            var plan = VisitPlan.Of(child, RiskOf(child.Id),
                dropouts?.TryGetValue(child.Id, out var dropped) is true ? dropped : row?.Plan.DroppedOut ?? false,
                workers.Contains(child.Facts.Residence) || row?.NamedIn == child.Facts.Residence,
                joined.TryGetValue(child.Id, out var others) ? others.Max(RiskOf) : null);
            if (row?.Plan != plan)
                news.Add((child, row, plan));
        }
        if (news.Count == 0)
            return;
        // A child about whom there is nothing to keep has a row and no stream.
        var told = news.Where(n => n is { Row.Version: > 0 } or { Plan.IsPlain: false }).ToList();
        var states = told.Exists(n => n.Row?.Version > 0)
            ? await work.LoadAsync<ChildVisits>(told.Where(n => n.Row?.Version > 0).Select(n => ChildVisits.IdOf(n.Child.Id)), ct) : [];
        foreach (var (id, unborn) in work.Begin<ChildVisits>(told.Where(n => n.Row is null or { Version: 0 }).Select(n => ChildVisits.IdOf(n.Child.Id))))
            states[id] = unborn;
        var (now, duties) = (clock.GetUtcNow(), new DutyChanges());
        foreach (var (child, _, plan) in told)
        {
            var id = ChildVisits.IdOf(child.Id);
            var before = states[id];
            foreach (var @event in FollowPlan.Decide(new(plan, plan.Listings(child), now), before, rules))
            {
                work.Append(id, before.Told(child.Id, @event), meta(child.Id));
                states[id] = states[id].After(@event);
            }
            duties.Replaced(child.Id, before.Duty, states[id].Duty, plan.Open ? Changed : Closed, meta(child.Id));
        }
        VisitRows.Write(work, news.Select(n => VisitRow.Of(n.Child.Id, states.GetValueOrDefault(ChildVisits.IdOf(n.Child.Id)) ?? ChildVisits.New(default), n.Plan)));
        await duties.ApplyAsync(work, book, ct);
    }
    /// <summary>The files that were merged into each of these. Costs nothing where none was.</summary>
    private static async Task<Dictionary<Guid, Guid[]>> JoinedAsync(StoreWork work, List<Child> children, CancellationToken ct)
    {
        if (!children.Exists(c => !c.Joined.IsEmpty))
            return [];
        var files = children.ToDictionary(c => c.Id);
        await Canonical.LoadJoinedAsync(work, files, ct);
        return children.Where(c => !c.Joined.IsEmpty).ToDictionary(c => c.Id, c => Canonical.JoinedOf(files, c).ToArray());
    }
}
