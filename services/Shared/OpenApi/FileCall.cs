using Google.Protobuf.Reflection;
using Microsoft.OpenApi;

namespace LeftBehind.OpenApi;

/// <summary>Says of an endpoint that it takes or answers a plain file, beside an rpc that does the same.</summary>
/// <param name="Method">Full name of the rpc.</param>
/// <param name="Verb">POST takes the file, GET answers it.</param>
/// <param name="Types">The media types of the file.</param>
/// <param name="Parameters">Each parameter with the field of the rpc's request that it stands for; those in the path are named there.</param>
/// <param name="Request">The rpc's request.</param>
/// <param name="Answer">What is answered to a file that was taken; null where the file is the answer.</param>
public sealed record FileCall(
    string Method, HttpMethod Verb, IReadOnlyList<string> Types, IReadOnlyDictionary<string, string> Parameters, MessageDescriptor Request, MessageDescriptor? Answer);

internal static class FileOperation
{
    public static OpenApiOperation Of(FileCall call, string path, Schemas schemas)
    {
        var (service, comment) = (call.Method.Split('/')[0].Split('.')[^1], ProtoComments.Of(call.Method.Replace('/', '.')));
        var file = call.Types.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } }, StringComparer.Ordinal);
        var responses = Operations.Responses(schemas, call.Answer is null ? new OpenApiSchema() : schemas.Of(call.Answer), ["INVALID_ARGUMENT", "UNAUTHENTICATED", "PERMISSION_DENIED", "NOT_FOUND", "UNAVAILABLE"]);
        if (call.Answer is null)
            responses["200"] = new OpenApiResponse { Description = "The file.", Content = file };
        else
        {
            responses["413"] = new OpenApiResponse { Description = "More than 1 MB.", Content = Operations.ProblemContent(schemas) };
            responses["415"] = new OpenApiResponse { Description = $"Content-Type must be {string.Join(" or ", call.Types)}.", Content = Operations.ProblemContent(schemas) };
        }
        return new()
        {
            OperationId = $"{service}_{call.Method.Split('/')[1]}_file",
            Summary = call.Answer is null ? "Answer a file" : "Send a file",
            Description = comment,
            Tags = new HashSet<OpenApiTagReference> { new(service, schemas.Document) },
            Parameters = [.. call.Parameters.Select(p => Parameter(p.Key, call.Request.FindFieldByName(p.Value), path, schemas))],
            RequestBody = call.Answer is null ? null : new OpenApiRequestBody { Required = true, Content = file },
            Responses = responses,
        };
    }

    private static OpenApiParameter Parameter(string name, FieldDescriptor field, string path, Schemas schemas)
    {
        var inPath = path.Contains($"{{{name}}}", StringComparison.Ordinal);
        return new()
        {
            Name = name, In = inPath ? ParameterLocation.Path : ParameterLocation.Query, Required = inPath, Description = ProtoComments.Of(field.FullName),
            Schema = field.FieldType is FieldType.Enum ? new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. field.EnumType.Values.Skip(1).Select(v => (System.Text.Json.Nodes.JsonNode)v.Name.ToLowerInvariant())] } : schemas.Of(field),
        };
    }
}
