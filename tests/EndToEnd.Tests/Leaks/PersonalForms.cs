using System.Buffers;
using System.Text;
using System.Text.Json;

namespace LeftBehind.EndToEndTests.Leaks;

/// <summary>
/// Personal values in every form in which bytes may hold them: UTF-8, JSON with escapes, hexadecimal (as the database prints
/// bytes), base64 at each of its three alignments. Searched in one pass, byte by byte.
/// </summary>
internal sealed class PersonalForms
{
    private readonly SearchValues<string> needles;
    private readonly Dictionary<string, string> valueOf = [];

    /// <summary>Shorter values occur by chance and are left out.</summary>
    public PersonalForms(IEnumerable<string> values)
    {
        foreach (var value in values.Where(IsDistinctive))
            foreach (var form in Forms(value))
                valueOf[Encoding.Latin1.GetString(form)] = value;
        needles = SearchValues.Create([.. valueOf.Keys], StringComparison.Ordinal);
    }

    /// <summary>How many forms are looked for.</summary>
    public int Count => valueOf.Count;

    /// <summary>The first personal value found in the bytes, with what stands around it; null when there is none.</summary>
    public string? FindIn(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        if (text.AsSpan().IndexOfAny(needles) is not (>= 0 and var at))
            return null;
        var form = valueOf.Keys.Where(f => text.AsSpan(at).StartsWith(f, StringComparison.Ordinal)).MaxBy(f => f.Length)!;
        var around = bytes[Math.Max(0, at - 100)..Math.Min(bytes.Length, at + form.Length + 100)];
        return $"{valueOf[form]} at {at}: …{Encoding.UTF8.GetString(around)}…";
    }

    private static bool IsDistinctive(string value) =>
        value.Count(char.IsAsciiDigit) >= 8 || value.Count(c => c is >= '\u4E00' and <= '\u9FFF') >= 3;

    private static IEnumerable<byte[]> Forms(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        yield return utf8;
        yield return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8));
        if (!Ascii.IsValid(value))
        {
            yield return Encoding.ASCII.GetBytes(JsonEncodedText.Encode(value).ToString());
            yield return Encoding.ASCII.GetBytes(string.Concat(value.Select(c => char.IsAscii(c) ? $"{c}" : $"\\u{(int)c:x4}")));
        }
        for (var before = 0; before < 3; before++)
            yield return Base64Core(utf8, before);
    }

    /// <summary>The characters that depend on the value alone, when so many bytes stand before it in its group of three.</summary>
    private static byte[] Base64Core(byte[] utf8, int before)
    {
        var text = Convert.ToBase64String([.. new byte[before], .. utf8, 0, 0]);
        var first = (before * 8 + 5) / 6;
        var last = (before + utf8.Length) * 8 / 6;
        return Encoding.ASCII.GetBytes(text[first..last]);
    }
}
