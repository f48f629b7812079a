using System.IO.Compression;
using System.Xml;

namespace LeftBehind.Sheets;

/// <summary>
/// The parts of a workbook, unpacked one after another and never more of them than the limits say: a file of a megabyte may hold
/// gigabytes. Parts that nobody asks for, such as pictures and macros, stay packed.
/// </summary>
internal sealed class WorkbookPackage : IDisposable
{
    private const int MostParts = 500;
    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };

    private readonly ZipArchive archive;
    private readonly SheetLimits limits;
    private long unpacked;

    private WorkbookPackage(ZipArchive archive, SheetLimits limits) => (this.archive, this.limits) = (archive, limits);

    public static WorkbookPackage Open(byte[] content, SheetLimits limits)
    {
        if (content is [0xD0, 0xCF, 0x11, 0xE0, ..])
            throw new UnreadableSheetException(new("an old workbook (.xls) or one with a password: save it as .xlsx without a password", "旧格式(.xls)或加密的工作簿：请另存为不加密的.xlsx"));
        try
        {
            var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            return archive.Entries.Count <= MostParts ? new(archive, limits) : throw SheetLimits.TooLarge();
        }
        catch (InvalidDataException)
        {
            throw NotAWorkbook();
        }
    }

    public static UnreadableSheetException NotAWorkbook() => new(new("not a workbook (.xlsx)", "不是有效的工作簿(.xlsx)"));

    /// <summary>A part as XML; null when there is none. No entity of a document is read.</summary>
    public XmlReader? Part(string name) => archive.GetEntry(name) is { } entry ? XmlReader.Create(new Counted(this, entry.Open()), Safe) : null;

    /// <summary>Targets of a part's relationships by id, as names of parts.</summary>
    public Dictionary<string, string> Relations(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        using var xml = Part($"{part[..slash]}_rels/{part[slash..]}.rels");
        while (xml?.Read() is true)
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
                targets[id] = target.StartsWith('/') ? target[1..] : part[..slash] + target;
        return targets;
    }

    public void Dispose() => archive.Dispose();

    /// <summary>Counts what comes out, since what an archive says of its sizes need not be so.</summary>
    private sealed class Counted(WorkbookPackage package, Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }

        private int Count(int read) => (package.unpacked += read) <= package.limits.Unpacked ? read : throw SheetLimits.TooLarge();
    }
}
