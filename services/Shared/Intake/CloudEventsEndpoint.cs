using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using LeftBehind.Access;
using LeftBehind.OpenApi;
using LeftBehind.Protos.Intake.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace LeftBehind.Intake;

/// <summary>
/// The same way in as a CloudEvents 1.0 JSON batch over HTTP (application/cloudevents-batch+json): id = source_event_id,
/// extension sequence = source_sequence, time = occurred_at, extension effectiveon = effective_on, type = prefix + the row's
/// kind, data = the row's message as JSON, with the row's own fields, where it has some, beside those of the kind. An event that
/// cannot be read is rejected by itself, and received like any row: it has its receipt and stands in the ledger.
/// </summary>
public static class CloudEventsEndpoint
{
    private const string MediaType = "application/cloudevents-batch+json";
    // Without a fraction that was not sent, so that a row is the same row over gRPC.
    private const string Rfc3339 = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";

    private static readonly JsonEventFormatter Formatter = new();
    private static readonly CloudEventAttribute Sequence = CloudEventAttribute.CreateExtension("sequence", CloudEventAttributeType.String);
    private static readonly CloudEventAttribute EffectiveOn = CloudEventAttribute.CreateExtension("effectiveon", CloudEventAttributeType.String);

    /// <summary>Maps the endpoint of a way in, guarded by the row of its gRPC method.</summary>
    /// <param name="app">The service.</param>
    /// <param name="path">For example /v1/households:push.</param>
    /// <param name="method">Full name of the gRPC method whose access row applies.</param>
    /// <param name="typePrefix">For example cn.leftbehind.household. — the rest of the type names the field of the row's oneof.</param>
    /// <param name="parser">Of the row.</param>
    /// <param name="rowFields">Fields of the data that belong to the row itself, outside its oneof; for example studentNo.</param>
    public static void MapCloudEvents<TRow>(
        this IEndpointRouteBuilder app, string path, string method, string typePrefix, MessageParser<TRow> parser, params string[] rowFields)
        where TRow : class, IMessage<TRow> =>
        app.MapPost(path, (RequestDelegate)(context => ServeAsync(context, typePrefix, parser, rowFields)))
            .RequireAccess(method).WithMetadata(new CloudEventsBatch(method, typePrefix, parser.ParseFrom([]).Descriptor, rowFields, BatchVerdicts.Descriptor));

    private static async Task ServeAsync<TRow>(HttpContext context, string typePrefix, MessageParser<TRow> parser, string[] rowFields)
        where TRow : class, IMessage<TRow>
    {
        if (!IsBatch(context.Request.ContentType))
        {
            await Results.Problem($"Content-Type must be {MediaType}, in UTF-8.", statusCode: StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(context);
            return;
        }
        JsonDocument body;
        try
        {
            using var sent = new MemoryStream();
            await context.Request.Body.CopyToAsync(sent, context.RequestAborted);
            // The parser looks at no text, and whoever reads it then would put another character in the place of a broken one.
            if (!Utf8.IsValid(sent.GetBuffer().AsSpan(0, (int)sent.Length)))
            {
                await Results.Problem("The body is not UTF-8.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
                return;
            }
            sent.Position = 0;
            body = await JsonDocument.ParseAsync(sent, cancellationToken: context.RequestAborted);
        }
        catch (JsonException e)
        {
            await Results.Problem($"The body is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
            return;
        }
        catch (BadHttpRequestException e)
        {
            var large = e.StatusCode == StatusCodes.Status413PayloadTooLarge;
            await Results.Problem(large ? "A batch has at most 1 MB." : "The body did not arrive whole.", statusCode: e.StatusCode).ExecuteAsync(context);
            return;
        }
        using (body)
        {
            if (body.RootElement.ValueKind != JsonValueKind.Array)
            {
                await Results.Problem("A batch is a JSON array of CloudEvents.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
                return;
            }
            var answer = await TakeAsync(context, body.RootElement, typePrefix, parser, rowFields);
            context.Response.StatusCode = answer.BatchError.Length > 0 ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status200OK;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(JsonFormatter.Default.Format(answer), context.RequestAborted);
        }
    }

    private static bool IsBatch(string? type) =>
        MediaTypeHeaderValue.TryParse(type, out var media) && media.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
        && (!media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static Task<BatchVerdicts> TakeAsync<TRow>(
        HttpContext context, JsonElement events, string typePrefix, MessageParser<TRow> parser, string[] rowFields)
        where TRow : class, IMessage<TRow>
    {
        var way = context.RequestServices.GetRequiredService<WayIn<TRow>>();
        List<SentRow<TRow>>? rows = events.GetArrayLength() > WayIn<TRow>.MostRows ? null : [.. events.EnumerateArray().Select(e => Read(e, typePrefix, parser, rowFields))];
        return way.TakeAsync(way.Read("", rows, context.GetCaller()), context.RequestAborted);
    }

    private static SentRow<TRow> Read<TRow>(JsonElement element, string typePrefix, MessageParser<TRow> parser, string[] rowFields)
        where TRow : class, IMessage<TRow>
    {
        CloudEvent received;
        try
        {
            received = Formatter.ConvertFromJsonElement(element, [Sequence, EffectiveOn]);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or JsonException)
        {
            return Unreadable(IdOf(element), "event", "not a CloudEvent 1.0 (specversion, id, source, type are required; time is RFC 3339)");
        }
        if (received.Type?.StartsWith(typePrefix, StringComparison.Ordinal) is not true)
            return Unreadable(received.Id, "type", $"must begin with {typePrefix}");
        var kind = received.Type[typePrefix.Length..];
        if (!IsKind(parser.ParseFrom([]).Descriptor, kind))
            return Unreadable(received.Id, "type", "names no kind of row");
        if (received.Data is not JsonElement { ValueKind: JsonValueKind.Object } data)
            return Unreadable(received.Id, "data", "must be a JSON object");
        var row = new JsonObject
        {
            ["sourceEventId"] = received.Id, ["occurredAt"] = received.Time?.ToString(Rfc3339, CultureInfo.InvariantCulture), ["effectiveOn"] = (string?)received[EffectiveOn],
            ["sourceSequence"] = (string?)received[Sequence],
        };
        try
        {
            var content = JsonObject.Create(data)!;
            _ = content.Count; // reads the members now: one told twice is refused, neither is chosen
            foreach (var field in rowFields)
                if (content.TryGetPropertyValue(field, out var value) && content.Remove(field))
                    row[field] = value;
            row[kind] = content;
            return SentRow.Read(parser.ParseJson(row.ToJsonString()));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            return Unreadable(received.Id, "data", "does not fit the row: unknown field, or a value of the wrong type");
        }

        SentRow<TRow> Unreadable(string? id, string field, string reason) =>
            SentRow.Unreadable<TRow>(id, JsonMarshal.GetRawUtf8Value(element), new(field, reason));
    }

    private static bool IsKind(MessageDescriptor row, string kind) =>
        row.Fields.InDeclarationOrder().Any(f => f.ContainingOneof is not null && (f.Name == kind || f.JsonName == kind));

    /// <summary>The id of an event that cannot be read, when at least that is text.</summary>
    private static string? IdOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return id.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }
}
