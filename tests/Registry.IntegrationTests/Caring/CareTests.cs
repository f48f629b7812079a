using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;

namespace LeftBehind.Registry.IntegrationTests.Caring;

/// <summary>Entrusted care over the wire, with its duties, as days pass.</summary>
public sealed class CareTests(RegistryServers servers)
{
    private const string Screening = "registry.carerScreening", Notice = "registry.entrustmentNotice", Contact = "registry.parentContact";
    private readonly SetClock clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));

    [Fact]
    public async Task A_care_is_screened_notified_and_kept_in_contact_and_what_is_owed_follows()
    {
        var (registry, care) = await StartAsync();
        await using var _ = registry;
        var entrusted = await care.EntrustAsync("2026-03-01");
        Assert.Equal(("Entrusted", 1, "2026-03-09", "NotCollected"), (entrusted.Entrusted, entrusted.Version, entrusted.ContactBy, entrusted.Contact));
        Assert.Equal(entrusted, await care.EntrustAsync("2026-03-01"));
        Assert.Equal([$"{Screening} Open 2026-03-17", $"{Notice} Open 2026-03-10", $"{Contact} Open 2026-03-10"], (await care.DutiesAsync()).OrderBy(d => d.Split(' ')[0] switch { Screening => 0, Notice => 1, _ => 2 }));
        Assert.Equal(["431003101218@2023", "431003101@2023"], (await registry.ColumnAsync(
            "select distinct data->'of'->>'division' from registry.mt_events where type = 'obligation_opened' and data->'of'->'subject'->>'id' = $1", $"{care.Id}")).Order(StringComparer.Ordinal));

        var screened = await registry.Care.ScreenCarerAsync(new() { ChildId = $"{care.Id}", Passed = true, ExpectedVersion = 1 }, registry.AsOfficer());
        var told = await registry.Care.NotifyEntrustmentAsync(new() { ChildId = $"{care.Id}", School = true, VillageCommittee = true, ExpectedVersion = 2 }, registry.AsOfficer());
        Assert.Equal((true, true), (screened.Screened, told.Notified));
        Assert.Equal(["School", "VillageCommittee"], told.Told);
        Assert.Equal([$"{Contact} Open 2026-03-10"], await care.DutiesAsync());

        clock.SetUtcNow(new DateTimeOffset(2026, 3, 6, 9, 0, 0, TimeSpan.FromHours(8)));
        var contact = await LogAsync(registry, care, "2026-03-05", 3);
        Assert.Equal(("UpToDate", "2026-03-12"), (contact.Contact, contact.ContactBy));
        Assert.Equal(contact, await LogAsync(registry, care, "2026-03-05", 3));
        Assert.Equal([$"{Contact} Open 2026-03-13"], await care.DutiesAsync());
        Assert.Equal(["obligation_opened", "obligation_opened", "obligation_fulfilled"], await care.StoryAsync(Contact));

        var ended = await registry.Care.EndCareAsync(new() { ChildId = $"{care.Id}", Reason = CareEndReason.ParentReturned, ExpectedVersion = 4 }, registry.AsOfficer());
        Assert.Equal(("None", "ParentReturned", ""), (ended.Entrusted, ended.EndedBecause, ended.ContactBy));
        Assert.Empty(await care.DutiesAsync());
        Assert.Equal(["care_entrusted", "carer_screened", "entrustment_notified", "parent_contact_logged", "care_ended"], await care.EventsAsync());
    }

    [Fact]
    public async Task Each_week_without_contact_is_breached_and_one_duty_alone_runs_whatever_sweeps()
    {
        var (registry, care) = await StartAsync();
        await using var _ = registry;
        await care.EntrustAsync("2026-03-02");
        foreach (var day in new[] { 9, 10, 16, 17, 31 })
        {
            clock.SetUtcNow(new DateTimeOffset(2026, 3, day, 0, 0, 30, TimeSpan.FromHours(8)));
            if (day % 2 == 0)
                await registry.Service<LeftBehind.Obligations.ObligationSweep>().SweepAsync(TestContext.Current.CancellationToken);
            await SweepAsync(registry);
            Assert.Single(await care.DutiesAsync(), d => d.StartsWith(Contact, StringComparison.Ordinal));
        }
        var story = await care.StoryAsync(Contact);
        // Weeks ending on the 9th, 16th, 23rd and 30th; the last two seen at once, with nobody there in between.
        Assert.Equal((5, 4, 4), (story.Count(e => e == "obligation_opened"), story.Count(e => e == "obligation_breached"), story.Count(e => e == "obligation_waived")));
        Assert.Equal(["2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31"], await registry.ColumnAsync(
            "select to_char(to_timestamp((headers->>'at')::bigint / 1000) at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from registry.mt_events where stream_id = $1 and type = 'parent_contact_missed' order by version", Guid.Parse(care.Stream)));
        Assert.Equal("Missed", (await care.ReadAsync()).Contact);
        var listed = await registry.Care.ListCareWorkAsync(new() { DivisionCode = Places.Matian, Lacks = CareLack.Contact }, registry.AsOfficer());
        Assert.Equal((care.Id.ToString(), Places.Matian), (Assert.Single(listed.Work).ChildId, listed.Work[0].DivisionCode));
        Assert.Equal([CareLack.Screening, CareLack.Notice, CareLack.Contact], listed.Work[0].Lacks);
    }

    [Fact]
    public async Task A_term_ends_with_its_last_day_and_a_closed_file_ends_the_care_and_lets_all_go()
    {
        var (registry, care) = await StartAsync();
        await using var _ = registry;
        await care.EntrustAsync("2026-03-02", "2026-03-04");
        clock.SetUtcNow(new DateTimeOffset(2026, 3, 5, 0, 0, 30, TimeSpan.FromHours(8)));
        await SweepAsync(registry);
        Assert.Equal("TermEnded", (await care.ReadAsync()).EndedBecause);
        Assert.Empty(await care.DutiesAsync());

        await care.EntrustAsync("2026-03-05", version: 2);
        Assert.Equal(3, (await care.DutiesAsync()).Count);
        var why = await registry.Client.WhyEligibleAsync(new() { ChildId = $"{care.Id}" }, registry.AsOfficer());
        await registry.Client.CloseFileAsync(new() { ChildId = $"{care.Id}", Reason = CloseReason.CloseMovedAway, ExpectedVersion = why.Version }, registry.AsOfficer());
        Assert.Equal(("None", "FileClosed"), ((await care.ReadAsync()).Entrusted, (await care.ReadAsync()).EndedBecause));
        Assert.Empty(await care.DutiesAsync());
        Assert.Empty((await registry.Care.ListCareWorkAsync(new() { DivisionCode = Places.County }, registry.AsOfficer())).Work);
    }

    [Fact]
    public async Task Who_moves_is_owed_by_the_village_it_lives_in_now()
    {
        var (registry, care) = await StartAsync();
        await using var _ = registry;
        var feed = new Feed(registry, "population-base", Places.County).Of(Places.County);
        await care.EntrustAsync("2026-03-02");
        await feed.TakeAsync(feed.Household("h1", Places.Neighbour));
        Assert.Equal(3, (await care.DutiesAsync()).Count);
        Assert.Equal([$"{Places.Neighbour}@2023", $"{Places.Neighbour}@2023"], await registry.ColumnAsync(
            "select data->'of'->>'division' from registry.mt_events e where type = 'obligation_opened' and data->'of'->>'kind' <> all($2) and exists (select from registry.obligation_due d where d.id = e.stream_id and d.subject = $1)", care.Id, new[] { Screening, "registry.visit" }));
        Assert.Contains("care_moved", await care.EventsAsync());
        Assert.Empty((await registry.Care.ListCareWorkAsync(new() { DivisionCode = Places.Matian }, registry.AsOfficer())).Work);
        Assert.Single((await registry.Care.ListCareWorkAsync(new() { DivisionCode = Places.Neighbour }, registry.AsOfficer())).Work);
    }

    private static async Task<ChildCare> LogAsync(RunningRegistry registry, CaredFor care, string on, long version) => await registry.Care.LogParentContactAsync(
        new() { ChildId = $"{care.Id}", Parent = Parent.Mother, Channel = ContactChannel.Video, On = on, ExpectedVersion = version }, registry.AsOfficer());

    private static Task<int> SweepAsync(RunningRegistry registry) => registry.Service<Children.DueDeterminations>().SweepAsync(TestContext.Current.CancellationToken);

    /// <summary>A Registry with one child left behind.</summary>
    private async Task<(RunningRegistry, CaredFor)> StartAsync()
    {
        var registry = await servers.StartAsync(clock);
        var feed = new Feed(registry, "population-base", Places.County);
        var subjects = await feed.TakeAsync(feed.Family("h1"));
        return (registry, new(registry, subjects[1]));
    }
}
