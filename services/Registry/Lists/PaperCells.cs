using System.Globalization;
using System.Text.RegularExpressions;
using LeftBehind.Sheets;

namespace LeftBehind.Registry.Lists;

/// <summary>The cells of one line by their columns, read one by one; remembers what is wrong with them, never what stands there.</summary>
internal sealed partial class PaperCells
{
    private static readonly DateOnly Earliest = new(1900, 1, 1);
    private static readonly string[] DayForms = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];
    private readonly Dictionary<PaperColumn, Cell> cells = [];
    private readonly List<PaperProblem> problems = [];
    private readonly int row;
    private readonly DateOnly today;

    public PaperCells(SheetRow line, IReadOnlyDictionary<int, PaperColumn> headings, DateOnly today)
    {
        (row, this.today) = (line.Number, today);
        foreach (var (at, cell) in line.Cells)
            if (!headings.TryGetValue(at, out var column))
                problems.Add(new(row, null, new($"a cell in column {at + 1} stands under no heading", $"第{at + 1}列的内容没有对应的表头")));
            else if (column is not PaperColumn.Ignored)
                cells[column] = cell;
    }

    public int Row => row;

    public IReadOnlyList<PaperProblem> Problems => problems;

    public bool HasFault => problems.Exists(p => !p.IsWarning);

    public void Fault(PaperColumn column, Said why) => problems.Add(new(row, column, why));

    /// <summary>A text, empty when there is none.</summary>
    public string Text(PaperColumn column, int longest)
    {
        var text = Written(column);
        if (text.Length > longest)
            return No(column, new($"longer than {longest} characters", $"超过{longest}个字"));
        return text.Any(char.IsControl) ? No(column, new("a line break or control character in it", "含有换行或控制字符")) : text;
    }

    /// <summary>A number that is no quantity, such as a phone or a code, in plain digits and letters.</summary>
    public string Code(PaperColumn column, int longest) => CellText.Narrow(Text(column, longest)).Trim();

    /// <summary>A day as yyyy-MM-dd, empty when there is none.</summary>
    public string Day(PaperColumn column)
    {
        if (!cells.TryGetValue(column, out var cell) || Unbelievable(column, cell))
            return "";
        var text = TimeOfDay().Replace(CellText.Narrow(cell.Text), "").Replace(" ", "", StringComparison.Ordinal);
        if (!DateOnly.TryParseExact(text, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return No(column, new("not a day such as 2016-05-01, 2016/5/1 or 2016年5月1日", "不是日期，应如2016-05-01、2016/5/1、2016年5月1日"));
        return day < Earliest ? No(column, new("before 1900-01-01", "早于1900年1月1日"))
            : day > today ? No(column, new("in the future", "晚于今天"))
            : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>A word of the column, null when there is none.</summary>
    public T? Word<T>(PaperColumn column, PaperWords<T> words) where T : struct, Enum
    {
        if (Written(column) is not { Length: > 0 } text)
            return null;
        if (words.Find(text) is { } meaning)
            return meaning;
        No(column, new($"one of {string.Join(", ", words.First)}", $"应为：{string.Join("、", words.First)}"));
        return null;
    }

    private string Written(PaperColumn column) =>
        !cells.TryGetValue(column, out var cell) || Unbelievable(column, cell) ? ""
        : Rounded().IsMatch(cell.Text) ? No(column, new("a number in scientific notation: format the column as text and enter it again", "科学计数法的数字已丢失位数：请将该列设为文本后重新填写"))
        : cell.Kind is CellKind.Number && column is PaperColumn.IdNumber ? No(column, new("kept as a number, of which a spreadsheet keeps 15 digits: format the column as text and enter it again", "以数字存储，只保留15位：请将该列设为文本后重新填写"))
        : cell.Kind is CellKind.Number && cell.Text.Count(char.IsAsciiDigit) > 15 ? No(column, new("a number of more than 15 digits, of which the last are lost: enter it as text", "超过15位的数字已丢失末位：请以文本填写"))
        : cell.Text;

    private bool Unbelievable(PaperColumn column, Cell cell)
    {
        if (cell.Kind is CellKind.Formula)
            No(column, new("a formula: enter its value", "是公式：请填写数值"));
        else if (cell.Kind is CellKind.Merged)
            No(column, new("merged cells: fill each line by itself", "合并单元格：请逐行填写"));
        else if (cell.Kind is CellKind.Error)
            No(column, new("an error of the spreadsheet", "单元格为错误值"));
        return cell.Kind is CellKind.Formula or CellKind.Merged or CellKind.Error;
    }

    private string No(PaperColumn column, Said why)
    {
        Fault(column, why);
        return "";
    }

    [GeneratedRegex(@"^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$")]
    private static partial Regex Rounded();

    [GeneratedRegex(@"[T ]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$")]
    private static partial Regex TimeOfDay();
}
