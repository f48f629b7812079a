using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Microsoft.OpenApi;

namespace LeftBehind.OpenApi;

/// <summary>Says of an endpoint that it takes a CloudEvents 1.0 JSON batch, and of what.</summary>
/// <param name="Method">Full name of the rpc that takes the same rows.</param>
/// <param name="TypePrefix">What the types of its events begin with.</param>
/// <param name="Row">The row; the fields of its oneof are the kinds of events.</param>
/// <param name="RowFields">Fields of the data that belong to the row itself.</param>
/// <param name="Answer">The answer to a batch.</param>
public sealed record CloudEventsBatch(string Method, string TypePrefix, MessageDescriptor Row, IReadOnlyList<string> RowFields, MessageDescriptor Answer);

internal static class CloudEventsOperation
{
    private const string MediaType = "application/cloudevents-batch+json";

    public static OpenApiOperation Of(CloudEventsBatch batch, Schemas schemas)
    {
        var service = batch.Method.Split('/')[0].Split('.')[^1];
        var responses = Operations.Responses(schemas, schemas.Of(batch.Answer), ["INVALID_ARGUMENT", "UNAUTHENTICATED", "PERMISSION_DENIED", "UNAVAILABLE"]);
        responses["413"] = new OpenApiResponse
        {
            Description = "More than 1 MB; or more than 1,000 events, told by batchError. None was taken.",
            Content = Operations.ProblemContent(schemas).Concat(Operations.Content("application/json", schemas.Of(batch.Answer))).ToDictionary(StringComparer.Ordinal),
        };
        responses["415"] = new OpenApiResponse { Description = $"Content-Type must be {MediaType}.", Content = Operations.ProblemContent(schemas) };
        return new()
        {
            OperationId = $"{service}_{batch.Method.Split('/')[1]}",
            Summary = "Push a CloudEvents batch",
            Description = ProtoComments.Of(batch.Method.Replace('/', '.')),
            Tags = new HashSet<OpenApiTagReference> { new(service, schemas.Document) },
            RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = Operations.Content(MediaType, new OpenApiSchema
                {
                    Type = JsonSchemaType.Array, MaxItems = 1000,
                    Items = new OpenApiSchema { OneOf = [.. Kinds(batch).Select(kind => Event(batch, kind, schemas))] },
                }),
            },
            Responses = responses,
        };
    }

    private static IEnumerable<FieldDescriptor> Kinds(CloudEventsBatch batch) => batch.Row.Fields.InDeclarationOrder().Where(f => f.ContainingOneof is not null);

    private static OpenApiSchema Event(CloudEventsBatch batch, FieldDescriptor kind, Schemas schemas) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "specversion", "id", "source", "type", "time", "sequence", "data" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["specversion"] = new OpenApiSchema { Type = JsonSchemaType.String, Const = "1.0" },
            ["id"] = Text(batch, "source_event_id"),
            ["source"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri-reference", Description = "Required by CloudEvents; the row is kept under the token's source." },
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Const = batch.TypePrefix + kind.Name },
            ["time"] = Text(batch, "occurred_at"),
            ["sequence"] = Text(batch, "source_sequence"),
            ["effectiveon"] = Text(batch, "effective_on"),
            ["data"] = Data(batch, kind, schemas),
        },
    };

    private static OpenApiSchema Text(CloudEventsBatch batch, string field) =>
        new() { Type = JsonSchemaType.String, Description = ProtoComments.Of($"{batch.Row.FullName}.{field}") };

    private static IOpenApiSchema Data(CloudEventsBatch batch, FieldDescriptor kind, Schemas schemas)
    {
        var ofRow = batch.Row.Fields.InDeclarationOrder().Where(f => batch.RowFields.Contains(f.JsonName)).ToList();
        return ofRow.Count == 0 ? schemas.Of(kind) : new OpenApiSchema { AllOf = [schemas.Of(kind), schemas.Object(ofRow)] };
    }
}
