using LeftBehind.Sheets;

namespace LeftBehind.Registry.Lists;

/// <summary>A paper list that was read: the lines that can be taken, and what is wrong with the others.</summary>
/// <param name="Rows">The rows of all lines that hold anything.</param>
/// <param name="Lines">Those without a fault.</param>
/// <param name="Problems">Row by row.</param>
public sealed record PaperList(IReadOnlyList<int> Rows, IReadOnlyList<PaperLine> Lines, IReadOnlyList<PaperProblem> Problems);

/// <summary>Reads a village's list. Bad headings refuse the file, with all that is wrong with them at once; a bad cell its own line. Pure.</summary>
public static class ReadPaperList
{
    /// <summary>The most lines beneath the headings.</summary>
    public const int MostLines = 5_000;

    /// <summary>How much of a file is read: the lines and their headings.</summary>
    public static readonly SheetLimits Limits = new(MostLines + 1);

    /// <param name="rows">The first is that of the headings.</param>
    /// <param name="village">Code of the village that the list is of.</param>
    /// <param name="today">No day of the list may be later.</param>
    public static PaperList Read(IReadOnlyList<SheetRow> rows, string village, DateOnly today)
    {
        if (rows.Count == 0)
            throw new UnreadableSheetException(new("nothing in it", "文件为空"));
        var headings = Headings(rows[0]);
        var (lines, problems) = (new List<PaperLine>(), new List<PaperProblem>());
        var told = new ToldTwice();
        foreach (var row in rows.Skip(1))
        {
            var cells = new PaperCells(row, headings, today);
            var line = ReadPaperLine.Read(cells, village);
            told.Check(line, cells);
            problems.AddRange(cells.Problems);
            if (!cells.HasFault)
                lines.Add(line);
        }
        return new([.. rows.Skip(1).Select(r => r.Number)], lines, problems);
    }

    private static Dictionary<int, PaperColumn> Headings(SheetRow row)
    {
        var headings = row.Cells.ToDictionary(c => c.Key, c => c.Value.Kind is CellKind.Text ? PaperHeadings.Find(c.Value.Text) : null);
        var (english, chinese) = (new List<string>(), new List<string>());
        var unknown = string.Join(", ", headings.Where(h => h.Value is null).Select(h => Letters(h.Key)).Order(StringComparer.Ordinal));
        Add(unknown, $"unknown in columns {unknown}", $"第{unknown}列的表头不认识（或为公式、合并单元格）");
        var twice = string.Join(", ", headings.Values.OfType<PaperColumn>().Where(c => c is not PaperColumn.Ignored).GroupBy(c => c).Where(g => g.Count() > 1).Select(g => PaperHeadings.Of(g.Key)));
        Add(twice, $"told twice: {twice}", $"表头重复：{twice}");
        var missing = string.Join(", ", new[] { PaperColumn.HouseholdNo, PaperColumn.Name }.Where(c => !headings.ContainsValue(c)).Select(PaperHeadings.Of));
        Add(missing, $"missing: {missing}", $"缺少表头：{missing}");
        var neither = headings.ContainsValue(PaperColumn.BirthDate) || headings.ContainsValue(PaperColumn.IdNumber) ? "" : "出生日期/身份证号";
        Add(neither, $"one of {neither} is needed", $"至少要有一个表头：{neither}");
        return english.Count == 0
            ? headings.ToDictionary(h => h.Key, h => h.Value!.Value)
            : throw new UnreadableSheetException(new($"headings in row {row.Number}: {string.Join("; ", english)}", $"第{row.Number}行表头：{string.Join("；", chinese)}"));

        void Add(string found, string en, string zh)
        {
            if (found.Length > 0)
                (english, chinese) = ([.. english, en], [.. chinese, zh]);
        }
    }

    private static string Letters(int column) => (column >= 26 ? ((char)('A' + column / 26 - 1)).ToString() : "") + (char)('A' + column % 26);

    /// <summary>A child is told once in a list: twice under one number, or twice by one name in one household, would be two answers to one question.</summary>
    private sealed class ToldTwice
    {
        private readonly Dictionary<(PaperColumn, string), int> rows = [];

        public void Check(PaperLine line, PaperCells cells)
        {
            Check(PaperColumn.IdNumber, line.IdNumber, line, cells);
            Check(PaperColumn.File, line.File?.ToString() ?? "", line, cells);
            Check(PaperColumn.Name, line.Name.Length > 0 ? $"{line.HouseholdNo}\n{line.Name}" : "", line, cells);
        }

        private void Check(PaperColumn column, string key, PaperLine line, PaperCells cells)
        {
            if (key.Length > 0 && !rows.TryAdd((column, key), line.Row))
                cells.Fault(column, new($"the same as in row {rows[(column, key)]}", $"与第{rows[(column, key)]}行重复"));
        }
    }
}
