namespace LeftBehind.Sheets;

/// <summary>What stands in a cell, as far as it matters whether it can be believed.</summary>
public enum CellKind
{
    Text,

    /// <summary>A number as the file writes it; the spreadsheet keeps 15 digits of it.</summary>
    Number,

    /// <summary>A day, told as yyyy-MM-dd.</summary>
    Date,

    /// <summary>Calculated: what stands there is what some program found last.</summary>
    Formula,

    /// <summary>One of several cells that are shown as one.</summary>
    Merged,

    /// <summary>An error such as #N/A.</summary>
    Error,
}

/// <summary>A cell. Its text is trimmed, and may be personal.</summary>
public readonly record struct Cell(CellKind Kind, string Text)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => Kind.ToString();
}

/// <summary>A row that holds something.</summary>
/// <param name="Number">As a spreadsheet counts; of a CSV file the line on which it begins.</param>
/// <param name="Cells">By column, from 0; empty cells are absent.</param>
public sealed record SheetRow(int Number, IReadOnlyDictionary<int, Cell> Cells)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(SheetRow);
}

/// <summary>What is wrong, in English and in Chinese. Never repeats what stands in a cell.</summary>
public sealed record Said(string English, string Chinese);

/// <summary>The file as a whole cannot be read.</summary>
public sealed class UnreadableSheetException(Said why) : Exception(why.English)
{
    /// <summary>Why.</summary>
    public Said Why { get; } = why;
}

/// <summary>How much of a file is read.</summary>
/// <param name="Rows">The most rows that hold something.</param>
/// <param name="Columns">The most columns.</param>
/// <param name="Unpacked">The most bytes that a packed file may become.</param>
public sealed record SheetLimits(int Rows, int Columns = 100, long Unpacked = 24 * 1024 * 1024)
{
    internal UnreadableSheetException TooManyRows() => new(new($"more than {Rows} rows", $"超过{Rows}行"));

    internal UnreadableSheetException TooWide() => new(new($"more than {Columns} columns", $"超过{Columns}列"));

    internal static UnreadableSheetException TooLarge() => new(new("too large when unpacked", "解压后过大"));
}
