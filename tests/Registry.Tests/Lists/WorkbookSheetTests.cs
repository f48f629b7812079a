using LeftBehind.Sheets;
using static LeftBehind.Registry.Tests.Lists.Workbooks;

namespace LeftBehind.Registry.Tests.Lists;

/// <summary>What a workbook may hold: read as it is shown, or refused with a reason, and never believed beyond its limits.</summary>
public sealed class WorkbookSheetTests
{
    private static readonly SheetLimits Limits = new(50);

    [Fact]
    public void Texts_numbers_and_days_are_told_apart()
    {
        var cells = One(Rows(Row(1, "李小禾", Number("13912345678"), Number("42491", 1), Number("42491", 2), Number("42491.5", 3), Number("42491", 4), Number("42491"))));
        Assert.Equal([(CellKind.Text, "李小禾"), (CellKind.Number, "13912345678"), (CellKind.Date, "2016-05-01"), (CellKind.Date, "2016-05-01"),
            (CellKind.Date, "2016-05-01"), (CellKind.Number, "42491"), (CellKind.Number, "42491")], cells.Values.Select(c => (c.Kind, c.Text)));
    }

    [Fact]
    public void Days_are_counted_from_1904_where_the_workbook_says_so() =>
        Assert.Equal("2016-05-01", Assert.Single(Read(With("", """<workbookPr date1904="1"/>""", ("a", Rows(Row(1, Number("41029", 1)))))))[0].Text);

    [Fact]
    public void Shared_texts_are_read_run_by_run_without_reading_aids() =>
        Assert.Equal("李小禾", Assert.Single(Read(With("<si><r><t>李</t></r><r><t>小禾 </t></r><rPh sb=\"0\" eb=\"1\"><t>LI</t></rPh><rPh/></si>", "",
            ("a", Rows(Row(1, """<c r="@" t="s"><v>0</v></c>"""))))))[0].Text);

    [Fact]
    public void What_cannot_be_believed_is_marked()
    {
        var cells = One(Rows(Row(1, """<c r="@"><f>A2+1</f><v>7</v></c>""", """<c r="@" t="str"><f/><v>x</v></c>""", """<c r="@" t="e"><v>#N/A</v></c>""", Number("4.31003201605011E+17"))));
        Assert.Equal([CellKind.Formula, CellKind.Formula, CellKind.Error, CellKind.Number], cells.Values.Select(c => c.Kind));
        Assert.Equal("4.31003201605011E+17", cells[3].Text);
    }

    [Fact]
    public void Merged_cells_are_marked_in_every_row_that_they_cover()
    {
        var rows = Read(Of(("a", Rows(Row(1, "a", "b"), Row(2, "", "c"), Row(3, "d", "e")) + "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>")));
        Assert.Equal([CellKind.Merged, CellKind.Merged, CellKind.Text], rows.Select(r => r[0].Kind));
        Assert.All(rows, r => Assert.Equal(CellKind.Text, r[1].Kind));
    }

    [Fact]
    public void Empty_rows_and_cells_are_left_out_and_rows_keep_their_numbers()
    {
        var rows = WorkbookSheet.Read(Of(("a", Rows(Row(1, "a"), Row(2, " \u3000", """<c r="@" s="1"/>"""), Row(7, "", "\u00A0b\u200B")))), "名单", Limits);
        Assert.Equal([1, 7], rows.Select(r => r.Number));
        Assert.Equal("b", rows[1].Cells[1].Text);
        Assert.False(rows[1].Cells.ContainsKey(0));
    }

    [Fact]
    public void What_a_sheet_says_of_its_size_is_not_believed() =>
        Assert.Single(Read(Of(("a", "<dimension ref=\"A1:XFD1048576\"/>" + Rows(Row(1, "a"))))));

    [Fact]
    public void Of_several_sheets_the_one_that_holds_something_is_read_or_the_one_of_the_right_name()
    {
        Assert.Equal("a", Assert.Single(Read(Of(("Sheet1", Rows()), ("Sheet2", Rows(Row(1, "a"))), ("Sheet3", Rows()))))[0].Text);
        Assert.Equal("b", Assert.Single(Read(Of(("说明", Rows(Row(1, "a"))), ("名单", Rows(Row(1, "b"))))))[0].Text);
        Assert.Contains("several sheets", Refused(Of(("x", Rows(Row(1, "a"))), ("y", Rows(Row(1, "b"))))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_workbook_is_refused()
    {
        Assert.Contains("not a workbook", Refused("户号,姓名"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("old workbook", Refused([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]), StringComparison.Ordinal);
        Assert.Contains("not a workbook", Refused(Packed(("word/document.xml", "<w/>"))), StringComparison.Ordinal);
        Assert.Contains("not a workbook", Refused(Of(("a", "<sheetData><row"))), StringComparison.Ordinal);
        Assert.Contains("not a workbook", Refused(Of(("a", Rows(Row(2, "a"), Row(1, "b"))))), StringComparison.Ordinal);
        var whole = Of(("a", Rows(Row(1, "a"))));
        Assert.Contains("not a workbook", Refused(whole[..(whole.Length / 2)]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_that_unpacks_without_end_is_refused()
    {
        var bomb = Of(("a", Rows(Row(1, new string('a', 60_000_000)))));
        Assert.InRange(bomb.Length, 1, 1_000_000);
        Assert.Contains("too large", Refused(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void Entities_of_a_document_are_not_read() =>
        Assert.Contains("not a workbook", Refused(Packed(("xl/workbook.xml", "<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><workbook>&b;</workbook>"))), StringComparison.Ordinal);

    [Fact]
    public void Too_many_rows_and_columns_are_refused()
    {
        Assert.Equal(50, Read(Of(("a", Rows([.. Enumerable.Range(1, 50).Select(i => Row(i, "a"))])))).Count);
        Assert.Contains("more than 50 rows", Refused(Of(("a", Rows([.. Enumerable.Range(1, 51).Select(i => Row(i, "a"))])))), StringComparison.Ordinal);
        Assert.Contains("columns", Refused(Of(("a", Rows("""<row r="1"><c r="XFD1" t="inlineStr"><is><t>a</t></is></c></row>""")))), StringComparison.Ordinal);
        Assert.Contains("merged", Refused(Of(("a", Rows() + $"<mergeCells>{string.Concat(Enumerable.Repeat("<mergeCell ref=\"A1:XFD1048576\"/>", 3000))}</mergeCells>"))), StringComparison.Ordinal);
    }

    private static IReadOnlyDictionary<int, Cell> One(string inside) => Assert.Single(Read(Of(("a", inside))));

    private static List<IReadOnlyDictionary<int, Cell>> Read(byte[] content) => WorkbookSheet.Read(content, "名单", Limits).ConvertAll(r => r.Cells);

    private static string Refused(byte[] content) => Assert.Throws<UnreadableSheetException>(() => WorkbookSheet.Read(content, "名单", Limits)).Message;
}
