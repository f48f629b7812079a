using System.Xml;

namespace LeftBehind.Sheets;

/// <summary>
/// Reads the one sheet of a workbook that holds something. By hand and not with a library: formulas, merged cells and numbers that a
/// spreadsheet has rounded must be seen, Chinese formats of days understood, and what a sheet says of its size not believed.
/// </summary>
public static class WorkbookSheet
{
    private const int MostSheets = 20;

    /// <summary>The rows that hold something; throws <see cref="UnreadableSheetException"/>.</summary>
    /// <param name="content">The file.</param>
    /// <param name="preferred">Name of the sheet that is taken when several hold something.</param>
    /// <param name="limits">How much is read.</param>
    public static List<SheetRow> Read(byte[] content, string preferred, SheetLimits limits)
    {
        try
        {
            using var package = WorkbookPackage.Open(content, limits);
            var (sheets, from1904) = Sheets(package);
            if (sheets.Count is 0 or > MostSheets)
                throw WorkbookPackage.NotAWorkbook();
            var words = WorkbookWords.Read(package, from1904);
            if (sheets.Find(s => s.Name == preferred) is { Part: not null } named)
                return SheetRows.Read(package, named.Part, words, limits);
            var filled = sheets.Select(s => SheetRows.Read(package, s.Part, words, limits)).Where(rows => rows.Count > 0).Take(2).ToList();
            return filled.Count > 1
                ? throw new UnreadableSheetException(new($"several sheets hold something: name the list's {preferred}, or leave it alone", $"有多个非空工作表：请只保留名单，或将名单工作表命名为“{preferred}”"))
                : filled.FirstOrDefault() ?? [];
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or NotSupportedException)
        {
            throw WorkbookPackage.NotAWorkbook();
        }
    }

    private static (List<(string Name, string Part)> Sheets, bool From1904) Sheets(WorkbookPackage package)
    {
        const string Book = "xl/workbook.xml";
        using var xml = package.Part(Book) ?? throw WorkbookPackage.NotAWorkbook();
        var (parts, sheets, from1904) = (package.Relations(Book), new List<(string, string)>(), false);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" })
                from1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "sheet" } && Relation(xml) is { } id && parts.TryGetValue(id, out var part))
                sheets.Add((xml.GetAttribute("name") ?? "", part));
        }
        return (sheets, from1904);
    }

    /// <summary>The attribute r:id, in either of the namespaces that workbooks use.</summary>
    private static string? Relation(XmlReader xml)
    {
        string? id = null;
        for (var has = xml.MoveToFirstAttribute(); has; has = xml.MoveToNextAttribute())
            if (xml.LocalName is "id" && xml.NamespaceURI.Length > 0)
                id = xml.Value;
        xml.MoveToElement();
        return id;
    }
}
