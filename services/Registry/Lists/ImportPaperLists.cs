using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Partners;
using LeftBehind.Sealing;
using LeftBehind.Sheets;

namespace LeftBehind.Registry.Lists;

/// <summary>
/// Takes a village's list by the way in of partners, in one transaction: inbox, verdicts, receipts, sealing and matching are the same.
/// A dry run does all of it and takes it back.
/// </summary>
public sealed class ImportPaperLists(EventStore store, WayIn<HouseholdRow> way, RowKeysOf keys, KeyedDigest digests, PersonKeyTable personKeys, DivisionTree tree, TimeProvider clock)
{
    /// <summary>The largest file, 1 MB.</summary>
    public const int MostBytes = 1024 * 1024;

    public async Task<ImportReport> AnswerAsync(ImportPaperListRequest request, Admission admission, CancellationToken ct)
    {
        var import = Read(request, admission);
        var content = request.Content.ToByteArray();
        var list = ReadList(content, request.Format, import);
        var digest = digests.Of([(byte)request.Format, .. content])[..16];
        return request.DryRun
            ? await store.RehearseAsync(work => TakeAsync(work, import, list, digest, dryRun: true, admission.Caller!, ct), ct)
            : await store.RunAsync(work => TakeAsync(work, import, list, digest, dryRun: false, admission.Caller!, ct), ct);
    }

    private PaperImport Read(ImportPaperListRequest request, Admission admission)
    {
        var now = clock.GetUtcNow();
        admission.Require(Requests.Division(tree, request.DivisionCode, now));
        var place = Requests.Place(tree, request.DivisionCode, now, DivisionLevel.Village);
        if (request.Content.Length is 0 or > MostBytes)
            throw Requests.Invalid("content: 1 byte to 1 MB");
        return new(Requests.Id(request.ImportId, "import_id"), tree.Code(place), place, now, WorkCalendar.DayOf(now));
    }

    private static PaperList ReadList(byte[] content, ListFormat format, PaperImport import)
    {
        try
        {
            var rows = format switch
            {
                ListFormat.Csv => CsvSheet.Read(content, ReadPaperList.Limits),
                ListFormat.Xlsx => WorkbookSheet.Read(content, PaperListTemplates.Sheet, ReadPaperList.Limits),
                _ => throw Requests.Invalid("format: CSV or XLSX is required"),
            };
            return ReadPaperList.Read(rows, import.Village.Digits, import.Today);
        }
        catch (UnreadableSheetException e)
        {
            throw Requests.Invalid($"content: {e.Why.English} ({e.Why.Chinese})");
        }
    }

    private async Task<ImportReport> TakeAsync(StoreWork work, PaperImport import, PaperList list, byte[] digest, bool dryRun, Caller caller, CancellationToken ct)
    {
        if (await PaperImports.FindAsync(work, import, ct) is { } before)
        {
            if (!before.Digest.AsSpan().SequenceEqual(digest))
                throw Requests.Invalid("import_id: used before for another file");
            before.Report.Repeated = true;
            return before.Report;
        }
        var known = await KnownOfList.LoadAsync(work, import.Source, list.Lines, keys, digests, personKeys, ct);
        var rows = new PaperRows(import, known, number => keys.Household(import.Source, number));
        foreach (var line in list.Lines)
            rows.Add(line);
        await known.LinkAsync(work, list.Lines, rows, ct);
        var verdicts = await way.TakeAsync(work, [.. rows.Rows.Select(r => r.Row)], caller, import.Source, ct);
        var report = PaperReport.Of(import, dryRun, list, rows, verdicts);
        if (!dryRun)
            PaperImports.Keep(work, import, digest, caller.Subject, report);
        return report;
    }
}
