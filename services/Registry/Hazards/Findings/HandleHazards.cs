using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Hazards.Findings;

/// <summary>Ways in of the commands on one hazard; each opens or ends its duty in the same transaction.</summary>
public sealed class HandleHazards(EventStore store, ObligationBook duties, WorkCalendar calendar, DivisionTree tree, TimeProvider clock)
{
    public Task<V1.HazardRecord> OrderAsync(V1.OrderRectificationRequest request, ServerCallContext context)
    {
        var (level, department) = (Requests.Word<DivisionLevel>(request.Level, "level"), Requests.Word<OwnerDepartment>(request.Department, "department"));
        var orderedBy = request.DueOn.Length == 0 ? (DateOnly?)null : Days.Read(request.DueOn, "due_on");
        // Duties keep milliseconds; the due time follows from this one.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var today = WorkCalendar.DayOf(now);
        return ChangeAsync(request.HazardId, request.ExpectedVersion, context, hazard =>
        {
            var order = new RectificationOrder(OwnerOf(hazard, level), department, orderedBy);
            var dueOn = orderedBy ?? WorkCalendar.DayOf(RectificationTerms.Default.DueAt(now, calendar)!.Value.AddTicks(-1));
            return (Repeats: new OrderRectification(order, dueOn).Repeats(hazard), Decide: () => OrderRectification.Decide(new(order, dueOn), hazard, today));
        }, (work, hazard, ct) => duties.OpenAsync(work, new NewObligation(
            RectificationTerms.Of(orderedBy, now), new("hazard", hazard.Id), hazard.Order!.Owner, department, now, context.Meta(now), RectificationTerms.Key), ct), now);
    }

    public Task<V1.HazardRecord> RectifiedAsync(V1.RecordRectifiedRequest request, ServerCallContext context)
    {
        var (on, now) = (Days.Read(request.RectifiedOn, "rectified_on"), clock.GetUtcNow());
        var today = WorkCalendar.DayOf(now);
        // Told late, it was done by the end of its day at the latest.
        var at = on < today ? WorkCalendar.StartOf(on.AddDays(1)).AddMilliseconds(-1) : now;
        return ChangeAsync(request.HazardId, request.ExpectedVersion, context,
            hazard => (Repeats: RecordRectified.Repeats(hazard, on), Decide: () => RecordRectified.Decide(hazard, on, today)),
            (work, hazard, ct) => duties.FulfilAsync(work, [new(new("hazard", hazard.Id), RectificationTerms.Kind, context.Meta(at), RectificationTerms.Key)], ct), at);
    }

    /// <summary>A repeat is answered as it is, whatever version it expects.</summary>
    private Task<V1.HazardRecord> ChangeAsync(
        string hazardId, long expected, ServerCallContext context, Func<Hazard, (bool Repeats, Func<IEnumerable<IHazardEvent>> Decide)> asked,
        Func<StoreWork, Hazard, CancellationToken, Task> duty, DateTimeOffset at)
    {
        var (id, ct) = (Requests.Id(hazardId, "hazard_id"), context.CancellationToken);
        if (expected < 1)
            throw Requests.Invalid("expected_version: at least 1");
        return store.RunAsync(async work =>
        {
            var hazard = (await work.LoadAsync<Hazard>([id], ct))[id];
            context.Require(hazard.Facts?.Division);
            var (repeats, decide) = asked(hazard);
            if (repeats)
                return HazardAnswer.Of(hazard, tree);
            if (hazard.Version != expected)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the hazard is at version {hazard.Version}"));
            foreach (var @event in decide().ToList())
            {
                work.Append(id, @event, @event is HazardOverdue overdue ? OverdueHazards.AtDue(overdue) : context.Meta(at));
                hazard = hazard.After(@event);
            }
            HazardTable.Write(work, [hazard]);
            await duty(work, hazard, ct);
            return HazardAnswer.Of(hazard, tree);
        }, ct);
    }

    /// <summary>The village itself, or the town or county above it.</summary>
    private DivisionId OwnerOf(Hazard hazard, DivisionLevel level) => tree.Path(hazard.Facts!.Division).Cast<DivisionId?>().FirstOrDefault(d => d!.Value.Level == level)
        ?? throw Requests.Invalid($"level: no {level.ToString().ToLowerInvariant()} above the hazard");
}
