using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeftBehind.Json;

/// <summary>Every unary rpc with a google.api.http rule also answers as JSON over HTTP.</summary>
public static class JsonCalls
{
    /// <summary>
    /// The proto3 JSON mapping: 64-bit numbers as strings, enums as their words; fields without presence are written even when empty.
    /// Comes before whatever adds interceptors, so that it hears what they say.
    /// </summary>
    public static IServiceCollection AddJsonCalls(this IServiceCollection services)
    {
        services.AddGrpc().AddJsonTranscoding(json => json.JsonSettings.WriteInt64sAsStrings = true);
        services.Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<StatusNote>());
        // Below a warning the library repeats what could not be read.
        return services.AddLogging(logging => logging.AddFilter("Grpc.AspNetCore.Grpc.JsonTranscoding", LogLevel.Warning));
    }

    /// <summary>Refusals of JSON calls leave as problem details; stands before <see cref="UseJsonRequests"/>.</summary>
    public static IApplicationBuilder UseJsonAnswers(this IApplicationBuilder app) => app.Use(JsonAnswers.InvokeAsync);

    /// <summary>Bodies and queries of JSON calls are read strictly; stands behind the access table, so that strangers' are not read at all.</summary>
    public static IApplicationBuilder UseJsonRequests(this IApplicationBuilder app) => app.Use(JsonRequests.InvokeAsync);

    /// <summary>The rpc that this request calls as JSON; null for anything else.</summary>
    public static GrpcJsonTranscodingMetadata? JsonCall(this HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>();
}
