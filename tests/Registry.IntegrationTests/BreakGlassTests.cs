using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Obligations.V1;
using LeftBehind.Protos.Reads.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>紧急查阅: an officer of the city reads of a county for three hours, with a reason, and the county knows.</summary>
public sealed class BreakGlassTests(RegistryServers servers) : IAsyncLifetime
{
    private const string City = "4310";
    private readonly SetClock clock = new(new DateTimeOffset(2026, 5, 6, 1, 0, 0, TimeSpan.Zero));
    private RunningRegistry registry = null!;

    private BreakGlass.BreakGlassClient Glass => new(registry.Channel);

    public async ValueTask InitializeAsync() => registry = await servers.StartAsync(clock);

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Fact]
    public async Task Under_it_he_reads_as_the_county_does_until_it_runs_out_and_every_use_is_on_record()
    {
        var child = await ChildAsync("h1");
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(child, grant: null));
        var grant = await DeclareAsync();
        Assert.Equal(("4310", Places.County, Requests(clock.GetUtcNow().AddHours(3)), false), (grant.ByDivisionCode, grant.DivisionCode, grant.Until, grant.Acknowledged));
        Assert.Equal("李小禾", (await RevealAsync(child, grant.GrantId)).Single().Name);
        // Without naming it he has no more than before, and what is named is his alone, for reading alone, of his own department.
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(child, grant: null));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(child, grant.GrantId, account: "another"));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(child, grant.GrantId, department: Department.Police));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(child, Guid.NewGuid().ToString()));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(child, "no grant"));
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(async () => await registry.Client.CloseFileAsync(
            new() { ChildId = child, Reason = CloseReason.CloseMovedAway, ExpectedVersion = 1 }, With(grant.GrantId)))).StatusCode);

        var read = (await new PersonalReads.PersonalReadsClient(registry.Channel).ListReadsAsync(new() { DivisionCode = Places.County, SubjectId = child }, registry.AsOfficer())).Reads.Single();
        Assert.Equal(("officer-of-city", grant.GrantId), (read.Reader, read.BreakGlassId));
        var listed = (await Glass.ListBreakGlassAsync(new() { DivisionCode = Places.County }, registry.AsOfficer())).Grants.Single();
        Assert.Equal(["leftbehind.registry.v1.Registry/RevealIdentities"], listed.Uses.Select(u => u.Method));

        clock.Advance(TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1));
        Assert.Single(await RevealAsync(child, grant.GrantId));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(child, grant.GrantId));
    }

    [Fact]
    public async Task The_county_is_told_at_once_and_takes_note_of_it()
    {
        var grant = await DeclareAsync();
        var duty = (await registry.Duties.ListObligationsAsync(new() { DivisionCode = Places.County, Kind = "registry.acknowledgeBreakGlass" }, registry.AsOfficer())).Obligations.Single();
        Assert.Equal((Places.County, ObligationState.Open), (duty.DivisionCode, duty.State));
        Assert.True((await Glass.AcknowledgeBreakGlassAsync(new() { GrantId = grant.GrantId }, registry.AsOfficer())).Acknowledged);
        Assert.True((await Glass.AcknowledgeBreakGlassAsync(new() { GrantId = grant.GrantId }, registry.AsOfficer())).Acknowledged);
        Assert.Empty((await registry.Duties.ListObligationsAsync(new() { DivisionCode = Places.County, Kind = "registry.acknowledgeBreakGlass" }, registry.AsOfficer())).Obligations);
        Assert.Equal(["break_glass_declared", "break_glass_acknowledged"], await registry.EventsOfAsync(grant.GrantId));
        Assert.Empty((await Glass.ListBreakGlassAsync(new() { DivisionCode = Places.NextCounty }, registry.AsOfficer(Places.NextCounty))).Grants);
    }

    [Fact]
    public async Task Who_declared_it_ends_it_and_it_lets_nothing_be_read_from_then_on()
    {
        var child = await ChildAsync("h1");
        var grant = await DeclareAsync();
        Assert.Single(await RevealAsync(child, grant.GrantId));
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(async () => await Glass.EndBreakGlassAsync(new() { GrantId = grant.GrantId }, registry.AsAccount("another", City)))).StatusCode);
        var ended = await Glass.EndBreakGlassAsync(new() { GrantId = grant.GrantId }, Officer());
        Assert.Equal(Requests(clock.GetUtcNow()), ended.Until);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(ended, await Glass.EndBreakGlassAsync(new() { GrantId = grant.GrantId }, Officer()));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(child, grant.GrantId));
    }

    [Fact]
    public async Task It_is_of_one_county_and_the_same_request_is_one_break_glass()
    {
        var request = new DeclareBreakGlassRequest { RequestId = Guid.NewGuid().ToString(), DivisionCode = Places.NextCounty, Reason = "夜间接报，紧急核实" };
        var grant = await Glass.DeclareBreakGlassAsync(request, Officer());
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(grant, await Glass.DeclareBreakGlassAsync(request, Officer()));
        Assert.Equal(StatusCode.FailedPrecondition, await DeclaredAsync(new(request) { Reason = "另一个理由" }));
        // A child of another county is not there.
        Assert.Empty(await RevealAsync(await ChildAsync("h1"), grant.GrantId));

        foreach (var (field, bad) in (IEnumerable<(string, DeclareBreakGlassRequest)>)
            [
                ("request_id", new(request) { RequestId = "1" }), ("reason", new(request) { Reason = "" }), ("reason", new(request) { Reason = "核实 431003201605017421" }),
                ("division_code", new(request) { DivisionCode = City }), ("division_code", new(request) { DivisionCode = "x" }),
            ])
            Assert.StartsWith(field, (await Assert.ThrowsAsync<RpcException>(async () => await Glass.DeclareBreakGlassAsync(bad, Officer()))).Status.Detail, StringComparison.Ordinal);
        Assert.Equal(StatusCode.NotFound, await DeclaredAsync(new(request) { DivisionCode = "431102" }));
    }

    private async Task<string> ChildAsync(string household)
    {
        var feed = new Feed(registry, "source-a", Places.County);
        return (await feed.TakeAsync(feed.Household(household), feed.Member(household, household + "c", "李小禾")))[1];
    }

    private async Task<BreakGlassGrant> DeclareAsync() =>
        await Glass.DeclareBreakGlassAsync(new() { RequestId = Guid.NewGuid().ToString(), DivisionCode = Places.County, Reason = "夜间接报，紧急核实" }, Officer());

    private async Task<StatusCode> DeclaredAsync(DeclareBreakGlassRequest request) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await Glass.DeclareBreakGlassAsync(request, Officer()))).StatusCode;

    private async Task<IReadOnlyList<Identity>> RevealAsync(string child, string? grant, string account = "officer-of-city", Department department = Department.CivilAffairs) =>
        (await registry.Client.RevealIdentitiesAsync(new() { ChildIds = { child }, Purpose = "核对身份" }, With(grant, account, department))).Identities;

    private async Task<StatusCode> RefusedAsync(string child, string? grant, string account = "officer-of-city", Department department = Department.CivilAffairs) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await RevealAsync(child, grant, account, department))).StatusCode;

    private CallOptions Officer() => registry.AsAccount("officer-of-city", City);

    private CallOptions With(string? grant, string account = "officer-of-city", Department department = Department.CivilAffairs)
    {
        var call = registry.AsAccount(account, City, department);
        if (grant is not null)
            call.Headers!.Add("break-glass", grant);
        return call;
    }

    private static string Requests(DateTimeOffset at) => Calls.Requests.Written(at);
}
