using System.Globalization;
using System.Xml;

namespace LeftBehind.Sheets;

/// <summary>The rows of one sheet of a workbook.</summary>
internal static class SheetRows
{
    private const int MostMerged = 2_000;

    public static List<SheetRow> Read(WorkbookPackage package, string part, WorkbookWords words, SheetLimits limits)
    {
        using var xml = package.Part(part) ?? throw WorkbookPackage.NotAWorkbook();
        var rows = new List<(int Number, Dictionary<int, Cell> Cells)>();
        var merged = new List<Area>();
        var (number, column) = (0, -1);
        while (xml.Read())
        {
            if (xml.NodeType is not XmlNodeType.Element)
                continue;
            if (xml.LocalName is "row")
            {
                var next = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : number + 1;
                if (next <= number)
                    throw WorkbookPackage.NotAWorkbook();
                (number, column) = (next, -1);
            }
            else if (xml.LocalName is "c")
            {
                column = Area.TryParse(xml.GetAttribute("r"), out var at) ? at.Left : column + 1;
                if (Read(xml, words) is { } cell)
                    Add(rows, number, column, cell, limits);
            }
            else if (xml.LocalName is "mergeCell" && Area.TryParse(xml.GetAttribute("ref"), out var area))
            {
                merged.Add(area);
                if (merged.Count > MostMerged)
                    throw new UnreadableSheetException(new("too many merged cells", "合并单元格过多"));
            }
        }
        foreach (var area in merged)
            Mark(rows, area, limits);
        return rows.ConvertAll(r => new SheetRow(r.Number, r.Cells));
    }

    private static void Add(List<(int Number, Dictionary<int, Cell> Cells)> rows, int number, int column, Cell cell, SheetLimits limits)
    {
        if (column >= limits.Columns)
            throw limits.TooWide();
        if (rows is not [.., var (last, _)] || last != number)
            rows.Add((number, []));
        if (rows.Count > limits.Rows)
            throw limits.TooManyRows();
        rows[^1].Cells[column] = cell;
    }

    private static Cell? Read(XmlReader at, WorkbookWords words)
    {
        var (type, style) = (at.GetAttribute("t"), at.GetAttribute("s"));
        string? value = null, inline = null;
        var formula = false;
        using var xml = at.ReadSubtree();
        while (xml.Read())
            if (xml.NodeType is XmlNodeType.Element)
                switch (xml.LocalName)
                {
                    case "f": formula = true; break;
                    case "v": value = WorkbookWords.Text(xml); break;
                    case "is": inline = WorkbookWords.Text(xml); break;
                }
        if (formula)
            return new(CellKind.Formula, "");
        var text = type switch { "s" => words.SharedText(value ?? ""), "inlineStr" => inline, _ => value };
        if (CellText.Trimmed(text ?? "") is not { Length: > 0 } told)
            return null;
        return type switch
        {
            "e" => new(CellKind.Error, ""),
            "d" => new(CellKind.Date, told.Split('T')[0]),
            null or "n" => words.Day(style, told) is { } day ? new(CellKind.Date, day) : new(CellKind.Number, told),
            _ => new(CellKind.Text, FormulaGuard.Without(told)),
        };
    }

    /// <summary>Of cells that are shown as one only the first holds something; the others would be read as empty.</summary>
    private static void Mark(List<(int Number, Dictionary<int, Cell> Cells)> rows, Area area, SheetLimits limits)
    {
        foreach (var (_, cells) in rows.Where(r => r.Number >= area.Top && r.Number <= area.Bottom))
            for (var column = area.Left; column <= area.Right && column < limits.Columns; column++)
                cells[column] = new(CellKind.Merged, "");
    }
}

/// <summary>A cell or an area of cells, such as B2 or A1:C3.</summary>
internal readonly record struct Area(int Left, int Top, int Right, int Bottom)
{
    private const int LastColumn = 16_384, LastRow = 1_048_576;

    public static bool TryParse(string? text, out Area area)
    {
        area = default;
        var parts = text?.Split(':');
        if (parts is not ({ Length: 1 } or { Length: 2 }) || !TryCell(parts[0], out var left, out var top) || !TryCell(parts[^1], out var right, out var bottom))
            return false;
        area = new(left, top, right, bottom);
        return left <= right && top <= bottom;
    }

    private static bool TryCell(string text, out int column, out int row)
    {
        (column, row) = (0, 0);
        var digits = 0;
        foreach (var c in text)
            if (c is >= 'A' and <= 'Z' && digits == 0 && column <= LastColumn)
                column = column * 26 + (c - 'A' + 1);
            else if (char.IsAsciiDigit(c) && row <= LastRow)
                (row, digits) = (row * 10 + (c - '0'), digits + 1);
            else
                return false;
        column--;
        return column is >= 0 and < LastColumn && row is >= 1 and <= LastRow;
    }
}
