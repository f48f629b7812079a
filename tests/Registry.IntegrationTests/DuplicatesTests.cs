using Grpc.Core;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Matching;
using DismissalReason = LeftBehind.Protos.Registry.V1.DismissalReason;
using UnmergeReason = LeftBehind.Protos.Registry.V1.UnmergeReason;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Two files of one child are suspected, settled by a person, merged by a link and parted again.</summary>
public sealed class DuplicatesTests(ComparingRegistry comparing) : IClassFixture<ComparingRegistry>
{
    private static int born;

    private readonly RunningRegistry registry = comparing.Registry;
    private readonly Feed police = new(comparing.Registry, $"police-{born}", Places.County), health = new(comparing.Registry, $"health-{born}", Places.County);

    /// <summary>A birth date of this test's own: these tests share a Registry.</summary>
    private readonly string day = new DateOnly(2013, 1, 1).AddDays(Interlocked.Add(ref born, 37)).ToString("yyyy-MM-dd");

    private CallOptions Officer => registry.AsOfficer();

    [Fact]
    public async Task One_child_pushed_by_two_sources_without_numbers_is_suspected_once()
    {
        var (older, newer) = await TwoFilesAsync("严小禾", "严小禾");
        var pair = Assert.Single(await ListAsync(newer));
        Assert.Equal((newer, older), (pair.ChildId, pair.OtherId));
        Assert.Contains("Name:Same", pair.Evidence);
        Assert.Contains("duplicate_suspected", await registry.EventsOfAsync(newer));

        await health.TakeAsync(health.Household("h1", Places.Neighbour));
        await SweepAsync();
        await health.TakeAsync(health.Household("h1"));
        await SweepAsync();
        Assert.Single(await registry.EventsOfAsync(newer), "duplicate_suspected");
        Assert.DoesNotContain("严", string.Concat(await registry.ColumnAsync("select data::text from registry.mt_events where stream_id = $1 and type = 'duplicate_suspected'", Guid.Parse(newer))));
    }

    [Fact]
    public async Task Twins_stay_two()
    {
        await police.TakeAsync(police.Household("t1"), Mother(police, "t1"), police.Member("t1", "a", "严小苗", day), police.Member("t1", "b", "严小麦", day));
        var told = await health.TakeAsync(health.Household("t1"), Mother(health, "t1"), health.Member("t1", "b", "严小麦", day));
        await SweepAsync();
        var pair = Assert.Single(await ListAsync(told[2]));
        Assert.Contains("Name:Same", pair.Evidence);
    }

    [Fact]
    public async Task A_confirmed_pair_is_counted_once_acts_as_one_and_is_parted_again()
    {
        var (older, newer) = await TwoFilesAsync("严小路", "严小路");
        var version = Assert.Single(await ListAsync(newer)).Version;
        var stale = await Assert.ThrowsAsync<RpcException>(() => ConfirmAsync(newer, older, version - 1));
        Assert.Equal(StatusCode.Aborted, stale.StatusCode);

        var settled = await ConfirmAsync(newer, older, version);
        Assert.Equal((older, version + 1), (settled.ChildId, settled.Version));
        Assert.Equal("MergedInto", (await registry.FactsAsync(newer)).GetProperty("state").GetString());
        Assert.Empty(await ListAsync(newer));
        Assert.Equal(older, (await ConfirmAsync(newer, older, version)).ChildId);
        Assert.Single(await registry.EventsOfAsync(newer), "child_file_merged");

        var rows = await health.TakeAsync(health.Parent("c", Parent.Father), health.Carer("c"));
        Assert.All(rows, id => Assert.Equal(older, id));
        Assert.Equal(older, (await registry.Client.WhyEligibleAsync(new() { ChildId = newer }, Officer)).ChildId);
        Assert.Equal(older, (await health.AskAsync(health.Member("h1", "c", "严小路", day, phone: "13800005555"))).SubjectId);

        var parted = await UnlinkAsync(newer, settled.Version);
        Assert.Equal(newer, parted.ChildId);
        Assert.Equal("Open", (await registry.FactsAsync(newer)).GetProperty("state").GetString());
        Assert.Equal(parted.Version, (await UnlinkAsync(newer, 1)).Version);
        Assert.Equal(newer, (await health.TakeAsync(health.Parent("c", Parent.Mother)))[0]);
        await SweepAsync();
        Assert.Empty(await ListAsync(newer));
    }

    [Fact]
    public async Task What_a_merged_file_tells_counts_where_the_other_knows_nothing_and_goes_back_with_it()
    {
        var (older, newer) = await TwoFilesAsync("严小桥", "严小桥");
        await health.TakeAsync(health.Parent("c", Parent.Father), health.Parent("c", Parent.Mother), health.Carer("c"));
        Assert.Equal(("None", "LeftBehind"), (await CategoryAsync(older), await CategoryAsync(newer)));
        var settled = await ConfirmAsync(newer, older, (await registry.EventsOfAsync(newer)).Count);
        Assert.Equal(("LeftBehind", "None"), (await CategoryAsync(older), await CategoryAsync(newer)));
        Assert.Equal("Grandparents", (await registry.FactsAsync(older)).GetProperty("carer").GetString());

        // What is told of the merged file meanwhile is its own: its household moves, its mother is back.
        await health.TakeAsync(health.Household("h1", Places.Neighbour), health.Parent("c", Parent.Mother, ParentState.AtHome, "2025-06-01"));
        Assert.Equal("None", await CategoryAsync(older));
        Assert.Equal((older, Verdict.Unchanged), await AskAsync(health.Parent("c", Parent.Mother, ParentState.AtHome, "2025-06-01")));
        Assert.Equal(older, (await registry.Client.CloseFileAsync(new() { ChildId = newer, Reason = CloseReason.CloseMovedAway, ExpectedVersion = await VersionAsync(older) }, Officer)).ChildId);
        await registry.Client.ReopenFileAsync(new() { ChildId = newer, Reason = ReopenReason.ReopenMovedBack, ExpectedVersion = await VersionAsync(older) }, Officer);

        await police.TakeAsync(police.Parent("c", Parent.Father), police.Parent("c", Parent.Mother));
        Assert.Equal("LeftBehind", await CategoryAsync(older));
        await UnlinkAsync(newer, await VersionAsync(newer));
        Assert.Equal(("LeftBehind", "None"), (await CategoryAsync(older), await CategoryAsync(newer)));
        var (mine, its) = (await registry.FactsAsync(older), await registry.FactsAsync(newer));
        Assert.Equal(("NotCollected", "Grandparents"), (mine.GetProperty("carer").GetString(), its.GetProperty("carer").GetString()));
        Assert.Equal((Places.Matian + "@2023", Places.Neighbour + "@2023"), (mine.GetProperty("residence").GetString(), its.GetProperty("residence").GetString()));
        Assert.True(settled.Version < await VersionAsync(newer));
    }

    [Fact]
    public async Task A_dismissed_pair_is_not_suspected_again_on_the_same_evidence()
    {
        var (older, newer) = await TwoFilesAsync("严小石", "严小石");
        var version = Assert.Single(await ListAsync(newer)).Version;
        await registry.Client.DismissDuplicateAsync(new() { ChildId = newer, OtherId = older, Reason = DismissalReason.SameName, ExpectedVersion = version }, Officer);
        await health.TakeAsync(health.Member("h1", "c", "严小石", day, phone: "13800006666"));
        await SweepAsync();
        Assert.Empty(await ListAsync(newer));
        Assert.Single(await registry.EventsOfAsync(newer), "duplicate_suspected");
    }

    [Fact]
    public async Task A_child_is_found_by_name_inside_the_callers_divisions_alone_and_the_search_is_recorded()
    {
        var child = (await police.TakeAsync(police.Household("s1"), police.Member("s1", "a", "严 小·星", day)))[1];
        await SweepAsync();
        Assert.Equal([child], (await SearchAsync("严小星", Places.County)).ChildIds);
        Assert.Equal([child], (await SearchAsync("严小星", Places.Matian, day)).ChildIds);
        Assert.Empty((await SearchAsync("严小星", Places.County, "2001-01-01")).ChildIds);
        Assert.Empty((await SearchAsync("严小", Places.County)).ChildIds);
        Assert.Empty((await registry.Client.SearchChildrenAsync(
            new() { Name = "严小星", DivisionCode = Places.NextCounty, Purpose = "入户核实" }, registry.AsOfficer(Places.NextCounty))).ChildIds);
        var outside = await Assert.ThrowsAsync<RpcException>(() => SearchAsync("严小星", Places.NextCounty));
        Assert.Equal(StatusCode.NotFound, outside.StatusCode);
        Assert.Equal(2, (await registry.ColumnAsync("select purpose from registry.personal_read where $1 = any(subjects)", Guid.Parse(child))).Count);
    }

    [Fact]
    public async Task What_lies_outside_is_settled_by_nobody_here()
    {
        var (older, newer) = await TwoFilesAsync("严小海", "严小海");
        var outside = await Assert.ThrowsAsync<RpcException>(async () => await registry.Client.ConfirmDuplicateAsync(
            new() { ChildId = newer, OtherId = older, ExpectedVersion = 1 }, registry.AsOfficer(Places.NextCounty)));
        Assert.Equal(StatusCode.NotFound, outside.StatusCode);
        var village = await Assert.ThrowsAsync<RpcException>(async () => await registry.Client.ConfirmDuplicateAsync(
            new() { ChildId = newer, OtherId = older, ExpectedVersion = 1 }, registry.AsOfficer(Places.Matian)));
        Assert.Equal(StatusCode.PermissionDenied, village.StatusCode);
    }

    private async Task<(string Older, string Newer)> TwoFilesAsync(string one, string other)
    {
        var older = (await police.TakeAsync(police.Household("h1"), police.Member("h1", "c", one, day)))[1];
        var newer = (await health.TakeAsync(health.Household("h1"), health.Member("h1", "c", other, day)))[1];
        Assert.NotEqual(older, newer);
        await SweepAsync();
        return (older, newer);
    }

    private async Task<string?> CategoryAsync(string child) => (await registry.FactsAsync(child)).GetProperty("category").GetString();

    private async Task<long> VersionAsync(string child) => (await registry.EventsOfAsync(child)).Count;

    private async Task<(string, Verdict)> AskAsync(HouseholdRow row) => await health.AskAsync(row) is var v ? (v.SubjectId, v.Verdict) : default;

    private static HouseholdRow Mother(Feed feed, string household) => feed.Row(r => r.Member = new()
    { HouseholdNo = household, PersonNo = household + "m", Name = "龚桂花", BirthDate = "1990-03-03", Sex = Sex.Female, Relation = Relation.Spouse });

    private Task<int> SweepAsync() => registry.Service<SuspectDuplicates>().SweepAsync(TestContext.Current.CancellationToken);

    private async Task<List<SuspectedDuplicate>> ListAsync(string child)
    {
        var (found, token) = (new List<SuspectedDuplicate>(), "");
        do
        {
            var page = await registry.Client.ListSuspectedDuplicatesAsync(new() { DivisionCode = Places.County, PageSize = 2, PageToken = token }, Officer);
            found.AddRange(page.Pairs.Where(p => p.ChildId == child));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return found;
    }

    private async Task<DuplicateSettled> ConfirmAsync(string child, string other, long version) =>
        await registry.Client.ConfirmDuplicateAsync(new() { ChildId = child, OtherId = other, ExpectedVersion = version }, Officer);

    private async Task<DuplicateSettled> UnlinkAsync(string child, long version) =>
        await registry.Client.UnlinkDuplicateAsync(new() { ChildId = child, Reason = UnmergeReason.MergedInError, ExpectedVersion = version }, Officer);

    private async Task<FoundChildren> SearchAsync(string name, string division, string born = "") =>
        await registry.Client.SearchChildrenAsync(new() { Name = name, BirthDate = born, DivisionCode = division, Purpose = "入户核实" }, Officer);
}
