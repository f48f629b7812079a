using System.Text;
using LeftBehind.Sheets;

namespace LeftBehind.Registry.Tests.Lists;

/// <summary>CSV as office programs save it, in any of their encodings.</summary>
public sealed class CsvSheetTests
{
    private static readonly SheetLimits Limits = new(50);

    public static TheoryData<string, byte[]> Saved => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Text) }, { "UTF-8 with its mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)] },
        { "GB18030", CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(Text) }, { "GBK", CodePagesEncodingProvider.Instance.GetEncoding(936)!.GetBytes(Text) },
        { "UTF-16 with its mark", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)] },
        { "UTF-16 with tabs", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes("户号\t姓名\r\n12\t李小禾\r\n")] },
    };

    private const string Text = "户号,姓名\r\n12,李小禾\r\n";

    [Theory, MemberData(nameof(Saved))]
    public void The_encoding_is_found(string saved, byte[] content)
    {
        var rows = CsvSheet.Read(content, Limits);
        Assert.True(rows.Count == 2, saved);
        Assert.Equal(["12", "李小禾"], rows[1].Cells.Values.Select(c => c.Text));
    }

    [Fact]
    public void Rows_keep_the_line_on_which_they_begin()
    {
        var rows = Read("a,b\n\n\"x\"\n\"1\n2\",\"say \"\"hi\"\"\"\r\n,,\nlast");
        Assert.Equal([1, 3, 4, 7], rows.Select(r => r.Number));
        Assert.Equal("say \"hi\"", rows[2].Cells[1].Text);
    }

    [Fact]
    public void What_is_no_text_is_refused_without_a_word_of_it()
    {
        foreach (var content in (byte[][])[[0x50, 0x4B, 3, 4, 0], [.. "李小禾"u8, 0xFF, 0xFF], [.. "a,"u8, 0, .. "b"u8], [.. "a,\"李小禾"u8]])
        {
            var why = Assert.Throws<UnreadableSheetException>(() => CsvSheet.Read(content, Limits));
            Assert.DoesNotContain("李小禾", why.ToString() + why.Why, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Too_many_rows_are_refused() =>
        Assert.Throws<UnreadableSheetException>(() => Read(string.Concat(Enumerable.Repeat("a\n", 51))));

    private static List<SheetRow> Read(string text) => CsvSheet.Read(Encoding.UTF8.GetBytes(text), Limits);
}
