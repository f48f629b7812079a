using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using LeftBehind.EventLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeftBehind.ServiceDefaults;

internal static class Errors
{
    private const int MaxMessageBytes = 1024 * 1024 + 64 * 1024;

    public static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.EnableDetailedErrors = false;
            grpc.MaxReceiveMessageSize = MaxMessageBytes;
            grpc.Interceptors.Add<ErrorInterceptor>();
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxMessageBytes;
            kestrel.AddServerHeader = false;
        });
    }

    public static void MapErrors(this WebApplication app) => app.UseExceptionHandler().UseStatusCodePages();
}

/// <summary>Says in gRPC's words what went wrong, without repeating any content.</summary>
internal sealed class ErrorInterceptor(ILogger<ErrorInterceptor> log) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        SaidAsync(() => continuation(request, context), context);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        SaidAsync(async () => { await continuation(request, responseStream, context); return true; }, context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        SaidAsync(async () => { await continuation(requestStream, responseStream, context); return true; }, context);

    private async Task<T> SaidAsync<T>(Func<Task<T>> call, ServerCallContext context)
    {
        try
        {
            return await call();
        }
        catch (RejectedException e)
        {
            throw new RpcException(new(StatusCode.FailedPrecondition, e.Message));
        }
        catch (Exception e) when (e is StreamMovedException or PostgresException { SqlState: "23505" or "40001" })
        {
            throw new RpcException(new(StatusCode.Aborted, "another writer was faster; call again"));
        }
        catch (Exception e) when (e is NpgsqlException { IsTransient: true } or PostgresException { SqlState: "57P01" or "57P03" } || e is TimeoutException)
        {
            throw new RpcException(new(StatusCode.Unavailable, "the store is away for the moment; call again"));
        }
        catch (Exception e) when (e is not RpcException and not OperationCanceledException && !IsCut(e, context))
        {
            log.LogError("{Method} failed: {Error} at {Where}", context.Method, e.GetType().Name, e.StackTrace?.Split('\n')[0].Trim());
            throw new RpcException(new(StatusCode.Internal, "the call failed; operations see why"));
        }
    }

    private static bool IsCut(Exception e, ServerCallContext context) => e is IOException && context.CancellationToken.IsCancellationRequested;
}
