using System.Globalization;
using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Calls;

/// <summary>Reads the fields of a request; what cannot be read is an invalid argument that names the field and repeats no content.</summary>
public static class Requests
{
    private static readonly string[] Rfc3339 =
        ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>The refusal of a field.</summary>
    public static RpcException Invalid(string why) => new(new(StatusCode.InvalidArgument, why));

    /// <summary>A UUID.</summary>
    public static Guid Id(string text, string field) => Guid.TryParse(text, out var id) && id != Guid.Empty ? id : throw Invalid($"{field}: not a UUID");

    /// <summary>A UUID, or null where none is given.</summary>
    public static Guid? OptionalId(string text, string field) => text.Length == 0 ? null : Id(text, field);

    /// <summary>A time with its offset; UTC.</summary>
    public static DateTimeOffset Time(string text, string field) =>
        DateTimeOffset.TryParseExact(text, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw Invalid($"{field}: not RFC 3339");

    /// <summary>A time as it is answered; empty where there is none.</summary>
    public static string Written(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A word of the protocol as the contracts' word of the same name.</summary>
    public static T Word<T>(Enum word, string field) where T : struct, Enum =>
        Convert.ToInt32(word, CultureInfo.InvariantCulture) > 0 && Enum.TryParse<T>(word.ToString(), out var value) && Enum.IsDefined(value)
            ? value
            : throw Invalid($"{field}: unknown");

    /// <summary>The division of a code by today's tree; null when unknown.</summary>
    public static DivisionId? Division(DivisionTree tree, string code, DateTimeOffset now) =>
        DivisionCode.TryParse(code, out var parsed) ? tree.Resolve(parsed, WorkCalendar.DayOf(now)) : throw Invalid("division_code: 2, 4, 6, 9 or 12 digits");

    /// <summary>A division of today's tree on one of these levels.</summary>
    public static DivisionId Place(DivisionTree tree, string code, DateTimeOffset now, params DivisionLevel[] levels) =>
        DivisionCode.TryParse(code, out var parsed) && levels.Contains(parsed.Level) && tree.Resolve(parsed, WorkCalendar.DayOf(now)) is { } place
            ? place
            : throw Invalid($"division_code: no {string.Join(" or ", levels).ToLowerInvariant()} of today's tree");
}
