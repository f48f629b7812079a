using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace LeftBehind.Sheets;

/// <summary>
/// A workbook of texts: every column is formatted as text, so that a number typed into it later keeps its digits too. By hand: the
/// parts are six, and a cell written as a text of a formula, as libraries do, is calculated once somebody edits it.
/// </summary>
public sealed class WorkbookWriter : SheetWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006", Xml = "http://www.w3.org/XML/1998/namespace";
    private const int MostColumns = 16_384;

    private readonly Outlet written = new();
    private readonly ZipArchive archive;
    private readonly List<string> sheets = [];
    private XmlWriter? sheet;
    private int row;

    public WorkbookWriter(string firstSheet)
    {
        archive = new(written, ZipArchiveMode.Create, leaveOpen: true);
        Sheet(firstSheet);
    }

    /// <summary>Ends the sheet and begins another.</summary>
    public void Sheet(string name)
    {
        EndSheet();
        sheets.Add(name);
        row = 0;
        sheet = Begin($"xl/worksheets/sheet{sheets.Count}.xml", "worksheet", Main);
        sheet.WriteRaw($"""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="{MostColumns}" width="18" style="1" customWidth="1"/></cols>""");
        sheet.WriteStartElement("sheetData", Main);
    }

    public override void Row(IReadOnlyList<string> cells)
    {
        var into = sheet ?? throw new InvalidOperationException("The workbook has ended.");
        into.WriteStartElement("row", Main);
        into.WriteAttributeString("r", (++row).ToString(CultureInfo.InvariantCulture));
        for (var column = 0; column < cells.Count; column++)
            if (cells[column].Length > 0)
                Write(into, $"{ColumnName(column < MostColumns ? column : throw new ArgumentException("Too many columns.", nameof(cells)))}{row}", cells[column]);
        into.WriteEndElement();
    }

    public override void End()
    {
        EndSheet();
        Part("xl/styles.xml", $"""<styleSheet xmlns="{Main}"><fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="49" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>""");
        using (var book = Begin("xl/workbook.xml", "workbook", Main))
        {
            book.WriteStartElement("sheets", Main);
            for (var i = 1; i <= sheets.Count; i++)
            {
                book.WriteStartElement("sheet", Main);
                book.WriteAttributeString("name", sheets[i - 1]);
                book.WriteAttributeString("sheetId", i.ToString(CultureInfo.InvariantCulture));
                book.WriteAttributeString("id", Office, $"rId{i}");
                book.WriteEndElement();
            }
        }
        Part("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}/relationships">{Each(i => $"""<Relationship Id="rId{i}" Type="{Office}/worksheet" Target="worksheets/sheet{i}.xml"/>""")}<Relationship Id="rId0" Type="{Office}/styles" Target="styles.xml"/></Relationships>""");
        Part("_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        Part("[Content_Types].xml", $"""<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}styles+xml"/>{Each(i => $"""<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{Types}worksheet+xml"/>""")}</Types>""");
        archive.Dispose();
    }

    public override byte[] Take() => TakeFrom(written.Bytes);

    protected override void Dispose(bool disposing)
    {
        sheet?.Dispose();
        archive.Dispose();
        written.Dispose();
    }

    private static void Write(XmlWriter into, string at, string text)
    {
        into.WriteStartElement("c", Main);
        into.WriteAttributeString("r", at);
        into.WriteAttributeString("s", "1");
        into.WriteAttributeString("t", "inlineStr");
        into.WriteStartElement("is", Main);
        into.WriteStartElement("t", Main);
        into.WriteAttributeString("xml", "space", Xml, "preserve");
        into.WriteString(FormulaGuard.With(CellText.Writable(text)));
        into.WriteEndElement();
        into.WriteEndElement();
        into.WriteEndElement();
    }

    /// <summary>A to Z, then AA, as spreadsheets name their columns.</summary>
    private static string ColumnName(int column) => (column < 26 ? "" : ColumnName(column / 26 - 1)) + (char)('A' + column % 26);

    private string Each(Func<int, string> written) => string.Concat(Enumerable.Range(1, sheets.Count).Select(written));

    private void EndSheet()
    {
        sheet?.WriteEndDocument();
        sheet?.Dispose();
        sheet = null;
    }

    private XmlWriter Begin(string part, string root, string space)
    {
        var xml = XmlWriter.Create(archive.CreateEntry(part).Open(), new() { Encoding = new UTF8Encoding(false), CloseOutput = true, NewLineHandling = NewLineHandling.Entitize });
        xml.WriteStartElement(root, space);
        return xml;
    }

    private void Part(string name, string content)
    {
        using var part = new StreamWriter(archive.CreateEntry(name).Open(), new UTF8Encoding(false));
        part.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + content);
    }

    /// <summary>Where the archive writes to; it can neither go back nor keep what was taken.</summary>
    private sealed class Outlet : Stream
    {
        public MemoryStream Bytes { get; } = new();
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Bytes.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => Bytes.Write(buffer);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                Bytes.Dispose();
            base.Dispose(disposing);
        }
    }
}
