using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Hazards.Screenings;
using LeftBehind.TestKit;
using FoundHazard = LeftBehind.Protos.Registry.V1.FoundHazard;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>A summer in one village, with the clock in hand: screened, ordered, moved away from, overdue, closed, rectified late, screened anew.</summary>
public sealed class HazardStoryTests(RegistryServers servers)
{
    private const string Note = "屋后水井没有盖";
    private static readonly string Town = Places.Matian[..9];

    private readonly SetClock clock = new(new DateTimeOffset(2026, 7, 6, 9, 0, 0, TimeSpan.FromHours(8)));

    [Fact]
    public async Task A_hazard_outlives_the_move_of_its_child_and_the_end_of_its_campaign_and_becomes_overdue_by_event()
    {
        await using var registry = await servers.StartAsync(clock);
        var feed = new Feed(registry, "population-base", Places.County);
        string safe = (await feed.TakeAsync(feed.Family("h1")))[1], endangered = (await feed.TakeAsync(feed.Family("h2")))[1], unseen = (await feed.TakeAsync(feed.Family("h3")))[1];
        var campaign = await OpenAsync(registry, "2026-07-01", "2026-08-31");

        var request = new RecordScreeningRequest
        {
            RequestId = Guid.NewGuid().ToString(), CampaignId = campaign.CampaignId, VillageCode = Places.Matian, ScreenedOn = "2026-07-06",
            Children =
            {
                new ScreenedChild { ChildId = safe },
                new ScreenedChild { ChildId = endangered, Hazards = { new FoundHazard { Kind = HazardKind.Drowning, Place = HazardPlace.Home, Note = Note } } },
            },
            Places = { new FoundHazard { Kind = HazardKind.Traffic, Place = HazardPlace.Road } },
        };
        var recorded = await registry.Hazards.RecordScreeningAsync(request, registry.AsOfficer(Places.Matian));
        var (events, hazard) = (await CountAsync(registry), recorded.Children[1].HazardIds[0]);
        Assert.Equal(recorded, await registry.Hazards.RecordScreeningAsync(request, registry.AsOfficer(Places.Matian)));
        Assert.Equal(events, await CountAsync(registry));
        Assert.Equal((3L, 2L), await ProgressAsync(registry, campaign, Places.Matian));
        Assert.Equal((3L, 2L), await ProgressAsync(registry, campaign, Places.County));

        var ordered = await registry.Hazards.OrderRectificationAsync(new()
        {
            HazardId = hazard, DueOn = "2026-07-10", Level = RectifyingLevel.Village, Department = RectifyingDepartment.CivilAffairs, ExpectedVersion = 1,
        }, registry.AsOfficer(Town));
        Assert.Equal((HazardState.Ordered, Places.Matian, 2L), (ordered.State, ordered.OwnerCode, ordered.Version));
        Assert.Equal(["LocalRule"], await registry.ColumnAsync("select basis from registry.obligation_due where subject = $1", Guid.Parse(hazard)));

        await feed.TakeAsync(feed.Household("h2", Places.Neighbour));
        await SweepAsync(registry);
        Assert.Equal((2L, 1L), await ProgressAsync(registry, campaign, Places.Matian));
        Assert.Equal((1L, 1L), await ProgressAsync(registry, campaign, Places.Neighbour));
        Assert.Equal(Places.Matian, (await ListAsync(registry, Places.Matian)).Single(h => h.HazardId == hazard).DivisionCode);

        clock.SetUtcNow(new DateTimeOffset(2026, 7, 10, 23, 59, 0, TimeSpan.FromHours(8)));
        await SweepAsync(registry);
        Assert.DoesNotContain("hazard_overdue", await registry.EventsOfAsync(hazard));
        clock.SetUtcNow(new DateTimeOffset(2026, 7, 11, 0, 0, 0, TimeSpan.FromHours(8)));
        await SweepAsync(registry);
        await SweepAsync(registry);
        Assert.Equal(["hazard_found", "rectification_ordered", "hazard_overdue"], await registry.EventsOfAsync(hazard));
        Assert.Equal(["Breached"], await registry.ColumnAsync("select state from registry.obligation_due where subject = $1", Guid.Parse(hazard)));

        clock.SetUtcNow(new DateTimeOffset(2026, 9, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        var closed = await registry.Hazards.CloseCampaignAsync(new() { CampaignId = campaign.CampaignId, ExpectedVersion = 1 }, registry.AsOfficer());
        Assert.False(closed.Open);
        Assert.Equal([hazard, recorded.PlaceHazardIds[0]], (await ListAsync(registry, Town)).OrderBy(h => h.DueOn.Length == 0).Select(h => h.HazardId));
        Assert.Equal(1L, (await registry.Hazards.GetCampaignProgressAsync(new() { CampaignId = campaign.CampaignId, DivisionCode = Town }, registry.AsOfficer())).Division.Overdue);

        var rectified = await registry.Hazards.RecordRectifiedAsync(new() { HazardId = hazard, RectifiedOn = "2026-09-01", ExpectedVersion = 3 }, registry.AsOfficer(Places.Matian));
        Assert.Equal((HazardState.RectifiedLate, "2026-09-01"), (rectified.State, rectified.RectifiedOn));
        Assert.Contains("obligation_fulfilled", await registry.ColumnAsync("select type from registry.mt_events where data->'of'->'subject'->>'id' = $1", hazard));
        Assert.Empty(await registry.ColumnAsync("select state from registry.obligation_due where subject = $1", Guid.Parse(hazard)));
        Assert.Equal([recorded.PlaceHazardIds[0]], (await ListAsync(registry, Town)).Select(h => h.HazardId));

        // Next summer nobody is screened; what this one found stays with it.
        var next = await OpenAsync(registry, "2026-09-02", "2026-09-30");
        await SweepAsync(registry);
        Assert.Equal("counting_campaign_changed", (await registry.EventsOfAsync(ChildSafety.IdOf(Guid.Parse(safe)).ToString()))[^1]);
        Assert.Equal((2L, 0L), await ProgressAsync(registry, next, Places.Matian));
        Assert.Equal((2L, 1L), await ProgressAsync(registry, campaign, Places.Matian));
        Assert.Empty(await registry.EventsOfAsync(ChildSafety.IdOf(Guid.Parse(unseen)).ToString()));
    }

    [Fact]
    public async Task A_note_is_sealed_and_read_only_with_a_purpose_that_is_recorded()
    {
        await using var registry = await servers.StartAsync(clock);
        var feed = new Feed(registry, "population-base", Places.County);
        var child = (await feed.TakeAsync(feed.Family("h1")))[1];
        var campaign = await OpenAsync(registry, "2026-07-01", "2026-08-31");
        var recorded = await registry.Hazards.RecordScreeningAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), CampaignId = campaign.CampaignId, VillageCode = Places.Matian, ScreenedOn = "2026-07-06",
            Children = { new ScreenedChild { ChildId = child, Hazards = { new FoundHazard { Kind = HazardKind.Fall, Place = HazardPlace.Home, Note = Note } } } },
            Places = { new FoundHazard { Kind = HazardKind.Drowning, Place = HazardPlace.Water, Note = Note } },
        }, registry.AsOfficer(Places.Matian));
        Assert.All(await ListAsync(registry, Places.Matian), h => Assert.Equal("", h.Note));
        foreach (var hazard in (string[])[recorded.Children[0].HazardIds[0], recorded.PlaceHazardIds[0]])
            Assert.Equal(Note, (await registry.Hazards.GetHazardAsync(new() { HazardId = hazard, Purpose = "安排整改" }, registry.AsOfficer(Places.Matian))).Note);
        Assert.Equal([$"{{{recorded.Children[0].HazardIds[0]},{child}}}", $"{{{recorded.PlaceHazardIds[0]}}}"], await registry.ColumnAsync("select subjects::text from registry.personal_read where purpose = '安排整改' order by cardinality(subjects) desc"));
        Assert.DoesNotContain("水井", string.Concat(await registry.ColumnAsync("select data::text from registry.mt_events where type = 'hazard_found'")));
    }

    [Fact]
    public async Task Files_of_before_screenings_were_kept_are_to_be_screened_too()
    {
        await using var registry = await servers.StartAsync(clock);
        var feed = new Feed(registry, "population-base", Places.County);
        await feed.TakeAsync(feed.Family("h1"));
        await feed.TakeAsync(feed.Household("h2"), feed.Member("h2", "at-home"));
        await feed.TakeAsync(feed.Household("h1", Places.Neighbour));
        var kept = await registry.ColumnAsync(Rows);
        Assert.Single(kept);
        await using (var command = registry.Database.CreateCommand("delete from registry.left_behind_child"))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var step = new BeginScreenings(registry.Service<EventStore>());
        await step.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(kept, await registry.ColumnAsync(Rows));
        await step.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(kept, await registry.ColumnAsync(Rows));
    }

    private const string Rows = "select child || ' ' || village from registry.left_behind_child order by child";

    private static async Task<HazardCampaign> OpenAsync(RunningRegistry registry, string from, string until) =>
        await registry.Hazards.OpenCampaignAsync(new() { Kind = CampaignKind.SummerHoliday, DivisionCode = Places.County, From = from, Until = until }, registry.AsOfficer());

    private static async Task<(long ToScreen, long Screened)> ProgressAsync(RunningRegistry registry, HazardCampaign campaign, string division)
    {
        var progress = await registry.Hazards.GetCampaignProgressAsync(new() { CampaignId = campaign.CampaignId, DivisionCode = division }, registry.AsOfficer());
        if (division.Length < 12)
            Assert.Equal(progress.Division.ToScreen, progress.Children.Sum(c => c.ToScreen));
        return (progress.Division.ToScreen, progress.Division.Screened);
    }

    private static async Task<List<HazardRecord>> ListAsync(RunningRegistry registry, string division)
    {
        var (found, token) = (new List<HazardRecord>(), "");
        do
        {
            var page = await registry.Hazards.ListHazardsAsync(new() { DivisionCode = division, PageSize = 1, PageToken = token }, registry.AsOfficer());
            found.AddRange(page.Hazards_);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return found;
    }

    private static async Task<int> CountAsync(RunningRegistry registry) => (await registry.ColumnAsync(
        "select id::text from registry.mt_events where type like 'screened%' or type like 'hazard%'")).Count;

    /// <summary>All sweeps; the clock sets them going as well, which changes nothing.</summary>
    private static async Task SweepAsync(RunningRegistry registry)
    {
        var ct = TestContext.Current.CancellationToken;
        await registry.Service<FollowCampaigns>().SweepAsync(ct);
        await registry.Service<ObligationSweep>().SweepAsync(ct);
    }
}
