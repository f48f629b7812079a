using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace LeftBehind.Json;

/// <summary>
/// Reads a JSON call as strictly as the other ways in: an unknown or repeated member, a value of the wrong type and an unknown word
/// are refused by name of the field and without the content. The transcoder would pass over the first two in silence.
/// </summary>
internal static class JsonRequests
{
    private const string JsonType = "application/json";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.JsonCall() is { } call)
        {
            var inPath = http.Request.RouteValues.Keys.ToHashSet(StringComparer.Ordinal);
            var takesBody = call.HttpRule.Body.Length > 0;
            CheckQuery(http.Request.Query, takesBody ? null : call.MethodDescriptor.InputType, inPath);
            if (takesBody && !await BodyIsReadAsync(http, call.MethodDescriptor.InputType, inPath))
                return;
            if (!takesBody)
                http.Request.ContentType = null;
        }
        await next(http);
    }

    private static void CheckQuery(IQueryCollection query, MessageDescriptor? request, HashSet<string> inPath)
    {
        foreach (var (name, values) in query)
        {
            var field = request is null ? null : Field(request, name);
            if (field is null || inPath.Contains(field.Name) || field.FieldType is FieldType.Message)
                throw Invalid("The query has a parameter that this call does not know.");
            if (!field.IsRepeated && values.Count > 1)
                throw Invalid($"{field.Name}: told twice");
            JsonNode value = field.IsRepeated ? new JsonArray([.. values.Select(v => (JsonNode)Value(field, v))]) : Value(field, values);
            if (!Fits(request!, field, value.ToJsonString()))
                throw Wrong(field);
        }
    }

    // JSON takes numbers as strings too, truth as a word only.
    private static JsonValue Value(FieldDescriptor field, StringValues text) =>
        field.FieldType is FieldType.Bool && bool.TryParse(text, out var truth) ? JsonValue.Create(truth) : JsonValue.Create(text.ToString());

    /// <summary>The transcoder reads what was understood here, and not another reading of the same bytes.</summary>
    private static async Task<bool> BodyIsReadAsync(HttpContext http, MessageDescriptor request, HashSet<string> inPath)
    {
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            var large = e.StatusCode == StatusCodes.Status413PayloadTooLarge;
            await Problems.WriteAsync(http, e.StatusCode, large ? "A request has at most 1 MB." : "The body did not arrive whole.", Problems.Word(large ? StatusCode.ResourceExhausted : StatusCode.InvalidArgument));
            return false;
        }
        if (body.Length > 0 && !IsJson(http.Request.ContentType))
        {
            await Problems.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, $"Content-Type must be {JsonType}, in UTF-8.", Problems.Word(StatusCode.InvalidArgument));
            return false;
        }
        var message = body.Length == 0 ? "{}" : JsonFormatter.Default.Format(Read(body, request, inPath));
        var understood = Encoding.UTF8.GetBytes(message);
        http.Request.Body = new MemoryStream(understood);
        http.Request.ContentType = JsonType;
        http.Request.ContentLength = understood.Length;
        return true;
    }

    private static IMessage Read(MemoryStream body, MessageDescriptor request, HashSet<string> inPath)
    {
        if (!Utf8.IsValid(body.GetBuffer().AsSpan(0, (int)body.Length)))
            throw Invalid("The body is not UTF-8.");
        try
        {
            using var json = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length), Strict);
            if (json.RootElement.ValueKind is not JsonValueKind.Object)
                throw Invalid("The body must be a JSON object.");
            foreach (var member in json.RootElement.EnumerateObject())
            {
                var field = Field(request, member.Name) ?? throw Invalid("The body has a member that this call does not know.");
                if (inPath.Contains(field.Name))
                    throw Invalid($"{field.Name}: stands in the path");
                if (!Fits(request, field, member.Value.GetRawText()))
                    throw Wrong(field);
            }
            return TryParse(request, json.RootElement.GetRawText()) ?? throw Invalid("The body has members that exclude each other.");
        }
        catch (JsonException e)
        {
            throw Invalid(e.LineNumber is { } line ? $"The body is not JSON (line {line + 1}, byte {e.BytePositionInLine + 1})." : "The body is not JSON, or tells a member twice.");
        }
        catch (InvalidOperationException)
        {
            throw Invalid("The body is not JSON: half a character in it."); // half a surrogate pair in a name
        }
    }

    private static FieldDescriptor? Field(MessageDescriptor request, string name) =>
        request.Fields.InDeclarationOrder().FirstOrDefault(f => f.JsonName == name || f.Name == name);

    private static bool Fits(MessageDescriptor request, FieldDescriptor field, string json) => TryParse(request, $"{{\"{field.JsonName}\":{json}}}") is not null;

    private static IMessage? TryParse(MessageDescriptor request, string json)
    {
        try
        {
            return JsonParser.Default.Parse(json, request);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static bool IsJson(string? type) =>
        MediaTypeHeaderValue.TryParse(type, out var media)
        && media.MediaType.Equals(JsonType, StringComparison.OrdinalIgnoreCase)
        && (!media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static RpcException Wrong(FieldDescriptor field) =>
        Invalid($"{field.Name}: {(field.FieldType is FieldType.Enum ? $"one of {string.Join(", ", field.EnumType.Values.Select(v => v.Name))}" : "a value of another type")}");

    private static RpcException Invalid(string why) => new(new Status(StatusCode.InvalidArgument, why));
}
