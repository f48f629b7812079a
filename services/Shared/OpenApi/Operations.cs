using System.Globalization;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.OpenApi;

namespace LeftBehind.OpenApi;

/// <summary>One rpc as an operation: what its rule puts into the path, the query and the body, and what it answers.</summary>
internal static partial class Operations
{
    private const string Json = "application/json";

    // Every call may be refused for these; the others are those that the rpc's comment names.
    private static readonly string[] Always = ["INVALID_ARGUMENT", "UNAUTHENTICATED", "PERMISSION_DENIED", "UNAVAILABLE"];

    private static readonly Dictionary<string, (int Status, string Means)> Codes = new(StringComparer.Ordinal)
    {
        ["INVALID_ARGUMENT"] = (400, "The request cannot be read, or a field is wrong."),
        ["UNAUTHENTICATED"] = (401, "A valid token is needed."),
        ["PERMISSION_DENIED"] = (403, "The caller has no right to this."),
        ["NOT_FOUND"] = (404, "There is nothing of this name within the caller's reach."),
        ["FAILED_PRECONDITION"] = (409, "The state of things forbids it, or another writer was faster; code tells which."),
        ["ABORTED"] = (409, "The state of things forbids it, or another writer was faster; code tells which."),
        ["RESOURCE_EXHAUSTED"] = (429, "Too much at once."),
        ["UNAVAILABLE"] = (503, "Away for the moment; Retry-After tells when to call again."),
    };

    public static HttpMethod VerbOf(HttpRule rule) => new(rule.PatternCase.ToString().ToUpperInvariant());

    /// <summary>The path with parameters named as in JSON.</summary>
    public static string PathOf(GrpcJsonTranscodingMetadata call) =>
        Parameter().Replace(Pattern(call.HttpRule), found => $"{{{call.MethodDescriptor.InputType.FindFieldByName(found.Groups[1].Value).JsonName}}}");

    public static OpenApiOperation Of(GrpcJsonTranscodingMetadata call, Schemas schemas)
    {
        var (method, rule) = (call.MethodDescriptor, call.HttpRule);
        var inPath = Parameter().Matches(Pattern(rule)).Select(found => method.InputType.FindFieldByName(found.Groups[1].Value)).ToList();
        var others = method.InputType.Fields.InDeclarationOrder().Except(inPath).ToList();
        var comment = ProtoComments.Of(method.FullName);
        return new()
        {
            OperationId = $"{method.Service.Name}_{method.Name}",
            Summary = InnerCapital().Replace(method.Name, found => " " + found.Value.ToLowerInvariant()),
            Description = comment,
            Tags = new HashSet<OpenApiTagReference> { new(method.Service.Name, schemas.Document) },
            Parameters =
            [
                .. inPath.Select(field => Of(field, ParameterLocation.Path, schemas)),
                .. (rule.Body.Length == 0 ? others : []).Select(field => Of(field, ParameterLocation.Query, schemas)),
            ],
            RequestBody = rule.Body.Length == 0 ? null : new OpenApiRequestBody
            {
                Required = others.Count > 0,
                Content = Content(Json, inPath.Count == 0 ? schemas.Of(method.InputType) : schemas.Object(others)),
            },
            Responses = Responses(schemas, schemas.Of(method.OutputType), Always.Concat(Codes.Keys.Where(comment.Contains))),
        };
    }

    /// <summary>The good answer, and problem details for each of the codes.</summary>
    public static OpenApiResponses Responses(Schemas schemas, IOpenApiSchema good, IEnumerable<string> codes)
    {
        var responses = new OpenApiResponses { ["200"] = new OpenApiResponse { Description = "Done.", Content = Content(Json, good) } };
        foreach (var (status, means) in codes.Select(code => Codes[code]).Distinct().OrderBy(told => told.Status))
            responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse { Description = means, Content = ProblemContent(schemas) };
        return responses;
    }

    public static Dictionary<string, OpenApiMediaType> ProblemContent(Schemas schemas) => Content(ServiceDocument.ProblemType, schemas.Named(ServiceDocument.Problem));

    public static Dictionary<string, OpenApiMediaType> Content(string type, IOpenApiSchema schema) =>
        new(StringComparer.Ordinal) { [type] = new OpenApiMediaType { Schema = schema } };

    private static OpenApiParameter Of(FieldDescriptor field, ParameterLocation location, Schemas schemas) => new()
    {
        Name = field.JsonName,
        In = location,
        Required = location is ParameterLocation.Path,
        Description = ProtoComments.Of(field.FullName),
        Schema = schemas.Of(field),
    };

    private static string Pattern(HttpRule rule) => rule.PatternCase switch
    {
        HttpRule.PatternOneofCase.Get => rule.Get,
        HttpRule.PatternOneofCase.Post => rule.Post,
        HttpRule.PatternOneofCase.Put => rule.Put,
        HttpRule.PatternOneofCase.Patch => rule.Patch,
        HttpRule.PatternOneofCase.Delete => rule.Delete,
        _ => throw new NotSupportedException($"A rule of kind {rule.PatternCase}."),
    };

    [GeneratedRegex("\\{([a-z_]+)\\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex InnerCapital();
}
