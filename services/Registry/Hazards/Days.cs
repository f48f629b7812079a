using System.Globalization;
using LeftBehind.Calls;

namespace LeftBehind.Registry.Hazards;

/// <summary>Days in requests and answers, yyyy-MM-dd.</summary>
internal static class Days
{
    private const string Form = "yyyy-MM-dd";

    public static DateOnly Read(string text, string field) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Requests.Invalid($"{field}: yyyy-MM-dd");

    public static string Written(DateOnly? day) => day?.ToString(Form, CultureInfo.InvariantCulture) ?? "";
}
