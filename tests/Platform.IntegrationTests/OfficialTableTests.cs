using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using MiniExcelLibs;
using static LeftBehind.Platform.IntegrationTests.RunningPlatform;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>农村留守儿童基本情况排查汇总表 of a county, as its officers read it and hand it on. Three villages of a town have four, one and three left-behind children.</summary>
public sealed class OfficialTableTests(RunningPlatform platform)
{
    private const string County = "431128";
    private static readonly DivisionId Town = ShippedData.Tree.Children(DivisionId.Parse(County + "@2023")).First(t => ShippedData.Tree.Children(t).Count() > 3);
    private static readonly string TownCode = ShippedData.Tree.Code(Town).ToString();
    private static readonly string[] Villages = [.. ShippedData.Tree.Children(Town).Take(3).Select(v => ShippedData.Tree.Code(v).ToString())];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_child_stands_in_one_column_of_each_dimension_the_cross_checks_hold_and_a_wrong_figure_is_told_by_rule_and_column()
    {
        int[] children = [4, 1, 3];
        var first = Guid.NewGuid();
        await platform.TellAsync([.. Villages.SelectMany((v, i) => Enumerable.Range(0, children[i]).Select(n => LeftBehindFact((i, n) == (0, 0) ? first : Guid.NewGuid(), v)))]);
        await platform.GradeAsync(first, Villages[0], GuardianshipGrade.Poor);
        var table = await Eventually.IsAsync(() => TableAsync(County), t => Cell(t, t.Division, "total.all") == 8 && Cell(t, t.Division, "grade.poor") == 1, Ct);

        Assert.Equal((8, 8, 8, 7), (Cell(table, table.Division, "carer.grandparents"), Cell(table, table.Division, "ageSex.6-13.female"), Cell(table, table.Division, "schooling.notCollected"),
            Cell(table, table.Division, "grade.notCollected")));
        Assert.All(table.Children.Append(table.Division), row => Assert.All(table.Columns.Select(c => c.Key.Split('.')[0]).Distinct(), dimension =>
            Assert.Equal(Cell(table, row, "total.all"), table.Columns.Index().Where(c => c.Item.Key.Split('.')[0] == dimension).Sum(c => row.Cells[c.Index]))));
        Assert.All(table.Children.Append(table.Division), row => Assert.DoesNotContain(row.Findings, f => !f.NotJudged));
        Assert.Contains(table.Rules, r => r.Text == "每一栏等于下级合计");

        // Whoever names no child sees small villages as one; one child's grade makes its village such.
        var city = await TableAsync(TownCode, "4311");
        Assert.Equal((5, 2), (Cell(city, city.Children.Single(c => c.Merged), "total.all"), city.Children.Single(c => c.Merged).MergedVillages));
        // A village's worker names its children and reads no assessment: the grade is no column for her, and no rule that speaks of it is judged.
        var village = await TableAsync(Villages[0], Villages[0]);
        Assert.DoesNotContain(village.Columns, c => c.Group == "监护情况");
        Assert.DoesNotContain(village.Rules, r => r.Id is "R07" or "R09" or "R15");

        await platform.TamperAsync($"update platform.division_figure set n = n + 1 where division = {Town.Value} and measure = (select id from platform.measure where name = 'leftBehind.carer.none')");
        await platform.TamperAsync($"insert into platform.division_figure values ({Town.Value}, (select id from platform.measure where name = 'leftBehind.carer.none'), 1) on conflict (division, measure) do nothing");
        var wrong = await TableAsync(TownCode);
        Assert.Contains(wrong.Division.Findings, f => f is { RuleId: "R06", Left: 9, Right: 8 });
        Assert.Contains(wrong.Division.Findings, f => f is { RuleId: "R09", Left: 1, Right: 0, Column: "carer.none" });
        await platform.TamperAsync($"delete from platform.division_figure where division = {Town.Value} and measure = (select id from platform.measure where name = 'leftBehind.carer.none')");

        var rows = MiniExcel.Query(new MemoryStream(await ExportAsync(FigureFormat.FigureXlsx))).Select(r => ((IDictionary<string, object>)r).Values.Select(v => v?.ToString() ?? "").ToArray()).ToList();
        Assert.Equal(["行政区划代码", "名称", "级别", "合并村数", "统计日", "留守儿童：合计", "年龄：0–5周岁男"], rows[0].Take(7));
        Assert.Equal(table.Columns.Count + 5, rows[0].Length);
        var column = Array.IndexOf(rows[0], "监护情况：差");
        Assert.Equal(["1", "1", "1", "0"], new[] { County, TownCode, Villages[0], Villages[1] }.Select(code => rows.Single(r => r[0] == code)[column]));
    }

    [Fact]
    public async Task Columns_of_ones_own_and_an_unknown_format_are_refused_with_the_field()
    {
        Assert.Contains("populations", await RefusedAsync(new() { DivisionCode = County, Level = "Village", OfficialTable = true, Populations = { "pupil" } }), StringComparison.Ordinal);
        Assert.Contains("format", await RefusedAsync(new() { DivisionCode = County, Level = "Village", Format = (FigureFormat)7 }), StringComparison.Ordinal);
    }

    private async Task<Protos.Platform.V1.OfficialTable> TableAsync(string division, string caller = County) =>
        await platform.Client.GetOfficialTableAsync(new() { DivisionCode = division }, platform.AsOfficer(caller));

    private static long Cell(Protos.Platform.V1.OfficialTable table, Protos.Platform.V1.TableRow row, string key) => row.Cells[table.Columns.Index().Single(c => c.Item.Key == key).Index];

    private async Task<byte[]> ExportAsync(FigureFormat format)
    {
        using var call = platform.Client.ExportFigures(new() { DivisionCode = County, Level = "Village", OfficialTable = true, Format = format }, platform.AsOfficer(County));
        var bytes = new List<byte>();
        while (await call.ResponseStream.MoveNext(Ct))
            bytes.AddRange(call.ResponseStream.Current.Data.Span);
        return [.. bytes];
    }

    private async Task<string> RefusedAsync(ExportFiguresRequest request)
    {
        using var call = platform.Client.ExportFigures(request, platform.AsOfficer(County));
        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Ct));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        return refused.Status.Detail;
    }
}
