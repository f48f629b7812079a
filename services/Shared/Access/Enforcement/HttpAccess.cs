using Grpc.AspNetCore.Server;
using Grpc.Core;
using LeftBehind.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LeftBehind.Access;

/// <summary>The same rows for the HTTP ways in.</summary>
public static class HttpAccess
{
    /// <summary>
    /// Applies the row of a gRPC method to an HTTP endpoint, before its body is read. Refusals leave as problem details.
    /// </summary>
    public static TBuilder RequireAccess<TBuilder>(this TBuilder endpoint, string method) where TBuilder : IEndpointConventionBuilder
    {
        var row = MethodTable.Find(method) ?? throw new InvalidOperationException($"The access table has no row for {method}.");
        endpoint.Add(built =>
        {
            built.Metadata.Add(row);
            // The delegate is wrapped, not filtered: endpoint filters run after the body is bound, and not at all on plain delegates.
            var handler = built.RequestDelegate ?? throw new InvalidOperationException($"The endpoint of {method} has no handler.");
            built.RequestDelegate = http => Guarded(http, row, handler);
        });
        return endpoint;
    }

    /// <summary>
    /// Applies the row of an rpc that is called as JSON before its body is read; the interceptor applies it again behind that.
    /// A refusal is thrown, as problem details it leaves by <see cref="JsonCalls.UseJsonAnswers"/>.
    /// </summary>
    public static IApplicationBuilder UseJsonAccess(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.JsonCall() is not null && http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is { } grpc)
            await http.RequestServices.GetRequiredService<Gate>().AdmitAsync(http, grpc.Method.FullName);
        await next(http);
    });

    private static async Task Guarded(HttpContext http, MethodRow row, RequestDelegate handler)
    {
        try
        {
            http.SetAdmission(await http.RequestServices.GetRequiredService<Gate>().AdmitAsync(http, row.Method));
            await handler(http);
        }
        catch (RpcException refused) when (!http.Response.HasStarted)
        {
            await Problems.WriteAsync(http, refused.Status);
        }
    }
}
