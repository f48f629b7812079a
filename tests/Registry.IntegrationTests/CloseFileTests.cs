using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Files are closed and opened again by civil affairs of village, town and county, each on the version it saw.</summary>
public sealed class CloseFileTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();

    [Fact]
    public async Task A_file_is_closed_and_opened_again_once_each()
    {
        var (child, version) = await ChildAsync();
        var closed = await CloseAsync(child, version, CloseReason.CloseMovedAway);
        Assert.Equal(("MovedAway", version + 1), (closed.State, closed.Version));
        Assert.Equal(closed, await CloseAsync(child, version, CloseReason.CloseMovedAway));
        var open = await ReopenAsync(child, closed.Version, ReopenReason.ReopenMovedBack);
        Assert.Equal(("Open", closed.Version + 2), (open.State, open.Version));
        Assert.Equal(open, await ReopenAsync(child, 1, ReopenReason.ReopenMovedBack));
        Assert.Equal(["child_file_closed", "child_file_reopened", "category_changed"], (await feed.Registry.EventsOfAsync(child))[^3..]);
        var facts = await feed.Registry.FactsAsync(child);
        Assert.Equal(("LeftBehind", "MovedBack"), (facts.GetProperty("category").GetString(), facts.GetProperty("reopened").GetString()));
        Assert.Single(await feed.Registry.ColumnAsync("select child::text from registry.due_determination where child = $1", Guid.Parse(child)));
        Assert.Equal("user-7@civil-affairs/431003@2023/officer",
            Assert.Single(await feed.Registry.ColumnAsync("select headers->>'actor' from registry.mt_events where stream_id = $1 and type = 'child_file_closed'", Guid.Parse(child))));
    }

    [Fact]
    public async Task A_stale_version_is_aborted_and_changes_nothing()
    {
        var (child, version) = await ChildAsync();
        foreach (var stale in new[] { version - 1, version + 1 })
            Assert.Equal(StatusCode.Aborted, await RefusedAsync(() => CloseAsync(child, stale, CloseReason.CloseDeceased)));
        var closed = await CloseAsync(child, version, CloseReason.CloseEnteredInError);
        Assert.Equal(StatusCode.Aborted, await RefusedAsync(() => ReopenAsync(child, version, ReopenReason.ReopenClosedInError)));
        Assert.Equal(version + 1, closed.Version);
        Assert.Equal((int)closed.Version, (await feed.Registry.EventsOfAsync(child)).Count);
    }

    [Fact]
    public async Task Who_died_stays_closed()
    {
        var (child, version) = await ChildAsync();
        var closed = await CloseAsync(child, version, CloseReason.CloseDeceased);
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => ReopenAsync(child, closed.Version, ReopenReason.ReopenClosedInError)));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => CloseAsync(child, closed.Version, CloseReason.CloseMovedAway)));
    }

    [Fact]
    public async Task Outside_and_unknown_are_not_found_and_cities_may_not_call()
    {
        var (child, version) = await ChildAsync();
        var outside = feed.Registry.AsOfficer(Places.NextCounty);
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => CloseAsync(child, version, CloseReason.CloseMovedAway, outside)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => ReopenAsync(child, version, ReopenReason.ReopenMovedBack, outside)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => CloseAsync(Guid.NewGuid().ToString(), 1, CloseReason.CloseMovedAway)));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(() => CloseAsync(child, version, CloseReason.CloseMovedAway, feed.Registry.AsOfficer("4310"))));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(() => CloseAsync(child, version, CloseReason.CloseMovedAway, feed.Registry.AsOfficer(Places.County, Department.Police))));
        Assert.Equal("MovedAway", (await CloseAsync(child, version, CloseReason.CloseMovedAway, feed.Registry.AsOfficer(Places.Matian))).State);
    }

    [Fact]
    public async Task A_wrong_field_is_named()
    {
        var (child, version) = await ChildAsync();
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => CloseAsync(child, version, CloseReason.Unspecified)));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => CloseAsync(child, 0, CloseReason.CloseDeceased)));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => CloseAsync("李小禾", version, CloseReason.CloseDeceased)));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => ReopenAsync(child, version, ReopenReason.Unspecified)));
    }

    /// <summary>A child left behind, with the version that WhyEligible tells.</summary>
    private async Task<(string Child, long Version)> ChildAsync()
    {
        var child = (await feed.TakeAsync(feed.Family("h1")))[1];
        var why = await feed.Registry.Client.WhyEligibleAsync(new() { ChildId = child }, feed.Registry.AsOfficer());
        Assert.Equal(("LeftBehind", "ParentsLeft"), (why.Category, Assert.Single(why.ChangedBecause)));
        return (child, why.Version);
    }

    private async Task<ChildFile> CloseAsync(string child, long version, CloseReason reason, CallOptions? caller = null) =>
        await feed.Registry.Client.CloseFileAsync(new() { ChildId = child, Reason = reason, ExpectedVersion = version }, caller ?? feed.Registry.AsOfficer());

    private async Task<ChildFile> ReopenAsync(string child, long version, ReopenReason reason, CallOptions? caller = null) =>
        await feed.Registry.Client.ReopenFileAsync(new() { ChildId = child, Reason = reason, ExpectedVersion = version }, caller ?? feed.Registry.AsOfficer());

    private static async Task<StatusCode> RefusedAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;
}
