using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using JasperFx.Events;
using LeftBehind.Contracts;

namespace LeftBehind.EventLog;

/// <summary>What is kept beside every event, in Marten's headers column.</summary>
/// <param name="OccurredAt">When it happened, as told; the row's timestamp is when it was recorded.</param>
/// <param name="EffectiveOn">The day from which it counts.</param>
/// <param name="Origin">The partner row behind it.</param>
/// <param name="Traceparent">W3C trace context, when sampled.</param>
/// <param name="Actor">Who acted, an account and never a name: user@department/division/role.</param>
/// <param name="Cause">The fact of another service that a policy answered with this event.</param>
/// <param name="Told">Where the fact stands in its source's log, for facts kept as they were told.</param>
public sealed record EventMeta(
    DateTimeOffset OccurredAt, DateOnly EffectiveOn, Origin? Origin = null, string? Traceparent = null, string? Actor = null,
    Guid? Cause = null, Told? Told = null)
{
    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The headers as JSON. Times are numbers (Unix milliseconds, yyyyMMdd): Marten reads header values as plain objects and
    /// would make dates of strings that look like dates.
    /// </summary>
    public string ToHeaders()
    {
        var headers = new JsonObject { ["at"] = OccurredAt.ToUnixTimeMilliseconds(), ["on"] = EffectiveOn.Year * 10_000 + EffectiveOn.Month * 100 + EffectiveOn.Day };
        if (Origin is { } origin)
            (headers["source"], headers["event"]) = (origin.Source, "#" + origin.EventId);
        if (Traceparent is not null)
            headers["traceparent"] = Traceparent;
        if (Actor is not null)
            headers["actor"] = Actor;
        if (Cause is { } cause)
            headers["cause"] = cause.ToString("N");
        if (Told is { } told)
        {
            (headers["told"], headers["sequence"], headers["version"]) = (told.Source, told.Sequence, told.Version);
            if (told.Epoch > 0)
                headers["epoch"] = told.Epoch;
        }
        return headers.ToJsonString(Plain);
    }

    /// <summary>Reads what <see cref="ToHeaders"/> wrote; an event of another writer counts when it was recorded.</summary>
    public static EventMeta Of(IEvent e) => e.Headers is { } headers && Of(headers) is { } meta ? meta : new(e.Timestamp, DateOnly.FromDateTime(e.Timestamp.UtcDateTime));

    /// <summary>Reads what <see cref="ToHeaders"/> wrote, as it is stored.</summary>
    public static EventMeta Read(string headers) =>
        Of(JsonNode.Parse(headers)!.AsObject().Where(h => h.Value is not null).ToDictionary(h => h.Key, h => h.Value!.AsValue().TryGetValue<long>(out var number) ? number : (object)h.Value.ToString()))
        ?? throw new System.Text.Json.JsonException("The headers name neither time nor day.");

    private static EventMeta? Of(Dictionary<string, object> headers)
    {
        if (Number(headers, "at") is not { } at || Number(headers, "on") is not { } on)
            return null;
        var day = (int)on;
        return new(
            DateTimeOffset.FromUnixTimeMilliseconds(at), new(day / 10_000, day / 100 % 100, day % 100),
            Text(headers, "source") is { } source ? new(source, Text(headers, "event")![1..]) : null,
            Text(headers, "traceparent"), Text(headers, "actor"),
            Text(headers, "cause") is { } cause ? Guid.Parse(cause) : null,
            Text(headers, "told") is { } told ? new(told, Number(headers, "sequence")!.Value, Number(headers, "version")!.Value, (int)(Number(headers, "epoch") ?? 0)) : null);
    }

    private static string? Text(Dictionary<string, object> headers, string key) => headers.TryGetValue(key, out var value) ? value?.ToString() : null;

    private static long? Number(Dictionary<string, object> headers, string key) =>
        headers.TryGetValue(key, out var value) && value is not null ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
}

/// <summary>A fact's place in the log of the service that told it.</summary>
/// <param name="Source">The service.</param>
/// <param name="Sequence">Sequence in its log.</param>
/// <param name="Version">Version of its stream.</param>
/// <param name="Epoch">Incarnations of that log that ended before; a restored log counts its sequences anew.</param>
public sealed record Told(string Source, long Sequence, long Version, int Epoch = 0);
