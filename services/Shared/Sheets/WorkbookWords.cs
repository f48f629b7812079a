using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace LeftBehind.Sheets;

/// <summary>What the cells of a workbook refer to: shared texts, and which styles show a number as a day.</summary>
internal sealed partial class WorkbookWords
{
    private const int DaysTo1904 = 1462;
    private readonly List<string> texts = [];
    private readonly List<bool> showsDay = [];
    private readonly bool from1904;

    private WorkbookWords(bool from1904) => this.from1904 = from1904;

    public static WorkbookWords Read(WorkbookPackage package, bool from1904)
    {
        var words = new WorkbookWords(from1904);
        using (var xml = package.Part("xl/sharedStrings.xml"))
            while (xml?.Read() is true)
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
                    words.texts.Add(Text(xml));
        using (var xml = package.Part("xl/styles.xml"))
            words.ReadStyles(xml);
        return words;
    }

    /// <summary>The text of an element with its runs, without the reading aids of names.</summary>
    public static string Text(XmlReader at)
    {
        var text = new StringBuilder();
        using var xml = at.ReadSubtree();
        xml.Read();
        while (!xml.EOF)
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "rPh" })
                xml.Skip();
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "t" or "v" })
                text.Append(xml.ReadElementContentAsString());
            else
                xml.Read();
        return text.ToString();
    }

    public string? SharedText(string index) => int.TryParse(index, CultureInfo.InvariantCulture, out var i) && i >= 0 && i < texts.Count ? texts[i] : null;

    /// <summary>The day that a number shows in a style; null when it shows a number, or no day.</summary>
    public string? Day(string? style, string number)
    {
        if (!int.TryParse(style, CultureInfo.InvariantCulture, out var s) || s < 0 || s >= showsDay.Count || !showsDay[s]
            || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var days))
            return null;
        days = Math.Floor(days) + (from1904 ? DaysTo1904 : 0);
        // The calendar of spreadsheets has a 29 February 1900.
        return days is >= 1 and < 2_958_466 and not 60
            ? new DateOnly(1899, 12, 30).AddDays((int)days + (days < 60 ? 1 : 0)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
    }

    private void ReadStyles(XmlReader? xml)
    {
        var days = new HashSet<string>(StringComparer.Ordinal);
        var ofCells = false;
        while (xml?.Read() is true)
        {
            if (xml.LocalName is "cellXfs")
                ofCells = xml.NodeType is XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType is not XmlNodeType.Element)
                continue;
            if (xml.LocalName is "numFmt" && xml.GetAttribute("numFmtId") is { } own && ShowsDay().IsMatch(NotShown().Replace(xml.GetAttribute("formatCode") ?? "", "")))
                days.Add(own);
            else if (xml.LocalName is "xf" && ofCells)
                showsDay.Add(xml.GetAttribute("numFmtId") is { } id && (days.Contains(id) || IsDay(id)));
        }
    }

    /// <summary>The formats without a code of their own; 27 to 36 and 50 to 58 are those of China (such as 2016年5月1日).</summary>
    private static bool IsDay(string format) => int.TryParse(format, CultureInfo.InvariantCulture, out var id) && id is (>= 14 and <= 17) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58;

    [GeneratedRegex("[yYdD年月日]")]
    private static partial Regex ShowsDay();

    [GeneratedRegex("\"[^\"]*\"|\\\\.|\\[[^\\]]*\\]")]
    private static partial Regex NotShown();
}
