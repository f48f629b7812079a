using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Sealing;
using LeftBehind.Sheets;

namespace LeftBehind.Registry.IntegrationTests.Lists;

/// <summary>The open files of a division as a file: what its reader may read, recorded before it leaves, and nothing in it calculated.</summary>
public sealed class ExportChildrenTests(RegistryServers servers)
{
    private const string Planted = "=cmd|' /C calc'!A0";

    private readonly Village village = Village.Next(servers.Registry);

    [Theory]
    [InlineData(ListFormat.Csv), InlineData(ListFormat.Xlsx)]
    public async Task An_exported_list_is_imported_again_unchanged(ListFormat format)
    {
        var (feed, number) = (servers.Partner(), IdNumber.Female(Feed.Born));
        await feed.TakeAsync(feed.Household("h1", village.Code), feed.Member("h1", "c1", Planted, number: number, phone: "+8613711112222"),
            feed.Parent("c1", Parent.Father), feed.Carer("c1", name: "@王桂花", phone: "-1"));
        await village.TakeAsync(Village.Line("1", "甲小一", IdNumber.Female("2016-05-01")) + "\n" + Village.Line("1", "甲小二"));
        var report = await village.ImportAsync(await village.ExportAsync(format), format);
        Assert.True(report.Unchanged == 3 && report.Problems.Count == 0, $"{report}");
        Assert.Equal(3, (await village.ImportAsync(await village.ExportAsync(format), format)).Unchanged);
    }

    [Fact]
    public async Task A_corrected_export_corrects_the_file_and_the_source_that_told_of_it_does_not_take_it_back()
    {
        var feed = servers.Partner();
        var child = (await feed.TakeAsync(feed.Family("h1").Select(r => { if (r.Household is { } h) h.ResidenceCode = village.Code; return r; })))[1];
        var row = Assert.Single(await village.ExportedAsync());
        row["姓名"] = "李小河";
        row["父亲状况"] = "服刑";
        row["父亲状况日期"] = "";
        var report = await village.ImportAsync(string.Join(',', row.Values), headings: string.Join(',', row.Keys));
        Assert.Equal((Verdict.Applied, child), (report.Lines[0].Verdict, report.Lines[0].SubjectId));
        var told = feed.Member("h1", "h1c");
        Assert.Equal(Verdict.Unchanged, (await feed.AskAsync(told)).Verdict);
        row = Assert.Single(await village.ExportedAsync());
        Assert.Equal(("李小河", "服刑"), (row["姓名"], row["父亲状况"]));
        var moved = await feed.AskAsync(feed.Household("h1", Places.Matian));
        Assert.Equal(Verdict.Applied, moved.Verdict);
    }

    [Fact]
    public async Task A_line_of_another_village_or_file_is_refused()
    {
        await village.TakeAsync(Village.Line("1", "甲小一"));
        var (row, other) = (Assert.Single(await village.ExportedAsync()), Village.Next(servers.Registry));
        Assert.Equal("所在村代码", Assert.Single((await other.ImportAsync(string.Join(',', row.Values), headings: string.Join(',', row.Keys))).Problems).Column);
        row["所在村代码"] = other.Code;
        Assert.Equal("档案编号", Assert.Single((await other.ImportAsync(string.Join(',', row.Values), headings: string.Join(',', row.Keys))).Problems).Column);
        row.Remove("档案编号");
        Assert.Equal("户号", Assert.Single((await other.ImportAsync(string.Join(',', row.Values), headings: string.Join(',', row.Keys))).Problems).Column);
        Assert.Empty(await other.EventsAsync());
    }

    [Theory]
    [InlineData(ListFormat.Csv), InlineData(ListFormat.Xlsx)]
    public async Task A_name_that_a_spreadsheet_would_calculate_arrives_as_text(ListFormat format)
    {
        await village.TakeAsync(Village.Line("1", Planted));
        var file = await village.ExportAsync(format);
        if (format is ListFormat.Csv)
            Assert.Contains($"\"'{Planted}\"", System.Text.Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        else
            Assert.All(WorkbookSheet.Read(file, "名单", new(10)).SelectMany(r => r.Cells.Values), c => Assert.Equal(CellKind.Text, c.Kind));
    }

    [Fact]
    public async Task Without_identities_no_name_number_birthday_or_address_is_told()
    {
        var child = Assert.Single(await village.TakeAsync(Village.Line("1", "甲小一", IdNumber.Female("2016-05-01"))));
        var row = Assert.Single(await village.ExportedAsync(withIdentities: false));
        Assert.Equal(["档案编号", "所在村代码", "年龄段（只读）", "性别", "儿童类别（只读）", "照料人", "身份已核实（只读）"], row.Keys);
        Assert.Equal([child, village.Code, "6—13岁", "女", "农村留守儿童", "祖父母", "否"], row.Values);
        Assert.Empty(await ReadsAsync(child));
    }

    [Fact]
    public async Task Each_reader_is_told_what_it_may_read_and_every_read_is_recorded()
    {
        var child = Assert.Single(await village.TakeAsync(Village.Line("1", "甲小一")));
        var mine = Assert.Single(await village.ExportedAsync());
        Assert.Equal(("13700000001", "王桂花"), (mine["电话"], mine["照料人姓名"]));
        var polices = Assert.Single(await village.ExportedAsync(caller: village.Registry.AsOfficer(Places.County, Department.Police)));
        Assert.Equal("甲小一", polices["姓名"]);
        Assert.DoesNotContain(polices.Keys, k => k is "电话" or "照料人姓名" or "照料人电话" or "患病（只读）");
        Assert.Equal(["CivilAffairs/核对台账", "Police/核对台账"], await ReadsAsync(child));
    }

    [Fact]
    public async Task Closed_and_moved_files_are_not_of_the_division_any_more()
    {
        var children = await village.TakeAsync(Village.Line("1", "甲小一") + "\n" + Village.Line("2", "甲小二"));
        await village.Registry.Client.CloseFileAsync(new() { ChildId = children[0], Reason = CloseReason.CloseMovedAway, ExpectedVersion = (await village.Registry.EventsOfAsync(children[0])).Count }, village.Worker);
        Assert.Equal(children[1], Assert.Single(await village.ExportedAsync())["档案编号"]);
    }

    [Fact]
    public async Task What_was_erased_is_exported_empty()
    {
        var child = Assert.Single(await village.TakeAsync(Village.Line("1", "甲小一", IdNumber.Female("2016-05-01"))));
        var keys = await village.Registry.ColumnAsync("select data->>'identity' from registry.mt_events where stream_id = $1 and type = 'child_file_opened'", Guid.Parse(child));
        Assert.True(Sealed.TryParse(keys[0], out var identity));
        await using (var connection = await village.Registry.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
            await village.Registry.Service<PersonKeyTable>().Destroy(connection, null, [identity.KeyId], TestContext.Current.CancellationToken);
        var row = Assert.Single(await village.ExportedAsync());
        Assert.DoesNotContain(row.Keys, k => k is "姓名" or "身份证号" or "电话" or "照料人姓名");
        Assert.Equal(child, row["档案编号"]);
    }

    [Fact]
    public async Task A_town_with_many_children_is_told_whole_page_by_page()
    {
        var beside = new Village(village.Registry, village.Code);
        var lines = string.Join('\n', Enumerable.Range(0, 450).Select(i => Village.Line($"{i / 3}", $"甲小{i}", born: $"2016-{i % 12 + 1:D2}-01")));
        var children = await beside.TakeAsync(lines);
        var exported = await village.ExportedAsync(division: village.Code[..9], caller: village.Registry.AsOfficer());
        Assert.Equal(children.Order(), exported.Select(r => r["档案编号"]).Where(children.Contains).Order());
        Assert.Equal(exported.Count, exported.DistinctBy(r => r["档案编号"]).Count());
    }

    [Fact]
    public async Task Whoever_may_not_is_refused_and_a_wrong_field_is_named()
    {
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(caller: village.Registry.AsOfficer(Places.NextCounty)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(division: village.Code[..9]));
        foreach (var caller in (CallOptions[])[village.Registry.AsOfficer("4310"), village.Registry.AsOfficer(Places.County, Department.Education), village.Registry.AsOfficer(Places.County, Department.Health), village.Registry.As("p", Places.County)])
            Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(caller: caller));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(purpose: "看"));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(format: ListFormat.Unspecified));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(division: "苏仙区"));
    }

    private async Task<StatusCode> RefusedAsync(CallOptions? caller = null, string? division = null, string purpose = "核对台账", ListFormat format = ListFormat.Csv)
    {
        using var call = new PaperLists.PaperListsClient(village.Registry.Channel).ExportChildren(
            new() { DivisionCode = division ?? village.Code, Format = format, Purpose = purpose, WithIdentities = true }, caller ?? village.Worker);
        return (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))).StatusCode;
    }

    private Task<List<string>> ReadsAsync(string child) => village.Registry.ColumnAsync(
        "select department || '/' || purpose from registry.personal_read where $1 = any(subjects) order by at", Guid.Parse(child));
}
