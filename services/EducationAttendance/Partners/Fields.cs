using System.Globalization;
using LeftBehind.Intake;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>Checks of single fields that every way in has: each answers whether the field is right, and rejects the row when it is not. Pure.</summary>
internal static class Fields
{
    public const int LongestNumber = 64;
    public const int LongestName = 100;
    private static readonly DateOnly Earliest = new(1900, 1, 1);

    public static bool Number<TRow>(PushedRow<TRow> row, string field, string value) =>
        value.Length is > 0 and <= LongestNumber || Wrong(row, field, $"1 to {LongestNumber} characters");

    public static bool Text<TRow>(PushedRow<TRow> row, string field, string value, int longest) =>
        value.Length <= longest || Wrong(row, field, $"at most {longest} characters");

    /// <summary>A field that is kept in the clear holds no ID number and no mobile number.</summary>
    public static bool Impersonal<TRow>(PushedRow<TRow> row, string field, string value) =>
        !PersonalNumbers.AreIn(value) || Wrong(row, field, "an ID number or a mobile number in it");

    public static bool Known<TRow, T>(PushedRow<TRow> row, string field, T value) where T : struct, Enum =>
        Enum.IsDefined(value) || Wrong(row, field, "not a value of this field");

    /// <summary>An optional day that lies between 1900 and the day the row counts from.</summary>
    public static bool Past<TRow>(PushedRow<TRow> row, string field, string value) =>
        value.Length == 0
        || (Day(value, out var day) || Wrong(row, field, "not a date as yyyy-MM-dd"))
        && (day >= Earliest || Wrong(row, field, "before 1900-01-01"))
        && (day <= row.EffectiveOn || Wrong(row, field, "after the day the row counts from"));

    public static bool Day(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    public static bool Wrong<TRow>(PushedRow<TRow> row, string field, string reason)
    {
        row.Reject(field, reason);
        return false;
    }
}
