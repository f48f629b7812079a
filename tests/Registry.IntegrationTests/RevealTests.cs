using Grpc.Core;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Names are told to those who may know them, with a purpose, and every time that is recorded.</summary>
public sealed class RevealTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();
    private readonly RunningRegistry registry = servers.Registry;

    private async Task<RevealedIdentities> RevealAsync(IEnumerable<string> ids, string purpose = "入户核实", string division = Places.County) =>
        await registry.Client.RevealIdentitiesAsync(new() { ChildIds = { ids }, Purpose = purpose }, registry.AsOfficer(division));

    [Fact]
    public async Task A_child_is_named_as_it_was_told_last_and_the_read_is_recorded()
    {
        var number = IdNumber.Female(Feed.Born);
        var child = (await feed.TakeAsync(feed.Household("h1", address: "麻田村三组9号"), feed.Member("h1", "c1", "李小和", number: number), feed.Carer("c1")))[1];
        await feed.TakeAsync(feed.Member("h1", "c1", "李小禾", number: number, phone: "13800003333"), feed.Household("h1", address: "麻田村三组10号"));

        var told = Assert.Single((await RevealAsync([child, child])).Identities);

        Assert.Equal(
            new Identity
            {
                ChildId = child, Name = "李小禾", IdNumber = number, BirthDate = Feed.Born, Sex = Sex.Female, Address = "麻田村三组10号", Phone = "13800003333",
            }, told);
        Assert.Equal(["user-7 CivilAffairs Officer identity 入户核实"], await ReadsAsync(child));
    }

    [Fact]
    public async Task A_phone_is_told_to_those_alone_who_read_contacts()
    {
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", "李小禾", phone: "13800003333")))[1];
        var told = Assert.Single((await registry.Client.RevealIdentitiesAsync(
            new() { ChildIds = { child }, Purpose = "核查身份" }, registry.AsOfficer(Places.County, Access.Department.Police))).Identities);
        Assert.Equal(("李小禾", ""), (told.Name, told.Phone));
        Assert.Equal("13800003333", Assert.Single((await RevealAsync([child])).Identities).Phone);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  看 ")]
    [InlineData("入户核实\u0000")]
    public async Task Without_a_purpose_nothing_is_told(string purpose)
    {
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1")))[1];
        var refused = await Assert.ThrowsAsync<RpcException>(() => RevealAsync([child], purpose));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Empty(await ReadsAsync(child));
    }

    [Fact]
    public async Task Too_many_ids_none_and_what_is_no_id_are_refused()
    {
        foreach (var ids in (string[][])[[], ["李小禾"], [.. Enumerable.Range(0, 201).Select(_ => Guid.NewGuid().ToString())]])
            Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => RevealAsync(ids))).StatusCode);
    }

    [Fact]
    public async Task A_child_outside_is_absent_as_one_that_never_was()
    {
        var inside = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1")))[1];
        var next = feed.Of(Places.NextCounty);
        var outside = (await next.TakeAsync(next.Household("h2", Places.NextCountyVillage), next.Member("h2", "c2")))[1];
        var household = (await feed.TakeAsync(feed.Household("h3")))[0];
        var told = await RevealAsync([outside, Guid.NewGuid().ToString(), household, inside]);
        Assert.Equal(inside, Assert.Single(told.Identities).ChildId);
        Assert.Empty(await ReadsAsync(outside));
    }

    [Fact]
    public async Task The_province_may_not_name_children_and_neither_may_a_partner()
    {
        foreach (var call in new[] { registry.AsOfficer("43"), registry.As(feed.Source, Places.County) })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await registry.Client.RevealIdentitiesAsync(new() { ChildIds = { Guid.NewGuid().ToString() }, Purpose = "入户核实" }, call));
            Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        }
    }

    [Fact]
    public async Task After_erasure_the_facts_stay_the_words_are_gone_and_a_push_brings_nothing_back()
    {
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", phone: "13800004444"), feed.Carer("c1")))[1];
        await DestroyKeyAsync(child);

        var told = Assert.Single((await RevealAsync([child])).Identities);
        Assert.Equal(("", "", "", Feed.Born), (told.Name, told.IdNumber, told.Phone, told.BirthDate));

        var events = await registry.EventsOfAsync(child);
        var again = await feed.PushAsync(feed.Member("h1", "c1", "李小禾", number: IdNumber.Female(Feed.Born)), feed.Carer("c1", name: "别人"));
        Assert.All(again.Rows, v => Assert.Equal(Verdict.Unchanged, v.Verdict));
        Assert.Equal(events, await registry.EventsOfAsync(child));
        Assert.Equal("", Assert.Single((await RevealAsync([child])).Identities).Name);
    }

    [Fact]
    public async Task Why_a_child_counts_can_be_asked_inside_only()
    {
        var child = (await feed.TakeAsync(feed.Family("h1")))[1];
        async Task<Determination> WhyAsync(string id, string division = Places.County) =>
            await registry.Client.WhyEligibleAsync(new() { ChildId = id }, registry.AsOfficer(division));

        var why = await WhyAsync(child);
        Assert.Equal(("LeftBehind", "BothParentsOut", "2016-13/2"), (why.Category, why.Reason, why.RuleVersion));
        Assert.Equal(["yes", "yes", "yes", "yes", "no", "no"], why.Findings.Take(6).Select(f => f.Found));

        var outside = await Assert.ThrowsAsync<RpcException>(() => WhyAsync(child, Places.NextCounty));
        var unknown = await Assert.ThrowsAsync<RpcException>(() => WhyAsync(Guid.NewGuid().ToString()));
        Assert.Equal((StatusCode.NotFound, unknown.Status.Detail), (outside.StatusCode, outside.Status.Detail));
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => WhyAsync("c1"))).StatusCode);
    }

    private Task<List<string>> ReadsAsync(string child) => registry.ColumnAsync(
        "select reader || ' ' || department || ' ' || role || ' ' || what || ' ' || purpose from registry.personal_read where $1 = any(subjects)", Guid.Parse(child));

    private async Task DestroyKeyAsync(string child)
    {
        var opened = (await registry.ColumnAsync("select data->>'identity' from registry.mt_events where stream_id = $1 and type = 'child_file_opened'", Guid.Parse(child)))[0];
        Assert.True(Sealed.TryParse(opened, out var value));
        await using var connection = await registry.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await registry.Service<PersonKeyTable>().Destroy(connection, null, [value.KeyId], TestContext.Current.CancellationToken));
    }
}
