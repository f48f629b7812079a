using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Assessment.Directory;
using LeftBehind.Calls;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Plans;

/// <summary>Ways in of the officers' commands on one plan: within reach, on the version that was seen, and a repeat is answered as it is.</summary>
public sealed class HandlePlans(EventStore store, WritePlans write, PlanAnswer answers, DivisionTree tree, TimeProvider clock)
{
    private const int LongestNumber = 100;

    public async Task<V1.AssistancePlan> ReadAsync(V1.GetPlanRequest request, ServerCallContext context)
    {
        var id = Requests.Id(request.PlanId, "plan_id");
        var plan = (await store.ReadAsync<AssistancePlan>([id], context.CancellationToken))[id];
        context.Require(plan.Of?.Division);
        return answers.Of(plan);
    }

    public Task<V1.AssistancePlan> AddServiceAsync(V1.AddServiceRequest request, ServerCallContext context)
    {
        var command = new AddService(Requests.Word<AssistanceService>(request.Kind, "kind"), context.GetCaller().Subject, Asked.Of(request.RequestId, request));
        return RunAsync(request.PlanId, request.ExpectedVersion, context, (plan, now) => AddService.Decide(command, plan, now));
    }

    public Task<V1.AssistancePlan> StartAsync(V1.ChangePlanRequest request, ServerCallContext context)
    {
        var command = new StartPlan(context.GetCaller().Subject, Asked.Of(request.RequestId, request));
        return RunAsync(request.PlanId, request.ExpectedVersion, context, (plan, now) => StartPlan.Decide(command, plan, now));
    }

    public Task<V1.AssistancePlan> ReviewAsync(V1.ChangePlanRequest request, ServerCallContext context)
    {
        var command = new ReviewPlan(context.GetCaller().Subject, Asked.Of(request.RequestId, request));
        return RunAsync(request.PlanId, request.ExpectedVersion, context, (plan, now) => ReviewPlan.Decide(command, plan, now));
    }

    public Task<V1.AssistancePlan> CompleteAsync(V1.ChangePlanRequest request, ServerCallContext context)
    {
        var command = new CompletePlan(context.GetCaller().Subject, Asked.Of(request.RequestId, request));
        return RunAsync(request.PlanId, request.ExpectedVersion, context, (plan, now) => CompletePlan.Decide(command, plan, now));
    }

    public Task<V1.AssistancePlan> TerminateAsync(V1.TerminatePlanRequest request, ServerCallContext context)
    {
        var command = new TerminatePlan(Requests.Word<TerminationReason>(request.Reason, "reason"), context.GetCaller().Subject, Asked.Of(request.RequestId, request));
        return RunAsync(request.PlanId, request.ExpectedVersion, context, (plan, now) => TerminatePlan.Decide(command, plan, now));
    }

    public Task<V1.AssistancePlan> ArrangeAsync(V1.ArrangeServiceRequest request, ServerCallContext context)
    {
        var (service, giver, due) = (Requests.Id(request.ServiceId, "service_id"), Requests.Id(request.ProviderId, "provider_id"), Requests.Time(request.DueAt, "due_at"));
        var (asked, caller, ct) = (Asked.Of(request.RequestId, request), context.GetCaller().Subject, context.CancellationToken);
        return RunAsync(request.PlanId, request.ExpectedVersion, context, async (work, plan, now) =>
        {
            var provider = (await work.LoadAsync<Provider>([giver], ct))[giver];
            var reaches = provider.Listed is { } listed && plan.Of is { } of && tree.IsWithin(of.Division, listed.Division);
            return ArrangeService.Decide(new(service, provider, reaches, due, caller, asked), plan, now);
        });
    }

    public Task<V1.AssistancePlan> SettleAsync(V1.SettleServiceRequest request, ServerCallContext context)
    {
        var outcome = request.Outcome switch
        {
            V1.ServiceState.Delivered => ServiceState.Delivered,
            V1.ServiceState.Failed => ServiceState.Failed,
            V1.ServiceState.Declined => ServiceState.Declined,
            _ => throw Requests.Invalid("outcome: delivered, failed or declined"),
        };
        var command = new SettleService(Requests.Id(request.ServiceId, "service_id"), outcome, Requests.Time(request.At, "at"), context.GetCaller().Subject,
            Asked.Of(request.RequestId, request));
        return RunAsync(request.PlanId, request.ExpectedVersion, context, (plan, now) => SettleService.Decide(command, plan, now));
    }

    public Task<V1.AssistancePlan> AnswerAidAsync(V1.AnswerAidRequestRequest request, ServerCallContext context)
    {
        var command = new AnswerAidRequest(Requests.Id(request.ServiceId, "service_id"), request.Granted,
            Texts.DocumentNo(request.DocumentNo, "document_no", 1, LongestNumber), Requests.Time(request.At, "at"), context.GetCaller().Subject, Asked.Of(request.RequestId, request));
        return RunAsync(request.PlanId, request.ExpectedVersion, context, (plan, now) => AnswerAidRequest.Decide(command, plan, now));
    }

    private Task<V1.AssistancePlan> RunAsync(string planId, long expected, ServerCallContext context, Func<AssistancePlan, DateTimeOffset, IEnumerable<PlanEvent>> decide) =>
        RunAsync(planId, expected, context, (_, plan, now) => Task.FromResult(decide(plan, now)));

    private Task<V1.AssistancePlan> RunAsync(
        string planId, long expected, ServerCallContext context, Func<StoreWork, AssistancePlan, DateTimeOffset, Task<IEnumerable<PlanEvent>>> decide)
    {
        var (id, now, ct) = (Requests.Id(planId, "plan_id"), clock.GetUtcNow(), context.CancellationToken);
        if (expected < 1)
            throw Requests.Invalid("expected_version: at least 1");
        return store.RunAsync(async work =>
        {
            var plan = (await work.LoadAsync<AssistancePlan>([id], ct))[id];
            context.Require(plan.Of?.Division);
            List<PlanEvent> events;
            try
            {
                events = [.. await decide(work, plan, now)];
            }
            catch (RejectedException) when (plan.Version != expected)
            {
                throw Moved(plan);
            }
            if (events.Count > 0 && plan.Version != expected)
                throw Moved(plan);
            return answers.Of(await write.AppendAsync(work, plan, events, context.Meta(now), ct));
        }, ct);
    }

    private static RpcException Moved(AssistancePlan plan) => new(new(StatusCode.Aborted, $"expected_version: the plan is at version {plan.Version}"));
}
