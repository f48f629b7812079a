using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace LeftBehind.Json;

/// <summary>Puts problem details in the place of the transcoder's own words, which repeat what it could not read.</summary>
internal static class JsonAnswers
{
    public static async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.JsonCall() is not { } call)
        {
            await next(http);
            return;
        }
        var wire = http.Response.Body;
        using var held = new MemoryStream();
        http.Response.Body = held;
        try
        {
            await next(http);
        }
        catch (RpcException refused)
        {
            http.Features.Set(new NotedStatus(refused.Status));
        }
        finally
        {
            http.Response.Body = wire;
        }

        if (http.Features.Get<NotedStatus>() is { } noted)
            await Problems.WriteAsync(http, noted.Status, call.MethodDescriptor.InputType);
        else if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            await Problems.WriteAsync(http, new Status(StatusCode.Internal, "the call failed; operations see why"));
        else if (http.Response.StatusCode >= StatusCodes.Status400BadRequest && http.Response.ContentType?.StartsWith(Problems.MediaType, StringComparison.Ordinal) is not true)
            await Problems.WriteAsync(http, new Status(StatusCode.InvalidArgument, "The request cannot be read."));
        else
            await http.Response.Body.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length), http.RequestAborted);
    }
}

/// <summary>How a call was refused behind the transcoder, which passes on a code of HTTP only.</summary>
internal sealed record NotedStatus(Status Status);

/// <summary>Hears each refusal as the outermost interceptor.</summary>
internal sealed class StatusNote : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (RpcException refused)
        {
            context.GetHttpContext().Features.Set(new NotedStatus(refused.Status));
            throw;
        }
    }
}
