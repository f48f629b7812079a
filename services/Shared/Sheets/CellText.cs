using System.Text;
using System.Xml;

namespace LeftBehind.Sheets;

/// <summary>Texts of cells on their way in and out.</summary>
public static class CellText
{
    /// <summary>Without blanks around it, be they of full width, unbreakable or of no width.</summary>
    public static string Trimmed(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsBlank(text[start]))
            start++;
        while (end > start && IsBlank(text[end - 1]))
            end--;
        return text[start..end];
    }

    /// <summary>Digits, letters and signs of full width as those of ASCII (by hand: normalisation does nothing where globalization is invariant).</summary>
    public static string Narrow(string text) => string.Create(text.Length, text, (to, from) =>
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = from[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(from[i] - 0xFEE0) : from[i] is '\u3000' ? ' ' : from[i];
    });

    /// <summary>What a workbook cannot hold (control characters, half a character) as a mark in its place.</summary>
    public static string Writable(string text)
    {
        if (text.All(c => XmlConvert.IsXmlChar(c)))
            return text;
        var written = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                written.Append(text[i]).Append(text[++i]);
            else
                written.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        return written.ToString();
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF';
}
