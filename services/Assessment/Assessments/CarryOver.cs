using LeftBehind.Assessment.Children;
using LeftBehind.Assessment.Plans;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Assessment.Assessments;

/// <summary>
/// What earlier releases kept otherwise: a plan was part of its assessment and becomes a plan of its own, and whoever was assessed gets the row
/// by which the half-year finds it. A second run finds nothing to do.
/// </summary>
public sealed class CarryOver(EventStore store, WritePlans plans) : IMigrationStep
{
    private const int AtATime = 100;

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var ids in (await FinalisedAsync(ct)).Chunk(AtATime))
            await store.RunAsync(async work =>
            {
                var files = await work.LoadAsync<AssessmentFile>(ids, ct);
                foreach (var file in ids.Select(id => files[id]).Where(f => f.Finalised is not null))
                {
                    AssessedChildren.Write(work, file);
                    await CarryAsync(work, file, ct);
                }
            }, ct);
    }

    /// <summary>In the order in which they were finalised; the later one of a child counts.</summary>
    private async Task<List<Guid>> FinalisedAsync(CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select e.stream_id from {store.Schema}.mt_events e where e.type = 'assessment_finalised' and (
                not exists (select from {store.Schema}.assessed_child c where c.child = (e.data->'of'->>'child')::uuid) and e.data->'of'->>'child' is not null
                or exists (select from {store.Schema}.mt_events p where p.stream_id = e.stream_id and p.type = 'plan_drafted'))
            order by e.seq_id
            """);
        var found = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(reader.GetGuid(0));
        return found;
    }

    private async Task CarryAsync(StoreWork work, AssessmentFile file, CancellationToken ct)
    {
        var plan = (await work.LoadAsync<AssistancePlan>([AssistancePlan.IdOf(file.Id)], ct)).Values.Single();
        if (plan.Exists || file is not { Plan: { } drafted, Finalised: { } finalised })
            return;
        var of = new PlanSubject(file.Id, drafted.Of.Child, drafted.Of.Division);
        List<PlanEvent> events =
        [
            new AssistancePlanDrafted(of, [.. drafted.Services.Select(kind => new NamedService(AssistancePlan.ServiceIdOf(plan.Id, kind), kind))], [finalised.Assessor], finalised.At) { Known = true },
        ];
        if (file.Approved is { } approved)
            events.Add(new AssistancePlanApproved(of, finalised.At, approved.Approver) { Known = true });
        await plans.AppendAsync(work, plan, events, new(finalised.At, WorkCalendar.DayOf(finalised.At)), ct);
    }
}
