using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LeftBehind.Access;

/// <summary>The same rows for the HTTP ways in.</summary>
public static class HttpAccess
{
    /// <summary>
    /// Applies the row of a gRPC method to an HTTP endpoint, before its body is read. 401, 403 and 404 stand for Unauthenticated,
    /// PermissionDenied and NotFound, as problem details.
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

    private static async Task Guarded(HttpContext http, MethodRow row, RequestDelegate handler)
    {
        try
        {
            http.SetAdmission(http.RequestServices.GetRequiredService<Gate>().Admit(http, row.Method));
            await handler(http);
        }
        catch (RpcException refused) when (HttpStatus(refused.StatusCode) is not null && !http.Response.HasStarted)
        {
            if (refused.StatusCode is StatusCode.Unauthenticated)
                http.Response.Headers.WWWAuthenticate = "Bearer";
            await Results.Problem(refused.Status.Detail, statusCode: HttpStatus(refused.StatusCode)).ExecuteAsync(http);
        }
    }

    private static int? HttpStatus(StatusCode code) => code switch
    {
        StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        _ => null
    };
}
