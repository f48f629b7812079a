using Google.Protobuf;
using LeftBehind.Calls;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Sheets;

namespace LeftBehind.Registry.Lists;

/// <summary>The empty list that a village fills in; of a workbook the second sheet tells the words of each column.</summary>
public static class PaperListTemplates
{
    /// <summary>The sheet that is read.</summary>
    public const string Sheet = "名单";

    private const string Words = "填写说明";

    public static PaperListTemplate Answer(GetPaperListTemplateRequest request)
    {
        using var file = ListFiles.Writer(request.Format);
        file.Row([.. PaperHeadings.OfTemplate.Select(PaperHeadings.Of)]);
        if (file is WorkbookWriter book)
        {
            book.Sheet(Words);
            book.Row(["表头", "填写"]);
            foreach (var column in PaperHeadings.OfTemplate)
                book.Row([PaperHeadings.Of(column), WordsOf(column)]);
        }
        file.End();
        return new() { FileName = $"paper-list-{request.DivisionCode}{ListFiles.Ending(request.Format)}", ContentType = ListFiles.TypeOf(request.Format), Content = ByteString.CopyFrom(file.Take()) };
    }

    private static string WordsOf(PaperColumn column) => column switch
    {
        PaperColumn.HouseholdNo => "必填；同一户填同一个号",
        PaperColumn.Residency => Any(PaperWords.Residencies.First),
        PaperColumn.Name => "必填",
        PaperColumn.IdNumber => "18位，以文本填写；与出生日期至少填一项",
        PaperColumn.BirthDate => "如2016-05-01、2016/5/1、2016年5月1日",
        PaperColumn.Sex => Any(PaperWords.Sexes.First),
        PaperColumn.Relation => Any(PaperWords.Relations.First),
        PaperColumn.Father or PaperColumn.Mother => Any(PaperWords.Parents.First),
        PaperColumn.FatherSince or PaperColumn.MotherSince => "该状况自哪天起；外出务工时必填",
        PaperColumn.Carer => Any(PaperWords.Carers.First),
        PaperColumn.Hukou => "2、4、6、9或12位区划代码",
        _ => "留空表示不变或未采集",
    };

    private static string Any(IEnumerable<string> words) => string.Join("、", words);
}

/// <summary>The two kinds of files.</summary>
internal static class ListFiles
{
    public const string CsvType = "text/csv", WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static SheetWriter Writer(ListFormat format) => format switch
    {
        ListFormat.Csv => new CsvSheetWriter(),
        ListFormat.Xlsx => new WorkbookWriter(PaperListTemplates.Sheet),
        _ => throw Requests.Invalid("format: CSV or XLSX is required"),
    };

    public static string TypeOf(ListFormat format) => format is ListFormat.Csv ? CsvType : WorkbookType;

    public static string Ending(ListFormat format) => format is ListFormat.Csv ? ".csv" : ".xlsx";
}
