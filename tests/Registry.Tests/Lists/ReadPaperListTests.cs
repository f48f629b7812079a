using System.Text;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Lists;
using LeftBehind.Sheets;

namespace LeftBehind.Registry.Tests.Lists;

/// <summary>A village's list as people fill it in: read, or refused by row and column without a word of what stands there.</summary>
public sealed class ReadPaperListTests
{
    private const string Village = "431003101218", Number = "431003201605010028";

    private static readonly string[] Headings = ["户号", "住址", "城乡", "姓名", "身份证号", "出生日期", "性别", "与户主关系", "父亲状况", "父亲外出日期", "母亲状况", "母亲外出日期", "照料人", "照料人姓名", "照料人电话", "电话", "户籍地代码", "档案编号", "所在村代码"];

    private static readonly string[] Good = ["12", "麻田村一组", "农村", "李小禾", "", "2016-05-01", "女", "孙女", "外出务工", "2025/2/10", "去世", "", "祖父母", "王桂花", "13912345678", "", "431003", "", ""];

    [Fact]
    public void A_line_is_read_in_the_words_of_the_village()
    {
        var line = Assert.Single(Read(Good).Lines);
        Assert.Equal(("12", "麻田村一组", Residency.Rural, "李小禾", "2016-05-01", Sex.Female, Relation.Grandchild),
            (line.HouseholdNo, line.Address, line.Residency, line.Name, line.BirthDate, line.Sex, line.Relation));
        Assert.Equal((new(ParentState.OutForWork, "2025-02-10"), new(ParentState.Deceased, "")), (line.Father, line.Mother));
        Assert.Equal((CarerKind.Grandparents, "王桂花", "13912345678", "431003"), (line.Carer, line.CarerName, line.CarerPhone, line.HukouCode));
        Assert.Equal(2, line.Row);
    }

    [Theory]
    [InlineData("2016-05-01"), InlineData("2016-5-1"), InlineData("2016/5/1"), InlineData("2016.5.1"), InlineData("2016年5月1日"), InlineData("20160501")]
    [InlineData("２０１６年５月１日"), InlineData("2016/5/1 0:00:00"), InlineData(" 2016-05-01　")]
    public void Days_are_read_as_people_write_them(string told) => Assert.Equal("2016-05-01", Assert.Single(Read(With("出生日期", told)).Lines).BirthDate);

    [Theory]
    [InlineData("１２", "12"), InlineData(" 12 ", "12"), InlineData("　12\u00A0", "12")]
    public void Numbers_of_full_width_and_blanks_make_no_difference(string told, string read) => Assert.Equal(read, Assert.Single(Read(With("户号", told)).Lines).HouseholdNo);

    public static TheoryData<string, string> Bad => new()
    {
        { "户号", "" }, { "姓名", "" }, { "姓名", new('禾', 101) }, { "住址", new('村', 301) }, { "城乡", "半城半乡" }, { "性别", "不男不女" }, { "与户主关系", "邻居" },
        { "出生日期", "2017-05" }, { "出生日期", "2016-13-01" }, { "出生日期", "1899-12-31" }, { "出生日期", "2026-03-03" }, { "出生日期", "" }, { "出生日期", "四月初一" },
        { "身份证号", "4.31003E+17" }, { "身份证号", "4.31003201605011e17" }, { "身份证号", "431003201605011000" },
        { "父亲状况", "在外" }, { "父亲状况", "" }, { "父亲外出日期", "去年" }, { "母亲外出日期", "2027-01-01" }, { "照料人", "老师" }, { "照料人电话", "1.39E+10" },
        { "户籍地代码", "4310" + "03101" + "2" }, { "户籍地代码", "苏仙区" }, { "档案编号", "7" }, { "所在村代码", "431003101219" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void A_bad_cell_refuses_its_line_by_row_and_column(string column, string told)
    {
        var list = Read(Good, With(column, told, "13"), With("户号", "14"));
        Assert.Equal([2, 4], list.Lines.Select(l => l.Row));
        Assert.Equal([2, 3, 4], list.Rows);
        var problem = Assert.Single(list.Problems);
        Assert.Equal((3, column.Replace("外出日期", "状况日期", StringComparison.Ordinal)), (problem.Row, PaperHeadings.Of(problem.Column!.Value)));
        Assert.False(problem.IsWarning);
        Assert.True(told.Length < 2 || !(problem.Why.English + problem.Why.Chinese).Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public void All_that_is_wrong_with_a_line_is_told_at_once() =>
        Assert.Equal(["城乡", "出生日期", "照料人"], Read(With("城乡", "?", "照料人", "?", "出生日期", "?")).Problems.Select(p => PaperHeadings.Of(p.Column!.Value)));

    [Theory]
    [InlineData(CellKind.Formula, "formula"), InlineData(CellKind.Merged, "merged"), InlineData(CellKind.Error, "error")]
    public void What_a_spreadsheet_made_of_a_cell_is_not_believed(CellKind kind, string why)
    {
        var list = ReadPaperList.Read([Row(1, Headings), Row(2, Good, (3, new(kind, "")))], Village, Samples.Today);
        Assert.Empty(list.Lines);
        Assert.Contains(why, list.Problems[0].Why.English, StringComparison.Ordinal);
        Assert.Equal(PaperColumn.Name, list.Problems[0].Column);
    }

    [Theory]
    [InlineData("431003201605010028"), InlineData("4.31003201605011E+17"), InlineData("431003920501002")]
    public void An_ID_number_kept_as_a_number_is_refused_and_never_rounded(string number)
    {
        var list = ReadPaperList.Read([Row(1, Headings), Row(2, Good, (4, new(CellKind.Number, number)))], Village, Samples.Today);
        Assert.Empty(list.Lines);
        Assert.Equal(PaperColumn.IdNumber, Assert.Single(list.Problems).Column);
    }

    [Fact]
    public void A_phone_kept_as_a_number_is_read_and_a_long_number_is_not()
    {
        Assert.Equal("13912345678", Assert.Single(ReadPaperList.Read([Row(1, Headings), Row(2, Good, (15, new(CellKind.Number, "13912345678")))], Village, Samples.Today).Lines).Phone);
        Assert.Empty(ReadPaperList.Read([Row(1, Headings), Row(2, Good, (0, new(CellKind.Number, "1234567890123456")))], Village, Samples.Today).Lines);
    }

    [Fact]
    public void A_child_told_twice_is_refused_the_second_time()
    {
        var list = Read(With("身份证号", Number), With("身份证号", Number, "13"), With("户号", "15", "姓名", "李小苗"), With("户号", "15", "姓名", "李小苗"));
        Assert.Equal([2, 4], list.Lines.Select(l => l.Row));
        Assert.Equal([(3, PaperColumn.IdNumber), (5, PaperColumn.Name)], list.Problems.Select(p => (p.Row, p.Column!.Value)));
    }

    [Fact]
    public void A_cell_under_no_heading_refuses_its_line() =>
        Assert.Contains("under no heading", Assert.Single(Read([.. Good, "备忘"]).Problems).Why.English, StringComparison.Ordinal);

    [Theory]
    [InlineData("unknown in columns B", "户号", "备注", "姓名", "出生日期"), InlineData("unknown in columns A", "李小禾", "户号", "姓名", "出生日期")]
    [InlineData("missing: 户号", "姓名", "出生日期"), InlineData("missing: 户号, 姓名", "出生日期"), InlineData("told twice: 姓名", "户号", "姓名", "儿童姓名", "出生日期")]
    [InlineData("one of 出生日期/身份证号", "户号", "姓名")]
    public void Wrong_headings_refuse_the_file_with_all_that_is_wrong(string why, params string[] headings)
    {
        var refused = Assert.Throws<UnreadableSheetException>(() => ReadPaperList.Read([Row(1, headings)], Village, Samples.Today));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("李小禾", refused.Message + refused.Why.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_are_found_whatever_their_blanks_and_marks() =>
        Assert.Single(ReadPaperList.Read([Row(1, "* 户 号", "姓名*", "出生日期　", "序号", "儿童类别（只读）"), Row(3, "1", "李小禾", "2016-05-01", "1", "x")], Village, Samples.Today).Lines);

    [Fact]
    public void Nothing_and_more_than_5000_lines_are_refused()
    {
        Assert.Throws<UnreadableSheetException>(() => ReadPaperList.Read([], Village, Samples.Today));
        var lines = new StringBuilder("户号,姓名,出生日期\n");
        for (var i = 0; i < 5001; i++)
            lines.Append(i).Append(",a,2016-05-01\n");
        Assert.Throws<UnreadableSheetException>(() => CsvSheet.Read(Encoding.UTF8.GetBytes(lines.ToString()), ReadPaperList.Limits));
    }

    [Fact]
    public void The_template_reads_as_a_list_without_lines()
    {
        var csv = PaperListTemplates.Answer(new() { Format = ListFormat.Csv }).Content.ToByteArray();
        var book = PaperListTemplates.Answer(new() { Format = ListFormat.Xlsx }).Content.ToByteArray();
        Assert.Empty(ReadPaperList.Read(CsvSheet.Read(csv, ReadPaperList.Limits), Village, Samples.Today).Rows);
        Assert.Empty(ReadPaperList.Read(WorkbookSheet.Read(book, PaperListTemplates.Sheet, ReadPaperList.Limits), Village, Samples.Today).Rows);
    }

    [Fact]
    public void Ids_of_rows_hold_no_digits_of_the_import()
    {
        var id = PaperSource.EventId(Guid.Parse("13912345-6789-4123-8123-139123456789"), 5000, "household");
        Assert.True(Intake.RowHead.HasUsableId(id), id);
        Assert.NotEqual(id, PaperSource.EventId(Guid.Parse("13912345-6789-4123-8123-139123456788"), 5000, "household"));
    }

    /// <summary>The good line with other cells; a last value alone is the household's number.</summary>
    private static string[] With(params string[] told)
    {
        var line = (string[])Good.Clone();
        for (var i = 0; i + 1 < told.Length; i += 2)
            line[Array.IndexOf(Headings, told[i])] = told[i + 1];
        if (told.Length % 2 == 1 && told[0] != "户号")
            line[0] = told[^1];
        return line;
    }

    private static PaperList Read(params string[][] lines) =>
        ReadPaperList.Read([Row(1, Headings), .. lines.Select((cells, i) => Row(i + 2, cells))], Village, Samples.Today);

    private static SheetRow Row(int number, params string[] cells) => Row(number, cells, []);

    private static SheetRow Row(int number, string[] cells, params (int At, Cell Cell)[] instead)
    {
        var row = cells.Select((text, at) => (at, Cell: new Cell(CellKind.Text, CellText.Trimmed(text)))).Where(c => c.Cell.Text.Length > 0).ToDictionary(c => c.at, c => c.Cell);
        foreach (var (at, cell) in instead)
            row[at] = cell;
        return new(number, row);
    }
}
