using System.Globalization;
using System.Text.RegularExpressions;
using LeftBehind.Contracts;

namespace LeftBehind.Calls;

/// <summary>
/// Finds ID numbers (GB 11643) and mobile numbers in a text, also in full-width digits and in groups. Codes of organisations
/// (GB 32100) and police case files have as many digits, and UUIDs runs of them; those are let pass.
/// </summary>
public static partial class PersonalNumbers
{
    private const int IdLength = 18;

    /// <summary>Whether there is one.</summary>
    public static bool AreIn(string text)
    {
        var plain = string.Concat(text.Select(Plain));
        return Mobiles().IsMatch(plain)
            || IdNumbers().Matches(plain).Any(run => ResidentIdNumber.Read(run.Value.Replace("-", "", StringComparison.Ordinal)).BirthDate is not null)
            || LongRuns().Matches(plain).Any(run => HidesId(run.Value));
    }

    /// <summary>A mistyped ID number is one too while its birth date is a day; in a longer run only one that is right in every part.</summary>
    private static bool HidesId(string run) =>
        Enumerable.Range(0, run.Length - IdLength + 1).Any(start => ResidentIdNumber.Read(run.Substring(start, IdLength)).IsValid);

    private static char Plain(char c) =>
        CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit ? (char)('0' + digit) : c is 'x' or 'ｘ' or 'Ｘ' ? 'X' : c is '\u3000' ? ' ' : c;

    [GeneratedRegex("(?<![0-9a-fA-F])1[3-9][0-9]([ -]?)[0-9]{4}\\1[0-9]{4}(?![0-9a-fA-F]|-[0-9a-fA-F])")]
    private static partial Regex Mobiles();

    [GeneratedRegex("(?<![0-9])([0-9]{15}|[0-9]{6}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{3}[0-9X])(?![0-9])")]
    private static partial Regex IdNumbers();

    [GeneratedRegex("[0-9]{18,}X?")]
    private static partial Regex LongRuns();
}
