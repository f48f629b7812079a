using System.Text;
using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests.Lists;

/// <summary>A village that no other test speaks of, with its worker, who imports and exports its list.</summary>
internal sealed class Village(RunningRegistry registry, string code)
{
    public const string Headings = "户号,住址,城乡,姓名,身份证号,出生日期,性别,与户主关系,父亲状况,父亲外出日期,母亲状况,母亲外出日期,照料人,照料人姓名,照料人电话,电话";

    private static readonly Queue<string> Unused = new(Places.Tree.Children(DivisionId.Parse("431003@2023")).SelectMany(t => Places.Tree.Children(t))
        .Select(v => Places.Tree.Code(v).Digits).Where(v => v != Places.Matian && v != Places.Neighbour));

    private readonly PaperLists.PaperListsClient client = new(registry.Channel);

    public string Code => code;

    public string Source => "paper:" + code;

    public RunningRegistry Registry => registry;

    public static Village Next(RunningRegistry registry)
    {
        lock (Unused)
            return new(registry, Unused.Dequeue());
    }

    /// <summary>A line of a child left behind.</summary>
    public static string Line(string household, string name, string number = "", string born = "2016-05-01", string phone = "13700000001") =>
        $"{household},{household}号院,农村,{name},{number},{born},女,孙女,外出务工,2025-02-10,外出务工,2025-02-10,祖父母,王桂花,13800000001,{phone}";

    public CallOptions Worker => registry.As(Department.CivilAffairs, Role.VillageWorker, code);

    public async Task<ImportReport> ImportAsync(string lines, bool dryRun = false, Guid? id = null, string headings = Headings, CallOptions? caller = null) =>
        await ImportAsync(Encoding.UTF8.GetBytes($"{headings}\n{lines}\n"), ListFormat.Csv, dryRun, id, caller);

    public async Task<ImportReport> ImportAsync(byte[] content, ListFormat format, bool dryRun = false, Guid? id = null, CallOptions? caller = null) =>
        await client.ImportPaperListAsync(Request(content, format, dryRun, id), caller ?? Worker);

    public ImportPaperListRequest Request(byte[] content, ListFormat format, bool dryRun = false, Guid? id = null) => new()
    {
        DivisionCode = code, Format = format, Content = ByteString.CopyFrom(content), DryRun = dryRun, ImportId = (id ?? Guid.NewGuid()).ToString(),
    };

    /// <summary>Imports lines that must all be applied; answers the child of each.</summary>
    public async Task<List<string>> TakeAsync(string lines, string headings = Headings)
    {
        var report = await ImportAsync(lines, headings: headings);
        Assert.True(report.Lines.All(l => l.Verdict is Verdict.Applied), $"{report}");
        return [.. report.Lines.Select(l => l.SubjectId)];
    }

    public async Task<byte[]> ExportAsync(ListFormat format, bool withIdentities = true, CallOptions? caller = null, string? division = null)
    {
        using var call = client.ExportChildren(new() { DivisionCode = division ?? code, Format = format, Purpose = "核对台账", WithIdentities = withIdentities }, caller ?? Worker);
        using var file = new MemoryStream();
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            call.ResponseStream.Current.Data.WriteTo(file);
        return file.ToArray();
    }

    /// <summary>The rows of an exported CSV file, by heading.</summary>
    public async Task<List<Dictionary<string, string>>> ExportedAsync(bool withIdentities = true, CallOptions? caller = null, string? division = null)
    {
        var rows = Sheets.CsvSheet.Read(await ExportAsync(ListFormat.Csv, withIdentities, caller, division), new(100_000));
        return [.. rows.Skip(1).Select(r => r.Cells.ToDictionary(c => rows[0].Cells[c.Key].Text, c => c.Value.Text))];
    }

    public Task<List<string>> EventsAsync() => registry.ColumnAsync(
        "select e.type from registry.mt_events e where e.headers->>'source' = $1 order by e.seq_id", Source);
}
