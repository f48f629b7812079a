using System.Text;
using CsCheck;
using LeftBehind.Sheets;
using MiniExcelLibs;

namespace LeftBehind.Registry.Tests.Lists;

/// <summary>A written file holds texts alone, whatever a cell begins with, and is read again as it was.</summary>
public sealed class SheetWriterTests
{
    private static readonly string[] Planted =
    [
        "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", " =1", "'=1", "''=1", "=HYPERLINK(\"http://x\",\"y\")",
    ];

    private static readonly string[] Plain = [.. Planted, "李小禾", "431003201605010028", "\"", "a,b", "' x", "\uD83D\uDE00"];

    [Fact]
    public void No_cell_of_a_CSV_file_is_calculated()
    {
        var text = Csv(Planted);
        Assert.All(Planted, p => Assert.Contains($"\"'{p.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", text, StringComparison.Ordinal));
        Assert.Contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_holds_texts_alone_as_another_reader_finds()
    {
        var rows = MiniExcel.Query(new MemoryStream(Workbook(Planted)), excelType: ExcelType.XLSX).Cast<IDictionary<string, object?>>().ToList();
        Assert.All(Assert.Single(rows).Values, v => Assert.StartsWith("'", Assert.IsType<string>(v), StringComparison.Ordinal));
        Assert.All(WorkbookSheet.Read(Workbook(Planted), "名单", new(5)).Single().Cells.Values, c => Assert.Equal(CellKind.Text, c.Kind));
    }

    [Fact]
    public void What_was_written_is_read_again() => Gen.OneOf(Gen.Int[0, Plain.Length - 1].Select(i => Plain[i]), Gen.String).Array[1, 8].Sample(cells =>
    {
        // What no workbook can hold is replaced, and blanks around a text go.
        var expected = cells.Select(c => CellText.Trimmed(FormulaGuard.With(Clean(c)))).Select(FormulaGuard.Without).Where(c => c.Length > 0).ToList();
        Assert.Equal(expected, Read(WorkbookSheet.Read(Workbook(cells), "名单", new(5))));
        Assert.Equal(expected, Read(CsvSheet.Read(Encoding.UTF8.GetBytes(Csv(cells)), new(5))));
    }, iter: 300);

    [Fact]
    public void A_workbook_that_another_writer_made_is_read()
    {
        using var file = new MemoryStream();
        MiniExcel.SaveAs(file, new[] { new Dictionary<string, object> { ["户号"] = "12", ["姓名"] = "李小禾", ["出生日期"] = new DateTime(2016, 5, 1), ["电话"] = 13912345678L } });
        var row = WorkbookSheet.Read(file.ToArray(), "名单", new(5))[1];
        Assert.Equal([(CellKind.Text, "12"), (CellKind.Text, "李小禾"), (CellKind.Date, "2016-05-01"), (CellKind.Number, "13912345678")], row.Cells.Values.Select(c => (c.Kind, c.Text)));
    }

    private static string Clean(string text) => CellText.Writable(text);

    private static IEnumerable<string> Read(List<SheetRow> rows) => rows.SelectMany(r => r.Cells.OrderBy(c => c.Key).Select(c => c.Value.Text));

    private static string Csv(string[] cells)
    {
        using var file = new CsvSheetWriter();
        file.Row(cells);
        file.End();
        return Encoding.UTF8.GetString(file.Take().AsSpan(3));
    }

    private static byte[] Workbook(string[] cells)
    {
        using var file = new WorkbookWriter("名单");
        file.Row(cells);
        file.End();
        return file.Take();
    }
}
