using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Divisions;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Every command of hazard screening against what may be wrong with it. Each test has a village of its own, and a campaign there.</summary>
public sealed class HazardScreeningTests(RegistryServers servers)
{
    private static readonly string[] Villages =
        [.. Places.Tree.Children(Places.Tree.Parent(Contracts.DivisionId.Parse(Places.Matian + "@2023"))!.Value).Select(v => Places.Tree.Code(v).ToString()).Where(c => c is not Places.Matian)];

    private static int taken;

    private readonly RunningRegistry registry = servers.Registry;
    private readonly Feed feed = servers.Partner();
    private readonly string village = Villages[Interlocked.Increment(ref taken)];
    private readonly DateOnly today = WorkCalendar.DayOf(TimeProvider.System.GetUtcNow());

    private string Today => Day(0);

    private CallOptions County => registry.AsOfficer();

    private CallOptions Village => registry.AsOfficer(village);

    [Fact]
    public async Task A_campaign_is_opened_once_listed_and_closed_once_on_the_version_seen()
    {
        var campaign = await OpenAsync();
        Assert.Equal(campaign, await OpenAsync());
        Assert.Contains(campaign, (await registry.Hazards.ListCampaignsAsync(new() { DivisionCode = village }, Village)).Campaigns);
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => OpenAsync(until: Day(3))));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => OpenAsync(village[..9])));
        Assert.NotEqual(campaign.CampaignId, (await OpenAsync(from: Day(41), until: Day(50))).CampaignId);

        Assert.Equal(StatusCode.Aborted, await RefusedAsync(() => CloseAsync(campaign, 2)));
        var closed = await CloseAsync(campaign, 1);
        Assert.Equal((false, 2L), (closed.Open, closed.Version));
        Assert.Equal(closed, await CloseAsync(campaign, 1));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => OpenAsync()));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => ScreenAsync(campaign, [], place: true)));
    }

    [Fact]
    public async Task A_campaign_needs_a_kind_a_division_and_a_period()
    {
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => OpenAsync(kind: CampaignKind.Unspecified)));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => OpenAsync(from: Day(5), until: Day(4))));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => OpenAsync(until: Day(200))));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => OpenAsync(from: "明天")));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => OpenAsync("4310")));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => OpenAsync(from: Day(-9), until: Day(-1))));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => OpenAsync(Places.NextCountyVillage)));
    }

    [Fact]
    public async Task Who_may_not_is_refused_and_what_lies_outside_is_not_found()
    {
        var (campaign, child) = (await OpenAsync(), await ChildAsync("h1"));
        var hazard = (await ScreenAsync(campaign, [Endangered(child)])).Children[0].HazardIds[0];
        var beside = registry.AsOfficer(Villages[^1]);
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(() => OpenAsync(caller: registry.AsOfficer(village[..9]))));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(() => CloseAsync(campaign, 1, Village)));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(() => ScreenAsync(campaign, [Safe(child)], caller: County)));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(() => OrderAsync(hazard, caller: Village)));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(() => RectifiedAsync(hazard, 1, caller: registry.AsOfficer(Places.County, Department.Police))));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(() => InjuryAsync(child, caller: registry.AsOfficer(Places.County, Department.Education))));
        foreach (var call in (Func<CallOptions, Task>[])
        [
            caller => CloseAsync(campaign, 1, caller), caller => OrderAsync(hazard, caller: caller), caller => RectifiedAsync(hazard, 1, caller: caller), caller => InjuryAsync(child, caller: caller),
            caller => registry.Hazards.ListHazardsAsync(new() { DivisionCode = village }, caller).ResponseAsync,
            caller => registry.Hazards.GetHazardAsync(new() { HazardId = hazard, Purpose = "安排整改" }, caller).ResponseAsync,
            caller => registry.Hazards.GetCampaignProgressAsync(new() { CampaignId = campaign.CampaignId, DivisionCode = village }, caller).ResponseAsync,
        ])
            Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => call(registry.AsOfficer(Places.NextCounty))));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => ScreenAsync(campaign, [Safe(child)], caller: beside)));
        // A campaign elsewhere, in the caller's own division.
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => registry.Hazards.GetCampaignProgressAsync(
            new() { CampaignId = campaign.CampaignId, DivisionCode = Places.NextCounty }, registry.AsOfficer(Places.NextCounty)).ResponseAsync));
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var (campaign, unknown) = (await OpenAsync(), Guid.NewGuid().ToString());
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => CloseAsync(new() { CampaignId = unknown }, 1)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => ScreenAsync(new() { CampaignId = unknown }, [], place: true)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => ScreenAsync(campaign, [Safe(unknown)])));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => OrderAsync(unknown)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => RectifiedAsync(unknown, 1)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => InjuryAsync(unknown)));
    }

    [Fact]
    public async Task A_screening_is_taken_whole_or_not_at_all_and_says_which_row_is_wrong()
    {
        var (campaign, child, closed) = (await OpenAsync(), await ChildAsync("h1"), await ChildAsync("h2"));
        var elsewhere = (await feed.TakeAsync(feed.Household("h3", Villages[^1]), feed.Member("h3", "h3c")))[1];
        var version = (await registry.Client.WhyEligibleAsync(new() { ChildId = closed }, County)).Version;
        await registry.Client.CloseFileAsync(new() { ChildId = closed, Reason = CloseReason.CloseMovedAway, ExpectedVersion = version }, County);
        var town = registry.AsOfficer(village[..9]);
        Assert.StartsWith("children[1]", await WordsAsync(StatusCode.FailedPrecondition, () => ScreenAsync(campaign, [Safe(child), Safe(closed)])));
        Assert.StartsWith("children[1]", await WordsAsync(StatusCode.FailedPrecondition, () => ScreenAsync(campaign, [Safe(child), Safe(elsewhere)], caller: town)));
        Assert.StartsWith("children[1]", await WordsAsync(StatusCode.InvalidArgument, () => ScreenAsync(campaign, [Safe(child), Safe(child)])));
        Assert.StartsWith("children:", await WordsAsync(StatusCode.InvalidArgument, () => ScreenAsync(campaign, [])));
        Assert.StartsWith("children:", await WordsAsync(StatusCode.InvalidArgument, () => ScreenAsync(campaign, [.. Enumerable.Repeat(Safe(child), 201)])));
        Assert.StartsWith("children[0].hazards[0].kind", await WordsAsync(StatusCode.InvalidArgument, () => ScreenAsync(campaign, [Endangered(child, HazardKind.Unspecified)])));
        Assert.StartsWith("screened_on", await WordsAsync(StatusCode.FailedPrecondition, () => ScreenAsync(campaign, [Safe(child)], on: Day(1))));
        Assert.StartsWith("screened_on", await WordsAsync(StatusCode.FailedPrecondition, () => ScreenAsync(campaign, [Safe(child)], on: Day(-11))));
        Assert.Empty(await registry.ColumnAsync("select child::text from registry.screening where campaign = $1", Guid.Parse(campaign.CampaignId)));
        await ScreenAsync(campaign, [Safe(child)], on: Day(-10));
        Assert.Single(await registry.ColumnAsync("select child::text from registry.screening where campaign = $1", Guid.Parse(campaign.CampaignId)));
    }

    [Fact]
    public async Task A_request_is_taken_once_and_with_one_content()
    {
        var (campaign, child, request) = (await OpenAsync(), await ChildAsync("h1"), Guid.NewGuid().ToString());
        var first = await ScreenAsync(campaign, [Safe(child)], request: request);
        await ScreenAsync(campaign, [Endangered(child)]);
        // Told again after hazards were found meanwhile, it is answered as it was.
        Assert.Equal(first, await ScreenAsync(campaign, [Safe(child)], request: request));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => ScreenAsync(campaign, [Endangered(child)], request: request)));
        Assert.StartsWith("children[0]", await WordsAsync(StatusCode.FailedPrecondition, () => ScreenAsync(campaign, [Safe(child)])));
        var injury = await InjuryAsync(child, request);
        Assert.Equal(injury, await InjuryAsync(child, request));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => InjuryAsync(child, request, HazardKind.Poisoning)));
    }

    [Fact]
    public async Task A_hazard_is_changed_on_the_version_seen_and_a_repeat_is_answered_as_it_is()
    {
        var (campaign, child) = (await OpenAsync(), await ChildAsync("h1"));
        var hazard = (await ScreenAsync(campaign, [Endangered(child)])).Children[0].HazardIds[0];
        Assert.Equal(StatusCode.Aborted, await RefusedAsync(() => OrderAsync(hazard, version: 2)));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => OrderAsync(hazard, due: Day(-1))));
        var ordered = await OrderAsync(hazard);
        Assert.Equal((HazardState.Ordered, village[..9], RectifyingDepartment.Education), (ordered.State, ordered.OwnerCode, ordered.Department));
        Assert.Equal(ordered, await OrderAsync(hazard));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => OrderAsync(hazard, due: Day(3), version: 2)));
        Assert.Equal(["PlatformDefault"], await registry.ColumnAsync("select basis from registry.obligation_due where subject = $1", Guid.Parse(hazard)));
        Assert.Equal(StatusCode.Aborted, await RefusedAsync(() => RectifiedAsync(hazard, 1)));
        var rectified = await RectifiedAsync(hazard, 2);
        Assert.Equal(HazardState.Rectified, rectified.State);
        Assert.Equal(rectified, await RectifiedAsync(hazard, 2));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => RectifiedAsync(hazard, 3, Day(-1))));
        Assert.Empty(await registry.ColumnAsync("select id::text from registry.obligation_due where subject = $1", Guid.Parse(hazard)));
        Assert.Equal(["hazard_found", "rectification_ordered", "hazard_rectified"], await registry.EventsOfAsync(hazard));
    }

    private string Day(int days) => today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static ScreenedChild Safe(string child) => new() { ChildId = child };

    private static ScreenedChild Endangered(string child, HazardKind kind = HazardKind.Scald) =>
        new() { ChildId = child, Hazards = { new FoundHazard { Kind = kind, Place = HazardPlace.Home } } };

    private async Task<string> ChildAsync(string no) => (await feed.TakeAsync(feed.Household(no, village), feed.Member(no, no + "c")))[1];

    private async Task<HazardCampaign> OpenAsync(
        string? division = null, CampaignKind kind = CampaignKind.AfterSchool, string? from = null, string? until = null, CallOptions? caller = null) =>
        await registry.Hazards.OpenCampaignAsync(
            new() { Kind = kind, DivisionCode = division ?? village, From = from ?? Day(-10), Until = until ?? Day(40) }, caller ?? County);

    private async Task<HazardCampaign> CloseAsync(HazardCampaign campaign, long version, CallOptions? caller = null) =>
        await registry.Hazards.CloseCampaignAsync(new() { CampaignId = campaign.CampaignId, ExpectedVersion = version }, caller ?? County);

    private async Task<RecordedScreening> ScreenAsync(
        HazardCampaign campaign, ScreenedChild[] children, bool place = false, string? on = null, string? request = null, CallOptions? caller = null) =>
        await registry.Hazards.RecordScreeningAsync(new()
        {
            RequestId = request ?? Guid.NewGuid().ToString(), CampaignId = campaign.CampaignId, VillageCode = village, ScreenedOn = on ?? Today, Children = { children },
            Places = { place ? [new FoundHazard { Kind = HazardKind.Drowning, Place = HazardPlace.Water }] : Array.Empty<FoundHazard>() },
        }, caller ?? Village);

    private async Task<HazardRecord> OrderAsync(string hazard, string due = "", long version = 1, CallOptions? caller = null) =>
        await registry.Hazards.OrderRectificationAsync(new()
        { HazardId = hazard, DueOn = due, Level = RectifyingLevel.Town, Department = RectifyingDepartment.Education, ExpectedVersion = version }, caller ?? County);

    private async Task<HazardRecord> RectifiedAsync(string hazard, long version, string? on = null, CallOptions? caller = null) =>
        await registry.Hazards.RecordRectifiedAsync(new() { HazardId = hazard, RectifiedOn = on ?? Today, ExpectedVersion = version }, caller ?? County);

    private async Task<RecordedInjury> InjuryAsync(string child, string? request = null, HazardKind kind = HazardKind.Fall, CallOptions? caller = null) =>
        await registry.Hazards.RecordInjuryAsync(new()
        { RequestId = request ?? Guid.NewGuid().ToString(), ChildId = child, Kind = kind, OccurredOn = Today, Severity = InjurySeverity.Minor }, caller ?? County);

    private static async Task<StatusCode> RefusedAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;

    private static async Task<string> WordsAsync(StatusCode status, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(status, refused.StatusCode);
        return refused.Status.Detail;
    }
}
