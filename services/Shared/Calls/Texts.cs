using System.Text.RegularExpressions;

namespace LeftBehind.Calls;

/// <summary>
/// Reads the texts of a request. None holds control characters (the store takes no NUL) or half a character. What is kept
/// readable holds no number of a person either; names cannot be told by their form, so free text is sealed.
/// </summary>
public static partial class Texts
{
    private const int LongestAccount = 100;

    /// <summary>One line, trimmed; to be sealed.</summary>
    public static string Line(string text, string field, int least, int most) => Read(text, field, least, most, lines: false);

    /// <summary>Text of several lines, trimmed; to be sealed.</summary>
    public static string Prose(string text, string field, int least, int most) => Read(text, field, least, most, lines: true);

    /// <summary>One line that stays readable, such as the name of an organisation: no ID or mobile number in it.</summary>
    public static string Readable(string text, string field, int least, int most) =>
        Line(text, field, least, most) is var line && PersonalNumbers.AreIn(line) ? throw Requests.Invalid($"{field}: an ID or phone number in it") : line;

    /// <summary>The number of a document as organs write it, such as 苏公（苏）行罚决字〔2026〕123号: a digit at least, and no sentence.</summary>
    public static string DocumentNo(string text, string field, int least, int most)
    {
        var number = Readable(text, field, least, most);
        return number.Length == 0 || IsDocumentNo().IsMatch(number) ? number : throw Requests.Invalid($"{field}: not a document number");
    }

    /// <summary>An account's id as tokens name it, or null where none is given: no name, no number of a person.</summary>
    public static string? Account(string text, string field)
    {
        var account = Line(text, field, 0, LongestAccount);
        if (account.Length == 0)
            return null;
        return IsAccount().IsMatch(account) ? account
            : throw Requests.Invalid($"{field}: an account's id has ASCII letters, digits and -_.: and is no ID or phone number");
    }

    private static string Read(string text, string field, int least, int most, bool lines)
    {
        var trimmed = text.Trim();
        if (trimmed.Length < least || trimmed.Length > most)
            throw Requests.Invalid($"{field}: {least} to {most} characters");
        if (trimmed.Any(c => char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t')) || HasHalfCharacter(trimmed))
            throw Requests.Invalid($"{field}: control characters or half a character in it");
        return trimmed;
    }

    private static bool HasHalfCharacter(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
                return true;
        return false;
    }

    // Fifteen digits in a row are an ID number, or hide one; eleven alone are a mobile. No more is looked for: accounts are random often.
    [GeneratedRegex("^(?!.*[0-9]{15})(?!1[3-9][0-9]{9}$)[A-Za-z0-9._:-]+$")]
    private static partial Regex IsAccount();

    [GeneratedRegex(@"^(?=.*\p{Nd})[\p{L}\p{Nd}\p{Ps}\p{Pe}\p{Pd}_/.·№# ]+$")]
    private static partial Regex IsDocumentNo();
}
