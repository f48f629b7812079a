using System.IO.Compression;
using System.Text;

namespace LeftBehind.Registry.Tests.Lists;

/// <summary>Workbooks made part by part, with whatever is wrong in them.</summary>
internal static class Workbooks
{
    public const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    /// <summary>Styles: 0 plain, 1 the day of the system, 2 the day of China (2016年5月1日), 3 a day by a format of its own, 4 an amount with a word in it.</summary>
    private const string Styles = $"""<styleSheet {Main}><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="171" formatCode="0.00&quot;days&quot;[Red]"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>""";

    /// <summary>A workbook of sheets, each with its name and the inside of its worksheet.</summary>
    public static byte[] Of(params (string Name, string Inside)[] sheets) => Packed([.. Parts(sheets, "", "")]);

    public static byte[] With(string shared, string properties, params (string Name, string Inside)[] sheets) => Packed([.. Parts(sheets, shared, properties)]);

    /// <summary>The inside of a worksheet with these rows.</summary>
    public static string Rows(params string[] rows) => $"<sheetData>{string.Concat(rows)}</sheetData>";

    /// <summary>A row of texts.</summary>
    public static string Row(int number, params string[] cells) =>
        $"""<row r="{number}">{string.Concat(cells.Select((c, i) => c.Length == 0 ? "" : c.StartsWith('<') ? c.Replace("@", $"{(char)('A' + i)}{number}", StringComparison.Ordinal) : $"""<c r="{(char)('A' + i)}{number}" t="inlineStr"><is><t>{c}</t></is></c>"""))}</row>""";

    /// <summary>A cell at its place in <see cref="Row"/>.</summary>
    public static string Number(string value, int style = 0) => $"""<c r="@" s="{style}"><v>{value}</v></c>""";

    public static byte[] Packed(params (string Name, string Content)[] parts)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts)
            {
                using var part = new StreamWriter(archive.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
                part.Write(content);
            }
        return packed.ToArray();
    }

    private static IEnumerable<(string, string)> Parts((string Name, string Inside)[] sheets, string shared, string properties)
    {
        yield return ("xl/workbook.xml", $"""<workbook {Main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{properties}<sheets>{string.Concat(sheets.Select((s, i) => $"""<sheet name="{s.Name}" sheetId="{i + 1}" r:id="rId{i + 1}"/>"""))}</sheets></workbook>""");
        yield return ("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{string.Concat(sheets.Select((_, i) => $"""<Relationship Id="rId{i + 1}" Type="worksheet" Target="worksheets/sheet{i + 1}.xml"/>"""))}</Relationships>""");
        yield return ("xl/styles.xml", Styles);
        if (shared.Length > 0)
            yield return ("xl/sharedStrings.xml", $"<sst {Main}>{shared}</sst>");
        for (var i = 0; i < sheets.Length; i++)
            yield return ($"xl/worksheets/sheet{i + 1}.xml", $"<worksheet {Main}>{sheets[i].Inside}</worksheet>");
    }
}
