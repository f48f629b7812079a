using Grpc.Core;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Responses;

/// <summary>The rpcs of emergency responses beside those of Reporting; each line hands over to the feature it belongs to.</summary>
public sealed class EmergencyResponsesService(HandleResponses handle, AddEvidences evidence, HandOverSearches search) : V1.EmergencyResponses.EmergencyResponsesBase
{
    public override Task<V1.Response> RecordDispatch(V1.NoticeRequest request, ServerCallContext context) => handle.DispatchAsync(request, context);

    public override Task<V1.Response> RecordOnScene(V1.NoticeRequest request, ServerCallContext context) => handle.AnswerAsync(request, Responses.RecordOnScene.Decide, context);

    public override Task<V1.Response> AddEvidence(V1.AddEvidenceRequest request, ServerCallContext context) => evidence.AnswerAsync(request, context);

    public override Task<V1.Response> HandOverSearch(V1.HandOverSearchRequest request, ServerCallContext context) => search.HandOverAsync(request, context);

    public override Task<V1.SearchHop> AcceptSearch(V1.AcceptSearchRequest request, ServerCallContext context) => search.AcceptAsync(request, context);
}
