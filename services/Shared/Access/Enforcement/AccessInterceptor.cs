using Grpc.Core;
using Grpc.Core.Interceptors;

namespace LeftBehind.Access;

/// <summary>Applies the method's row before every gRPC handler, whatever kind of call it is.</summary>
public sealed class AccessInterceptor(Gate gate) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        await continuation(request, await AdmittedAsync(context));

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        await continuation(requestStream, await AdmittedAsync(context));

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        await continuation(request, responseStream, await AdmittedAsync(context));

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        await continuation(requestStream, responseStream, await AdmittedAsync(context));

    private async ValueTask<ServerCallContext> AdmittedAsync(ServerCallContext context)
    {
        context.SetAdmission(await gate.AdmitAsync(context.GetHttpContext(), context.Method));
        return context;
    }
}
