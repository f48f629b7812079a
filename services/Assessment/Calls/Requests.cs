using System.Globalization;
using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Assessment.Calls;

/// <summary>Reads the fields of a request; what cannot be read is an invalid argument that names the field and repeats no content.</summary>
internal static class Requests
{
    public static RpcException Invalid(string why) => new(new(StatusCode.InvalidArgument, why));

    public static Guid Id(string text, string field) => Guid.TryParse(text, out var id) && id != Guid.Empty ? id : throw Invalid($"{field}: not a UUID");

    /// <summary>A word of the protocol as the contracts' word of the same name.</summary>
    public static T Word<T>(Enum word, string field) where T : struct, Enum =>
        Convert.ToInt32(word, CultureInfo.InvariantCulture) > 0 && Enum.TryParse<T>(word.ToString(), out var value) && Enum.IsDefined(value)
            ? value
            : throw Invalid($"{field}: unknown");

    /// <summary>The division of a code by today's tree; null when unknown.</summary>
    public static DivisionId? Division(DivisionTree tree, string code, DateTimeOffset now) =>
        DivisionCode.TryParse(code, out var parsed) ? tree.Resolve(parsed, WorkCalendar.DayOf(now)) : throw Invalid("division_code: 2, 4, 6, 9 or 12 digits");

    public static string Written(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) ?? "";
}
