using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace LeftBehind.Documents;

/// <summary>
/// Prints a document as PDF (PDFsharp, MIT). The glyphs that it uses are embedded, so it is read everywhere as it was written. Without the font's file
/// nothing is printed, and there is the plain text alone: what has to be said does not wait for a font.
/// </summary>
public sealed class PrintDocument
{
    /// <summary>Where Debian's fonts-wqy-microhei puts it.</summary>
    public const string UsualFont = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc";

    private const string Family = "document";
    private const double Margin = 72, TitleSize = 18, BodySize = 12, LineHeight = 22;
    private static readonly Lock OneAtATime = new();

    private readonly Lazy<bool> canPrint;

    public PrintDocument(IConfiguration configuration, ILogger<PrintDocument> log)
    {
        var file = configuration["Documents:Font"] ?? UsualFont;
        canPrint = new(() => Prepare(file, log));
    }

    /// <summary>The pages of a text whose first line is its title; null where there is no font to print with.</summary>
    public byte[]? Print(string text, DateTimeOffset at)
    {
        if (!canPrint.Value)
            return null;
        // PDFsharp keeps fonts for the whole process and is not made for several threads.
        lock (OneAtATime)
        {
            using var document = new PdfDocument();
            var (title, body) = (new XFont(Family, TitleSize), new XFont(Family, BodySize));
            var lines = text.TrimEnd('\n').Split('\n');
            (document.Info.Title, document.Info.CreationDate) = (lines[0], at.UtcDateTime);
            var width = XUnit.FromMillimeter(210).Point - 2 * Margin;
            var printed = new List<(string Text, XFont Font)> { (lines[0], title) };
            using (var measure = XGraphics.CreateMeasureContext(new(width, LineHeight), XGraphicsUnit.Point, XPageDirection.Downwards))
                printed.AddRange(lines.Skip(1).SelectMany(line => BreakLines.Of(line, width, part => measure.MeasureString(part, body).Width)).Select(part => (part, body)));
            Draw(document, printed, width);
            using var bytes = new MemoryStream();
            document.Save(bytes);
            return bytes.ToArray();
        }
    }

    private static void Draw(PdfDocument document, List<(string Text, XFont Font)> lines, double width)
    {
        var aPage = (int)((XUnit.FromMillimeter(297).Point - 2 * Margin) / LineHeight);
        foreach (var page in lines.Chunk(aPage))
        {
            var sheet = document.AddPage();
            (sheet.Width, sheet.Height) = (XUnit.FromMillimeter(210), XUnit.FromMillimeter(297));
            using var graphics = XGraphics.FromPdfPage(sheet);
            foreach (var (line, i) in page.Select((line, i) => (line, i)))
                graphics.DrawString(line.Text, line.Font, XBrushes.Black, new XRect(Margin, Margin + i * LineHeight, width, LineHeight),
                    line.Font.Size > BodySize ? XStringFormats.TopCenter : XStringFormats.TopLeft);
        }
    }

    private static bool Prepare(string file, ILogger log)
    {
        if (!File.Exists(file))
        {
            log.LogWarning("No font at {File}: documents are written as plain text alone", file);
            return false;
        }
        lock (OneAtATime)
            GlobalFontSettings.FontResolver ??= new OneFont(TrueTypeFace.FirstOf(File.ReadAllBytes(file)));
        return true;
    }

    /// <summary>Whatever is asked for is this one.</summary>
    private sealed class OneFont(byte[] face) : IFontResolver
    {
        public byte[] GetFont(string faceName) => face;

        public FontResolverInfo ResolveTypeface(string familyName, bool bold, bool italic) => new(Family);
    }
}
