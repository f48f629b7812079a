using System.Text.RegularExpressions;

namespace LeftBehind.Sheets;

/// <summary>
/// A cell that begins with = + - @, a tab or a line break, also in full width or behind blanks, is calculated by some spreadsheet that
/// opens the file, and may call a program. It is told as text, with an apostrophe before it, which reading takes away again.
/// </summary>
public static partial class FormulaGuard
{
    /// <summary>The text so that no spreadsheet calculates it.</summary>
    public static string With(string text) => Dangerous().IsMatch(text) ? "'" + text : text;

    /// <summary>The text as it was.</summary>
    public static string Without(string text) => text.StartsWith('\'') && Dangerous().IsMatch(text) ? text[1..] : text;

    [GeneratedRegex(@"^'*(?:[\t\r\n]|[\s\u200B\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])")]
    private static partial Regex Dangerous();
}
