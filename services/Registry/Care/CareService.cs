using Grpc.Core;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Care;

/// <summary>The rpcs of entrusted care; each line hands over to the feature it belongs to.</summary>
public sealed class CareService(HandleCare handle, GetCare read, ListCareWork work) : V1.Care.CareBase
{
    public override Task<V1.ChildCare> EntrustCare(V1.EntrustCareRequest request, ServerCallContext context) => handle.EntrustAsync(request, context);

    public override Task<V1.ChildCare> ScreenCarer(V1.ScreenCarerRequest request, ServerCallContext context) => handle.ScreenAsync(request, context);

    public override Task<V1.ChildCare> NotifyEntrustment(V1.NotifyEntrustmentRequest request, ServerCallContext context) => handle.NotifyAsync(request, context);

    public override Task<V1.ChildCare> ChangeCarer(V1.ChangeCarerRequest request, ServerCallContext context) => handle.ChangeCarerAsync(request, context);

    public override Task<V1.ChildCare> EndCare(V1.EndCareRequest request, ServerCallContext context) => handle.EndAsync(request, context);

    public override Task<V1.ChildCare> FindCarerUnfit(V1.FindCarerUnfitRequest request, ServerCallContext context) => handle.FindUnfitAsync(request, context);

    public override Task<V1.ChildCare> LogParentContact(V1.LogParentContactRequest request, ServerCallContext context) => handle.LogContactAsync(request, context);

    public override Task<V1.ChildCare> GetCare(V1.GetCareRequest request, ServerCallContext context) => read.AnswerAsync(request, context);

    public override Task<V1.CareWorkPage> ListCareWork(V1.ListCareWorkRequest request, ServerCallContext context) => work.AnswerAsync(request, context);
}
