using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace LeftBehind.OpenApi;

/// <summary>Writes a service's document from what it maps: rpcs with a google.api.http rule, CloudEvents ways in, and plain files.</summary>
internal sealed class ServiceDocument(string service) : IOpenApiDocumentTransformer
{
    public const string Problem = "Problem", ProblemType = "application/problem+json";

    private const string Bearer = "bearer";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new() { Title = $"LeftBehind, {service}", Version = context.DocumentName, Description = "Every rpc as JSON (proto3 JSON mapping). 64-bit numbers are strings." };
        document.Components ??= new();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Bearer, BearerFormat = "JWT", Description = "Names department, role and division, and of a partner its source." },
        };
        document.Components.Schemas[Problem] = ProblemSchema();
        document.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];

        var schemas = new Schemas(document);
        foreach (var endpoint in context.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is { } call)
                Add(document, Operations.PathOf(call), Operations.VerbOf(call.HttpRule), Operations.Of(call, schemas));
            else if (endpoint.Metadata.GetMetadata<CloudEventsBatch>() is { } batch)
                Add(document, endpoint.RoutePattern.RawText!, HttpMethod.Post, CloudEventsOperation.Of(batch, schemas));
            else if (endpoint.Metadata.GetMetadata<FileCall>() is { } file)
                Add(document, endpoint.RoutePattern.RawText!, file.Verb, FileOperation.Of(file, endpoint.RoutePattern.RawText!, schemas));
        }
        return Task.CompletedTask;
    }

    private static void Add(OpenApiDocument document, string path, HttpMethod verb, OpenApiOperation operation)
    {
        document.Paths ??= [];
        if (!document.Paths.TryGetValue(path, out var item))
            document.Paths[path] = item = new OpenApiPathItem();
        ((OpenApiPathItem)item).AddOperation(verb, operation);
        operation.Tags?.ToList().ForEach(tag => (document.Tags ??= new HashSet<OpenApiTag>()).Add(new() { Name = tag.Reference.Id }));
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Why a call was not done (RFC 9457).",
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "In words; never repeats what was sent." },
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The gRPC status.", Examples = [JsonValue.Create("FAILED_PRECONDITION")] },
            ["field"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The field at fault, where there is one." },
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String },
        },
    };
}
