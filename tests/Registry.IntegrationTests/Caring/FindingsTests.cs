using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Care;

namespace LeftBehind.Registry.IntegrationTests.Caring;

/// <summary>What a case finds of an entrusted carer: the care ends with all that hangs on it, however often and late it is told.</summary>
public sealed class FindingsTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();

    [Fact]
    public async Task A_carer_found_unfit_by_a_case_leaves_a_child_that_needs_another_and_whom_nobody_attends()
    {
        var rows = feed.Family("h1");
        rows[4] = feed.Carer("h1c", CarerKind.NoCarer, "");
        var care = new CaredFor(feed.Registry, (await feed.TakeAsync(rows))[1]);
        var entrusted = await care.EntrustAsync(Today, version: 1);
        Assert.Equal(3, (await care.DutiesAsync()).Count);
        var finding = Finding(care.Id, Conduct.Abuse);
        await TellAsync(finding, finding);
        await TellAsync(finding);

        Assert.Equal(["unattended_child_detected", "care_entrusted", "unattended_ended", "carer_found_unfit", "unattended_child_detected"], await care.EventsAsync());
        var found = await care.ReadAsync();
        Assert.Equal(("Unfit", "Offence", true), (found.Entrusted, found.Barred, found.Unattended));
        Assert.Empty(await care.DutiesAsync());
        Assert.Equal("obligation_waived", (await care.StoryAsync("registry.parentContact"))[^1]);
        Assert.Equal([$"{(int)Registry.Care.CareLack.Carer}"], await feed.Registry.ColumnAsync("select lacks::text from registry.care_work where child = $1", care.Id));

        // Told again after another was entrusted, that one cares on.
        var aunt = care.Entrust(Today, version: found.Version);
        aunt.Carer.IdNumber = IdNumber.Female("1980-02-03");
        Assert.Equal("Entrusted", (await feed.Registry.Care.EntrustCareAsync(aunt, feed.Registry.AsOfficer())).Entrusted);
        await TellAsync(finding);
        Assert.Equal("Entrusted", (await care.ReadAsync()).Entrusted);
    }

    [Fact]
    public async Task Of_a_child_that_is_not_on_file_or_in_nobodys_care_nothing_is_found()
    {
        var child = (await feed.TakeAsync(feed.Family("h2")))[1];
        await TellAsync(Finding(Guid.NewGuid(), Conduct.Abuse), Finding(Guid.Parse(child), Conduct.Abuse));
        Assert.Empty(await new CaredFor(feed.Registry, child).EventsAsync());
    }

    private static string Today => Divisions.WorkCalendar.DayOf(TimeProvider.System.GetUtcNow()).ToString("yyyy-MM-dd", null);

    private static PagedEvent Finding(Guid child, Conduct conduct)
    {
        var now = TimeProvider.System.GetUtcNow();
        var told = new EntrustedCarerFoundUnfit(Guid.NewGuid(), child, DivisionId.Parse(Places.Matian + "@2023"), conduct, now);
        return new(1, Guid.NewGuid(), Guid.NewGuid(), 1, child, "entrusted_carer_found_unfit", now, new(2026, 3, 1), null, null, JsonSerializer.Serialize(told, EventTypes.Json));
    }

    private Task TellAsync(params PagedEvent[] facts) => feed.Registry.Service<EventStore>().RunAsync(work =>
        new FollowFindings(feed.Registry.Service<CareOfChildren>(), TimeProvider.System).HandleAsync(work, facts, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
}
