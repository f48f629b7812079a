using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LeftBehind.Access;

/// <summary>A method without a row fails start-up: after everything is mapped, before the server listens.</summary>
public static class MethodCoverage
{
    /// <summary>
    /// Throws when a gRPC method has no row, or an HTTP endpoint neither names one (<see cref="HttpAccess.RequireAccess"/>) nor says
    /// that it is open to anybody (<c>AllowAnonymous</c>).
    /// </summary>
    public static void EnsureEveryMethodHasARow(IEnumerable<Endpoint> endpoints)
    {
        var missing = endpoints.OfType<RouteEndpoint>().Where(e => !HasRow(e)).Select(Name).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException($"Without a row in the access table: {string.Join(", ", missing)}.");
    }

    private static bool HasRow(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is { } grpc
            ? MethodTable.Find(grpc.Method.FullName) is not null
            : endpoint.Metadata.GetMetadata<MethodRow>() is not null
                || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
                || AnswersUnimplemented(endpoint);

    // gRPC itself maps these; they answer Unimplemented to any name it does not know.
    private static bool AnswersUnimplemented(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.Parameters.Any(parameter => parameter.Name == "unimplementedMethod");

    private static string Name(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName.TrimStart('/') ?? endpoint.RoutePattern.RawText ?? "?";
}

internal sealed class MethodCoverageAtStartUp : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        MethodCoverage.EnsureEveryMethodHasARow(app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints);
    };
}
