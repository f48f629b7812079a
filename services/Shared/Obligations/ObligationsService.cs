using Grpc.Core;
using V1 = LeftBehind.Protos.Obligations.V1;

namespace LeftBehind.Obligations;

/// <summary>The rpcs of the duties of whichever service maps them.</summary>
public sealed class ObligationsService(HandleObligations handle) : V1.Obligations.ObligationsBase
{
    /// <inheritdoc/>
    public override Task<V1.ListedObligations> ListObligations(V1.ListObligationsRequest request, ServerCallContext context) => handle.ListAsync(request, context);

    /// <inheritdoc/>
    public override Task<V1.Obligation> WaiveObligation(V1.WaiveObligationRequest request, ServerCallContext context) => handle.WaiveAsync(request, context);
}
