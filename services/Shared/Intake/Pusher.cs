using System.Text.Json;
using System.Text.Json.Serialization;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Intake;

/// <summary>Whoever pushed a row that waits: kept with it, so that it is decided by that authority and no other, whoever wakes it.</summary>
internal sealed record Pusher(string Subject, string? Organisation, Department Department, Role Role, string Division)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static string Write(Caller caller) =>
        JsonSerializer.Serialize(new Pusher(caller.Subject, caller.Organisation, caller.Department, caller.Role, caller.Division.ToString()), Json);

    /// <summary>The pusher by today's tree; null when its division is not known there, or was not kept.</summary>
    public static Caller? Read(string kept, string source, DivisionTree today) =>
        JsonSerializer.Deserialize<Pusher>(kept, Json) is { } pusher && DivisionId.TryParse(pusher.Division, out var division) && today.Find(division) is not null
            ? new Caller(pusher.Subject, pusher.Department, pusher.Role, division, today) { Organisation = pusher.Organisation, Source = source }
            : null;
}
