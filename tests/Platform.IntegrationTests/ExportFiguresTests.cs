using System.Text;
using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using static LeftBehind.Platform.IntegrationTests.RunningPlatform;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>The figures of a division and all below it as one table. Three villages of a town have five children, one and four.</summary>
public sealed class ExportFiguresTests(RunningPlatform platform, ITestOutputHelper output)
{
    private const string County = "431129";
    private static readonly DivisionId Town = ShippedData.Tree.Children(DivisionId.Parse(County + "@2023")).First(t => ShippedData.Tree.Children(t).Count() > 3);
    private static readonly DivisionId[] Villages = [.. ShippedData.Tree.Children(Town).Take(3)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_division_has_a_row_and_every_parent_is_the_sum_of_its_children_with_small_villages_merged_for_who_names_no_child()
    {
        int[] children = [5, 1, 4];
        await platform.TellAsync([.. Villages.SelectMany((v, i) => Enumerable.Range(0, children[i]).Select(_ => Fact(Guid.NewGuid(), 1, CodeOf(v))))]);
        await Eventually.IsAsync(() => ExportAsync(County, "Town", County), rows => rows[1][^1] == "10", Ct);

        var county = await ExportAsync(County, "Village", County);
        Assert.Equal(["code", "name", "level", "merged", "countedOn", "onFile.total.all"], county[0]);
        Assert.Equal(ShippedData.Tree.Within(DivisionId.Parse(County + "@2023")).Select(CodeOf).Order(), county.Skip(1).Select(r => r[0]).Order());
        Assert.Equal(["10", "10", "5", "1", "4"], ((DivisionId[])[DivisionId.Parse(County + "@2023"), Town, .. Villages]).Select(d => RowOf(county, d)![^1]));
        foreach (var level in new[] { "County", "Town", "Village" })
            Assert.Equal(10, county.Skip(1).Where(r => r[2] == level).Sum(r => int.Parse(r[^1], null)));

        var city = await ExportAsync(County, "Village", "4311");
        Assert.Equal("5", RowOf(city, Villages[0])![^1]);
        Assert.Null(RowOf(city, Villages[1]));
        Assert.Null(RowOf(city, Villages[2]));
        Assert.Equal((ShippedData.Tree.Name(Town), "2", "5"), Assert.Single(city, r => r[0] == "") is var merged ? (merged[1], merged[3], merged[^1]) : default);
        // By itself such a village is shown to nobody without child access.
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(CodeOf(Villages[1]), "Village", "4311"));
        Assert.DoesNotContain(await ExportAsync(County, "Town", "4311"), r => r[2] == "Village");
    }

    /// <summary>Service and reader share this process with other tests, so the memory in use is written down and not judged.</summary>
    [Fact]
    public async Task All_villages_of_the_province_come_in_small_pieces()
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        var (first, bytes, most) = (TimeSpan.Zero, 0L, 0L);
        await using var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
        using var call = platform.Client.ExportFigures(new() { DivisionCode = "43", Level = "Village" }, platform.AsOfficer("43"));
        for (var before = GC.GetTotalMemory(forceFullCollection: true); await call.ResponseStream.MoveNext(Ct); bytes += call.ResponseStream.Current.Data.Length)
        {
            first = first == TimeSpan.Zero ? since.Elapsed : first;
            Assert.InRange(call.ResponseStream.Current.Data.Length, 1, 64 * 1024);
            await file.WriteAsync(call.ResponseStream.Current.Data.Memory, Ct);
            if (bytes / APiece != (bytes + call.ResponseStream.Current.Data.Length) / APiece)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }
        var (shown, merged) = await RowsAsync(file);
        // Other tests leave few children in places, which are merged: below each division that is shown every one has its row or is among the merged.
        Assert.Equal(1 + shown.Sum(d => ShippedData.Tree.Children(d).Count()), shown.Count + merged);
        output.WriteLine($"{shown.Count} rows, {bytes / 1e6:F1} MB: the first after {first.TotalMilliseconds:F0} ms, all after {since.Elapsed.TotalSeconds:F1} s, at most {most / 1e6:F1} MB more in use.");
    }

    /// <summary>The divisions that have a row, and how many others the rows of the merged stand for.</summary>
    private static async Task<(List<DivisionId> Shown, int Merged)> RowsAsync(FileStream file)
    {
        file.Position = 0;
        using var reader = new StreamReader(file, Encoding.UTF8);
        await reader.ReadLineAsync(Ct);
        var (shown, merged) = (new List<DivisionId>(), 0);
        while (await reader.ReadLineAsync(Ct) is { } line)
            if (Cells(line, 5) is ["", _, _, var many, _])
                merged += int.Parse(many, null);
            else
                shown.Add(DivisionId.Parse($"{Cells(line, 2)[0]}@2023"));
        return (shown, merged);
    }

    private const long APiece = 4 * 1024 * 1024;

    [Theory]
    [InlineData(County, "Street", County, StatusCode.InvalidArgument)]
    [InlineData(County, "9", County, StatusCode.InvalidArgument)]
    [InlineData(County, "City", County, StatusCode.InvalidArgument)]
    [InlineData("43112", "Town", County, StatusCode.InvalidArgument)]
    [InlineData("431003", "Town", County, StatusCode.NotFound)]
    public async Task A_level_above_or_unknown_and_a_division_outside_are_refused(string division, string level, string caller, StatusCode why) =>
        Assert.Equal(why, await RefusedAsync(division, level, caller));

    private static string CodeOf(DivisionId id) => ShippedData.Tree.Code(id).ToString();

    private static string[]? RowOf(List<string[]> rows, DivisionId id) => rows.SingleOrDefault(r => r[0] == CodeOf(id));

    private async Task<List<string[]>> ExportAsync(string division, string level, string caller)
    {
        using var call = platform.Client.ExportFigures(new() { DivisionCode = division, Level = level, Populations = { "onFile" }, Dimensions = { "total" } }, platform.AsOfficer(caller));
        var bytes = new List<byte>();
        while (await call.ResponseStream.MoveNext(Ct))
            bytes.AddRange(call.ResponseStream.Current.Data.Span);
        return [.. Encoding.UTF8.GetString([.. bytes]).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => Cells(line))];
    }

    private static string[] Cells(string line, int most = int.MaxValue) => line[1..^1].Split("\",\"", most);

    private async Task<StatusCode> RefusedAsync(string division, string level, string caller) =>
        (await Assert.ThrowsAsync<RpcException>(() => ExportAsync(division, level, caller))).StatusCode;
}
