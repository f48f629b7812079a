using System.Globalization;

namespace LeftBehind.Calls;

/// <summary>Days in requests and answers, yyyy-MM-dd.</summary>
public static class Days
{
    private const string Form = "yyyy-MM-dd";

    /// <summary>A day; an invalid argument otherwise.</summary>
    public static DateOnly Read(string text, string field) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Requests.Invalid($"{field}: yyyy-MM-dd");

    /// <summary>A day as it is answered; empty where there is none.</summary>
    public static string Written(DateOnly? day) => day?.ToString(Form, CultureInfo.InvariantCulture) ?? "";
}
