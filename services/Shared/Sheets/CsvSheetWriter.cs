using System.Text;

namespace LeftBehind.Sheets;

/// <summary>CSV (RFC 4180) in UTF-8, with the mark by which spreadsheets know it; every field in quotation marks.</summary>
public sealed class CsvSheetWriter : SheetWriter
{
    private readonly MemoryStream written = new();

    public CsvSheetWriter() => written.Write(Encoding.UTF8.Preamble);

    public override void Row(IReadOnlyList<string> cells) =>
        written.Write(Encoding.UTF8.GetBytes(string.Join(',', cells.Select(Field)) + "\r\n"));

    public override void End()
    {
    }

    public override byte[] Take() => TakeFrom(written);

    protected override void Dispose(bool disposing) => written.Dispose();

    private static string Field(string text) => $"\"{FormulaGuard.With(CellText.Writable(text)).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
