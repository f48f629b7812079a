using System.Globalization;

namespace LeftBehind.Population.Recounting;

/// <summary>GB 11643 read the long way.</summary>
internal static class IdNumber
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Whether form, birth date and check digit are right.</summary>
    public static bool IsValid(string number) => BirthDate(number) is not null
        && "10X98765432"[Weights.Select((weight, i) => weight * (number[i] - '0')).Sum() % 11] == number[17];

    /// <summary>Digits 7–14; null when the form is wrong or they are no day.</summary>
    public static DateOnly? BirthDate(string number) =>
        HasForm(number) && DateOnly.TryParseExact(number[6..14], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Digit 17.</summary>
    public static string Sex(string number) => !HasForm(number) ? "notCollected" : (number[16] - '0') % 2 == 1 ? "male" : "female";

    private static bool HasForm(string number) => number.Length == 18 && number[..17].All(char.IsAsciiDigit) && (char.IsAsciiDigit(number[17]) || number[17] == 'X');
}
