using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace LeftBehind.Documents.Tests;

/// <summary>A document is printed with its font inside, and read back as it was written.</summary>
public class PrintDocumentTests
{
    private static readonly DateTimeOffset At = new(2026, 6, 5, 8, 0, 0, TimeSpan.FromHours(8));

    /// <summary>Needs the font that Debian's fonts-wqy-microhei installs, as ./lb does.</summary>
    [Fact]
    public void It_is_printed_on_A4_with_every_page_it_needs_and_the_font_inside()
    {
        string[] lines = ["义务教育阶段学生辍学及劝返情况书面报告", .. Enumerable.Range(1, 100).Select(i => $"{i}. 2026年5月8日，联系监护人，未联系上。")];
        var pdf = Print(string.Join('\n', lines) + "\n");
        using var read = PdfDocument.Open(pdf);
        Assert.Equal((lines[0], 4), (read.Information.Title, read.NumberOfPages));
        Assert.All(read.GetPages(), page => Assert.Equal((595, 842), ((int)page.Width, (int)Math.Round(page.Height))));
        Assert.All(read.GetPages().SelectMany(p => p.Letters), letter => Assert.False(string.IsNullOrEmpty(letter.Value)));
        Assert.Contains("/FontFile2", System.Text.Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
        Assert.InRange(pdf.Length, 10_000, 400_000);
        Assert.Equal(string.Concat(lines), TextOf(read));
    }

    [Fact]
    public void Without_a_font_nothing_is_printed()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Documents:Font"] = "/nowhere.ttf" }).Build();
        Assert.Null(new PrintDocument(settings, NullLogger<PrintDocument>.Instance).Print("题目\n正文", At));
    }

    [Fact]
    public void Lines_are_filled_and_none_begins_with_closing_punctuation()
    {
        Assert.Equal(["一二三", "四五"], BreakLines.Of("一二三四五", 3, part => part.Length));
        Assert.Equal(["一二三，", "四"], BreakLines.Of("一二三，四", 3, part => part.Length));
        Assert.Equal(["一二", "𠮷三"], BreakLines.Of("一二𠮷三", 2.5, _ => 1));
        Assert.Equal([""], BreakLines.Of("", 3, part => part.Length));
    }

    [Fact]
    public void A_file_of_one_face_is_taken_as_it_is_and_of_a_collection_the_first()
    {
        byte[] single = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Same(single, TrueTypeFace.FirstOf(single));
        byte[] collection = [.. "ttcf"u8, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 16, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. "head"u8, 9, 9, 9, 9, 0, 0, 0, 44, 0, 0, 0, 3, 7, 8, 9];
        Assert.Equal([0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. "head"u8, 9, 9, 9, 9, 0, 0, 0, 28, 0, 0, 0, 3, 7, 8, 9, 0], TrueTypeFace.FirstOf(collection));
    }

    private static byte[] Print(string text) =>
        Assert.IsType<byte[]>(new PrintDocument(new ConfigurationBuilder().Build(), NullLogger<PrintDocument>.Instance).Print(text, At));

    private static string TextOf(PdfDocument read) => string.Concat(read.GetPages().SelectMany(p => p.Letters).Select(l => l.Value));
}
