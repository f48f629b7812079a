using Grpc.Core;
using LeftBehind.Assessment.Plans;
using LeftBehind.Assessment.WorkList;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment;

/// <summary>The rpcs of assistance plans; each line hands over to the feature it belongs to.</summary>
public sealed class PlansService(HandlePlans handle, ListPlans list) : V1.Plans.PlansBase
{
    public override Task<V1.AssistancePlan> GetPlan(V1.GetPlanRequest request, ServerCallContext context) => handle.ReadAsync(request, context);

    public override Task<V1.AssistancePlan> AddService(V1.AddServiceRequest request, ServerCallContext context) => handle.AddServiceAsync(request, context);

    public override Task<V1.AssistancePlan> StartPlan(V1.ChangePlanRequest request, ServerCallContext context) => handle.StartAsync(request, context);

    public override Task<V1.AssistancePlan> ArrangeService(V1.ArrangeServiceRequest request, ServerCallContext context) => handle.ArrangeAsync(request, context);

    public override Task<V1.AssistancePlan> SettleService(V1.SettleServiceRequest request, ServerCallContext context) => handle.SettleAsync(request, context);

    public override Task<V1.AssistancePlan> AnswerAidRequest(V1.AnswerAidRequestRequest request, ServerCallContext context) => handle.AnswerAidAsync(request, context);

    public override Task<V1.AssistancePlan> ReviewPlan(V1.ChangePlanRequest request, ServerCallContext context) => handle.ReviewAsync(request, context);

    public override Task<V1.AssistancePlan> CompletePlan(V1.ChangePlanRequest request, ServerCallContext context) => handle.CompleteAsync(request, context);

    public override Task<V1.AssistancePlan> TerminatePlan(V1.TerminatePlanRequest request, ServerCallContext context) => handle.TerminateAsync(request, context);

    public override Task<V1.ListedPlans> ListPlans(V1.ListPlansRequest request, ServerCallContext context) => list.PlansAsync(request, context);

    public override Task<V1.DueServices> ListDueServices(V1.ListDueServicesRequest request, ServerCallContext context) => list.ServicesAsync(request, context);
}
