using LeftBehind.Assessment.Assessments;
using LeftBehind.Divisions;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Plans;

/// <summary>Writes what happened in plans: events that carry what is told after them, the tables beside them, duties, and the assessment that a completion opens.</summary>
public sealed class WritePlans(ServiceDuties duties, IServiceProvider services, WorkCalendar calendar)
{
    /// <summary>Appends events; the plan after them.</summary>
    public async Task<AssistancePlan> AppendAsync(StoreWork work, AssistancePlan plan, IEnumerable<PlanEvent> events, EventMeta meta, CancellationToken ct)
    {
        foreach (var @event in events.ToList())
        {
            var before = plan;
            plan = plan.After(@event);
            work.Append(plan.Id, @event with { After = plan.Facts }, meta);
            PlanTables.Write(work, plan);
            await duties.FollowAsync(work, before, @event, meta, ct);
            if (@event is PlanCompleted completed)
                await services.GetRequiredService<WriteAssessments>().OpenAsync(work, completed.Reassessment, RescoreWhenPlanCompleted.OpeningOf(completed, calendar), meta, ct);
        }
        return plan;
    }

    /// <summary>Drafts the plan of an assessment that was finalised, where it names services.</summary>
    public async Task DraftAsync(StoreWork work, AssessmentFile assessment, EventMeta meta, CancellationToken ct)
    {
        var id = AssistancePlan.IdOf(assessment.Id);
        var plan = (await work.LoadAsync<AssistancePlan>([id], ct))[id];
        await AppendAsync(work, plan, DraftPlan.Decide(assessment, plan, meta.OccurredAt), meta, ct);
    }
}
