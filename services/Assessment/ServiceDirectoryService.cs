using Grpc.Core;
using LeftBehind.Assessment.Directory;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment;

/// <summary>The rpcs of the service directory; each line hands over to the feature it belongs to.</summary>
public sealed class ServiceDirectoryService(HandleProviders handle) : V1.ServiceDirectory.ServiceDirectoryBase
{
    public override Task<V1.Provider> ListProvider(V1.ListProviderRequest request, ServerCallContext context) => handle.ListAsync(request, context);

    public override Task<V1.Provider> RetireProvider(V1.RetireProviderRequest request, ServerCallContext context) => handle.RetireAsync(request, context);

    public override Task<V1.Providers> ListProviders(V1.ListProvidersRequest request, ServerCallContext context) => handle.ServingAsync(request, context);
}
