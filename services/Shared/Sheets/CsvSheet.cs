using CsvHelper;

namespace LeftBehind.Sheets;

/// <summary>Reads a CSV file (RFC 4180; of UTF-16 text also with tabs, as spreadsheets save it).</summary>
public static class CsvSheet
{
    /// <summary>The rows that hold something; throws <see cref="UnreadableSheetException"/>.</summary>
    public static List<SheetRow> Read(ReadOnlySpan<byte> content, SheetLimits limits)
    {
        var text = SheetText.Of(content);
        var rows = new List<SheetRow>();
        try
        {
            using var reader = CsvReader.FromText(text, CsvReaderOptions.Default with
            {
                HasHeader = false,
                Separator = SeparatorOf(text),
                TrackLineNumbers = true,
                IncludeValuesInExceptions = false,
                MalformedData = CsvMalformedDataHandling.Throw,
            });
            while (reader.Read())
            {
                if (reader.FieldCount > limits.Columns)
                    throw limits.TooWide();
                var cells = new Dictionary<int, Cell>();
                for (var column = 0; column < reader.FieldCount; column++)
                    if (CellText.Trimmed(reader.GetString(column)) is { Length: > 0 } value)
                        cells[column] = new(CellKind.Text, FormulaGuard.Without(value));
                if (cells.Count > 0)
                    rows.Add(new((int)reader.LineNumber, cells));
                if (rows.Count > limits.Rows)
                    throw limits.TooManyRows();
            }
        }
        catch (CsvFormatException)
        {
            throw new UnreadableSheetException(new($"not CSV: a quotation mark is not closed or stands inside a field, after row {(rows.Count > 0 ? rows[^1].Number : 0)}",
                $"不是CSV：第{(rows.Count > 0 ? rows[^1].Number : 0)}行之后引号不成对"));
        }
        return rows;
    }

    private static char SeparatorOf(string text)
    {
        var first = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : text.Length);
        return first.Contains('\t') && !first.Contains(',') ? '\t' : ',';
    }
}
