using System.Text;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests.Lists;

/// <summary>A village's list goes the way of partners' rows: one transaction, verdicts, receipts; tried out first where wanted.</summary>
public sealed class ImportPaperListTests(RegistryServers servers)
{
    private readonly Village village = Village.Next(servers.Registry);

    [Fact]
    public async Task A_list_opens_files_and_determines_their_category()
    {
        var child = Assert.Single(await village.TakeAsync(Village.Line("12", "李小禾", IdNumber.Female("2016-05-01"))));
        var facts = await village.Registry.FactsAsync(child);
        Assert.Equal(("LeftBehind", "Grandparents", village.Code + "@2023"),
            (facts.GetProperty("category").GetString(), facts.GetProperty("carer").GetString(), facts.GetProperty("residence").GetString()));
        Assert.False(facts.GetProperty("verified").GetBoolean());
        var inbox = await village.Registry.ColumnAsync("select event_id from registry.inbox where source = $1", village.Source);
        Assert.Equal(["carer", "father", "household", "member", "mother"], inbox.Select(id => id.Split('/')[2]).Order());
        var identity = Assert.Single((await village.Registry.Client.RevealIdentitiesAsync(new() { ChildIds = { child }, Purpose = "核对台账" }, village.Worker)).Identities);
        Assert.Equal(("李小禾", "12号院", "13700000001"), (identity.Name, identity.Address, identity.Phone));
    }

    [Fact]
    public async Task Each_line_is_answered_by_itself()
    {
        var report = await village.ImportAsync(string.Join('\n', Village.Line("1", "甲小一"), Village.Line("2", "甲小二", born: "2016-13-01"), Village.Line("3", "甲小三", IdNumber.Mistyped(IdNumber.Female("2016-05-01")))));
        Assert.Equal((3, 2, 0, 0, 1), (report.LinesRead, report.Applied, report.Unchanged, report.Waiting, report.Rejected));
        Assert.Equal([(2, Verdict.Applied), (3, Verdict.Rejected), (4, Verdict.Applied)], report.Lines.Select(l => (l.Row, l.Verdict)));
        Assert.Equal([(3, "出生日期", false), (4, "身份证号", true)], report.Problems.Select(p => (p.Row, p.Column, p.Warning)));
        Assert.All(report.Problems, p => Assert.True(p.Reason.Length > 0 && p.ReasonZh.Length > 0));
        Assert.DoesNotContain("甲小", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_answers_the_same_and_writes_nothing()
    {
        var lines = string.Join('\n', Village.Line("1", "甲小一"), Village.Line("1", "甲小二"), Village.Line("2", "甲小三", born: "?"));
        var tried = await village.ImportAsync(lines, dryRun: true);
        Assert.Empty(await village.EventsAsync());
        Assert.Empty(await village.Registry.ColumnAsync("select event_id from registry.inbox where source = $1", village.Source));
        var id = Guid.Parse(tried.ImportId);
        var taken = await village.ImportAsync(lines, id: id);
        Assert.Equal(tried.Lines.Select(l => (l.Row, l.Verdict)), taken.Lines.Select(l => (l.Row, l.Verdict)));
        Assert.Equal(tried.Problems, taken.Problems);
        Assert.True(tried.DryRun && !taken.DryRun && !taken.Repeated);
        Assert.All(tried.Lines, l => Assert.Empty(l.SubjectId));
    }

    [Fact]
    public async Task The_same_import_is_answered_as_it_was_and_the_same_list_changes_nothing()
    {
        var id = Guid.NewGuid();
        var lines = string.Join('\n', Village.Line("1", "甲小一", IdNumber.Female("2016-05-01")), Village.Line("1", "甲小二"), Village.Line("2", "甲小三", born: "?"));
        var first = await village.ImportAsync(lines, id: id);
        var events = await village.EventsAsync();
        var again = await village.ImportAsync(lines, id: id);
        Assert.True(again.Repeated);
        again.Repeated = false;
        Assert.Equal(first, again);
        var anew = await village.ImportAsync(lines);
        Assert.Equal((0, 2, 1), (anew.Applied, anew.Unchanged, anew.Rejected));
        Assert.Equal(first.Lines.Select(l => l.SubjectId), anew.Lines.Select(l => l.SubjectId));
        Assert.Equal(events, await village.EventsAsync());
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => village.ImportAsync(Village.Line("9", "另小一"), id: id)));
    }

    [Fact]
    public async Task What_a_later_list_leaves_empty_stays_as_it_is()
    {
        var number = IdNumber.Female("2016-05-01");
        var child = Assert.Single(await village.TakeAsync(Village.Line("1", "甲小一", number)));
        var report = await village.ImportAsync($"1,甲小一,{number},在家,2026-01-02", headings: "户号,姓名,身份证号,父亲状况,父亲状况日期");
        Assert.Equal(Verdict.Applied, Assert.Single(report.Lines).Verdict);
        var identity = Assert.Single((await village.Registry.Client.RevealIdentitiesAsync(new() { ChildIds = { child }, Purpose = "核对台账" }, village.Worker)).Identities);
        Assert.Equal(("1号院", "13700000001", number), (identity.Address, identity.Phone, identity.IdNumber));
        Assert.Equal("Grandparents", (await village.Registry.FactsAsync(child)).GetProperty("carer").GetString());
    }

    [Fact]
    public async Task A_number_that_is_told_later_belongs_to_the_child_that_was_told_without()
    {
        var child = Assert.Single(await village.TakeAsync(Village.Line("1", "甲小一")));
        Assert.Equal(child, Assert.Single(await village.TakeAsync(Village.Line("1", "甲小一", IdNumber.Female("2016-05-01")))));
    }

    [Fact]
    public async Task A_child_that_a_partner_told_of_is_found_by_its_number()
    {
        var (feed, number) = (servers.Partner(), IdNumber.Female(Feed.Born));
        var child = (await feed.TakeAsync(feed.Household("h1", village.Code), feed.Member("h1", "c1", "甲小一", number: number, phone: "13711112222")))[1];
        var report = await village.ImportAsync(Village.Line("1", "甲小一", number, phone: ""));
        Assert.Equal((Verdict.Applied, child), (report.Lines[0].Verdict, report.Lines[0].SubjectId));
        var identity = Assert.Single((await village.Registry.Client.RevealIdentitiesAsync(new() { ChildIds = { child }, Purpose = "核对台账" }, village.Worker)).Identities);
        Assert.Equal("13711112222", identity.Phone);
    }

    [Fact]
    public async Task A_child_on_file_elsewhere_waits_until_it_is_moved_out()
    {
        var (feed, number) = (servers.Partner(Places.NextCounty), IdNumber.Female(Feed.Born));
        await feed.TakeAsync(feed.Household("h1", Places.NextCountyVillage), feed.Member("h1", "c1", "甲小一", number: number));
        var report = await village.ImportAsync(Village.Line("1", "甲小一", number));
        Assert.Equal((Verdict.Waiting, ""), (report.Lines[0].Verdict, report.Lines[0].SubjectId));
        Assert.True(Assert.Single(report.Problems).Warning);
        await feed.TakeAsync(feed.Household("h1", village.Code));
        Assert.Equal("LeftBehind", (await village.Registry.FactsAsync(Assert.Single(await ChildrenAsync()))).GetProperty("category").GetString());
    }

    [Fact]
    public async Task An_adult_is_kept_with_the_household_and_parents_of_adults_are_not()
    {
        var report = await village.ImportAsync(Village.Line("1", "甲大一", born: "1960-05-01"));
        Assert.Equal(Verdict.Applied, report.Lines[0].Verdict);
        Assert.True(Assert.Single(report.Problems).Warning);
        Assert.Empty(await ChildrenAsync());
    }

    [Fact]
    public async Task Lines_of_one_household_must_agree()
    {
        var report = await village.ImportAsync(Village.Line("1", "甲小一") + "\n" + Village.Line("1", "甲小二").Replace("1号院", "2号院", StringComparison.Ordinal));
        Assert.Equal([Verdict.Applied, Verdict.Rejected], report.Lines.Select(l => l.Verdict));
        Assert.Equal("住址", Assert.Single(report.Problems).Column);
    }

    [Fact]
    public async Task Whoever_may_not_is_refused_before_the_file_is_read()
    {
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => village.ImportAsync("", headings: "?", caller: village.Registry.AsOfficer(Places.NextCounty))));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => village.ImportAsync("", headings: "?", caller: village.Registry.As(Department.CivilAffairs, Role.VillageWorker, Places.Matian))));
        foreach (var caller in (CallOptions[])[village.Registry.AsOfficer("4310"), village.Registry.AsOfficer(Places.County, Department.Police), village.Registry.AsOfficer(Places.County, Department.Education), village.Registry.As("p", Places.County)])
            Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(() => village.ImportAsync(Village.Line("1", "甲小一"), caller: caller)));
        Assert.Equal(Verdict.Applied, (await village.ImportAsync(Village.Line("1", "甲小一"), caller: village.Registry.AsOfficer())).Lines[0].Verdict);
    }

    [Theory]
    [InlineData("content", "户号,姓名,备注\n1,甲小一,x"), InlineData("content", ""), InlineData("content", "PK\u0003\u0004"), InlineData("content", "户号,姓名,出生日期\n1,\"甲小一,2016-05-01")]
    public async Task A_file_that_cannot_be_read_is_refused_without_a_word_of_it(string field, string text)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => village.ImportAsync(Encoding.UTF8.GetBytes(text), ListFormat.Csv));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith(field + ":", refused.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("甲小一", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_field_that_is_wrong_is_named()
    {
        var client = new PaperLists.PaperListsClient(village.Registry.Channel);
        foreach (var (field, spoil) in new (string, Action<ImportPaperListRequest>)[] { ("import_id", r => r.ImportId = "7"), ("format", r => r.Format = ListFormat.Unspecified), ("division_code", r => r.DivisionCode = "苏仙区"), ("division_code", r => r.DivisionCode = village.Code[..9]) })
        {
            var request = village.Request("户号,姓名,出生日期"u8.ToArray(), ListFormat.Csv);
            spoil(request);
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await client.ImportPaperListAsync(request, village.Registry.AsOfficer()));
            Assert.Equal((StatusCode.InvalidArgument, field), (refused.StatusCode, refused.Status.Detail.Split(':')[0]));
        }
    }

    [Fact]
    public async Task A_partner_may_not_speak_as_a_village()
    {
        var feed = new Feed(village.Registry, village.Source, Places.County);
        var verdict = await feed.AskAsync(feed.Household("file:" + Guid.NewGuid(), village.Code));
        Assert.Equal((Verdict.Rejected, "row"), (verdict.Verdict, verdict.Field));
    }

    private Task<List<string>> ChildrenAsync() => village.Registry.ColumnAsync(
        "select child::text from registry.child_place where residence = $1", Contracts.DivisionId.Parse(village.Code + "@2023").Value);

    private static async Task<StatusCode> RefusedAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;
}
