using System.Globalization;
using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Reporting.Calls;

/// <summary>Reads the fields of a request; what cannot be read is an invalid argument that names the field and repeats no content.</summary>
internal static class Requests
{
    private static readonly string[] Rfc3339 =
        ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public static RpcException Invalid(string why) => new(new(StatusCode.InvalidArgument, why));

    public static Guid Id(string text, string field) => Guid.TryParse(text, out var id) && id != Guid.Empty ? id : throw Invalid($"{field}: not a UUID");

    public static Guid? OptionalId(string text, string field) => text.Length == 0 ? null : Id(text, field);

    public static DateTimeOffset Time(string text, string field) =>
        DateTimeOffset.TryParseExact(text, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw Invalid($"{field}: not RFC 3339");

    public static string Text(string text, string field, int least, int most) =>
        text.Trim() is var trimmed && trimmed.Length >= least && trimmed.Length <= most ? trimmed : throw Invalid($"{field}: {least} to {most} characters");

    /// <summary>A word of the protocol as the contracts' word of the same name.</summary>
    public static T Word<T>(Enum word, string field) where T : struct, Enum =>
        Convert.ToInt32(word, CultureInfo.InvariantCulture) > 0 && Enum.TryParse<T>(word.ToString(), out var value) && Enum.IsDefined(value)
            ? value
            : throw Invalid($"{field}: unknown");

    /// <summary>The place of a report: a village, or the town where the village is unknown.</summary>
    public static DivisionId Place(DivisionTree tree, string code, DateTimeOffset now) =>
        DivisionCode.TryParse(code, out var parsed) && parsed.Level is DivisionLevel.Village or DivisionLevel.Town
            && tree.Resolve(parsed, WorkCalendar.DayOf(now)) is { } place
            ? place
            : throw Invalid("division_code: no village or town of today's tree");

    public static string Written(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) ?? "";
}
