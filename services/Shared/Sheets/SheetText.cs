using System.Text;

namespace LeftBehind.Sheets;

/// <summary>The text of a CSV file, whatever an office program saved it as: UTF-8, UTF-16 with its mark, or GB18030, which is GBK's successor.</summary>
internal static class SheetText
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    // Comes with the framework, and is not among the encodings known by default.
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    public static string Of(ReadOnlySpan<byte> content) => content switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => throw No("a workbook, not CSV", "这是工作簿，不是CSV文件"),
        [0xEF, 0xBB, 0xBF, .. var rest] => Read(Utf8, rest),
        [0xFF, 0xFE, .. var rest] => Read(new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), rest),
        [0xFE, 0xFF, .. var rest] => Read(new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), rest),
        _ => System.Text.Unicode.Utf8.IsValid(content) ? Read(Utf8, content) : Read(Gb18030, content),
    };

    private static string Read(Encoding encoding, ReadOnlySpan<byte> content)
    {
        try
        {
            var text = encoding.GetString(content);
            return text.Contains('\0', StringComparison.Ordinal) ? throw NoText() : text;
        }
        catch (DecoderFallbackException)
        {
            throw NoText();
        }
    }

    private static UnreadableSheetException NoText() => No("not a text in UTF-8 or GB18030", "不是UTF-8或GB18030编码的文本");

    private static UnreadableSheetException No(string english, string chinese) => new(new(english, chinese));
}
