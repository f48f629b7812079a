using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using LeftBehind.Access;
using LeftBehind.EventLog;
using LeftBehind.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
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
        builder.Services.AddExceptionHandler<HttpErrors>();
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

    /// <summary>Who may call is asked before a word of the request is read.</summary>
    public static void MapErrors(this WebApplication app) => app.UseExceptionHandler().UseStatusCodePages().UseJsonAnswers().UseJsonAccess().UseJsonRequests();
}

/// <summary>What is told of an exception by its kind: a status and words of ours, never the exception's own.</summary>
internal static class Failures
{
    /// <summary>The status of an exception that is no fault in the code; null of any other.</summary>
    public static Status? StatusOf(Exception e) => e switch
    {
        RejectedException => new(StatusCode.FailedPrecondition, e.Message),
        StreamMovedException or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected }
            => new(StatusCode.Aborted, "another writer was faster; call again"),
        // Class 57P is an operator's intervention: a server that stops, starts or was killed.
        TimeoutException or NpgsqlException { IsTransient: true } => Away,
        PostgresException p when p.SqlState.StartsWith("57P", StringComparison.Ordinal) => Away,
        _ => null,
    };

    /// <summary>The status of a call that was broken off here while its caller still waits, as a store does whose connections are cut.</summary>
    public static readonly Status BrokenOff = new(StatusCode.Unavailable, "the call was broken off; call again");

    private static readonly Status Away = new(StatusCode.Unavailable, "the store is away for the moment; call again");
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
        catch (Exception e) when (Failures.StatusOf(e) is { } status)
        {
            throw new RpcException(status);
        }
        catch (OperationCanceledException e) when (!context.CancellationToken.IsCancellationRequested)
        {
            log.LogWarning("{Method} was broken off at {Where}", context.Method, e.StackTrace?.Split('\n')[0].Trim());
            throw new RpcException(Failures.BrokenOff);
        }
        catch (Exception e) when (e is not RpcException and not OperationCanceledException && !IsCut(e, context))
        {
            log.LogError("{Method} failed: {Error} at {Where}", context.Method, e.GetType().Name, e.StackTrace?.Split('\n')[0].Trim());
            throw new RpcException(new(StatusCode.Internal, "the call failed; operations see why"));
        }
    }

    private static bool IsCut(Exception e, ServerCallContext context) => e is IOException && context.CancellationToken.IsCancellationRequested;
}

/// <summary>Says the same over HTTP, as problem details.</summary>
internal sealed class HttpErrors : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Failures.StatusOf(exception) is not { } status)
            return false;
        await Problems.WriteAsync(httpContext, status);
        return true;
    }
}
