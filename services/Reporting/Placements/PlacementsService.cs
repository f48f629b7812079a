using Grpc.Core;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Placements;

/// <summary>The rpcs of temporary placements; each line hands over to the feature it belongs to.</summary>
public sealed class PlacementsService(HandlePlacements handle, GetPlacement read) : V1.Placements.PlacementsBase
{
    public override Task<V1.Placement> PlaceChild(V1.PlaceChildRequest request, ServerCallContext context) => handle.PlaceAsync(request, context);

    public override Task<V1.Placement> ReviewPlacement(V1.ReviewPlacementRequest request, ServerCallContext context) => handle.ReviewAsync(request, context);

    public override Task<V1.Placement> EndPlacement(V1.EndPlacementRequest request, ServerCallContext context) => handle.EndAsync(request, context);

    public override Task<V1.Placement> GetPlacement(V1.GetPlacementRequest request, ServerCallContext context) => read.AnswerAsync(request, context);
}
