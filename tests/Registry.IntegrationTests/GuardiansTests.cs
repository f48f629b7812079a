using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>The guardian of a child is whom a court named last; what is told again changes nothing.</summary>
public sealed class GuardiansTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();

    [Fact]
    public async Task Whom_a_court_names_is_guardian_and_a_child_whose_guardian_was_missing_is_in_difficulty_no_more()
    {
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "h1c"), feed.Guardian("h1c", GuardianKind.GuardianMissing)))[1];
        Assert.Equal(("Missing", "InDifficulty"), await StandsAsync(child));
        var (revoked, restored) = (Fact(child, Contracts.Registry.GuardianKind.Grandparents), Fact(child, Contracts.Registry.GuardianKind.Parents));
        await TellAsync(revoked);
        Assert.Equal(("Grandparents", "None"), await StandsAsync(child));
        var events = await feed.Registry.EventsOfAsync(child);
        Assert.Equal("guardian_recorded", events[^2]);

        await TellAsync(revoked);
        Assert.Equal(events, await feed.Registry.EventsOfAsync(child));
        await TellAsync(revoked, restored);
        Assert.Equal("Parents", (await StandsAsync(child)).Guardian);
        Assert.Equal(events.Count + 1, (await feed.Registry.EventsOfAsync(child)).Count);
    }

    [Fact]
    public async Task A_child_that_is_not_on_file_has_no_guardian_recorded()
    {
        var unknown = $"{Guid.NewGuid()}";
        await TellAsync(Fact(unknown, Contracts.Registry.GuardianKind.Grandparents));
        Assert.Empty(await feed.Registry.EventsOfAsync(unknown));
    }

    private async Task<(string Guardian, string Category)> StandsAsync(string child)
    {
        var facts = await feed.Registry.FactsAsync(child);
        return (facts.GetProperty("guardian").GetString()!, facts.GetProperty("category").GetString()!);
    }

    private static PagedEvent Fact(string child, Contracts.Registry.GuardianKind guardian)
    {
        var told = new GuardianDesignated(Guid.NewGuid(), Guid.Parse(child), DivisionId.Parse(Places.Matian + "@2023"), Respondent.Father, guardian);
        return new(1, Guid.NewGuid(), Guid.NewGuid(), 1, told.ChildId, "guardian_designated", DateTimeOffset.UnixEpoch, new(2026, 3, 1), null, null, JsonSerializer.Serialize(told, EventTypes.Json));
    }

    private Task TellAsync(params PagedEvent[] facts) => feed.Registry.Service<EventStore>().RunAsync(work =>
        new FollowGuardians(feed.Registry.Service<WhatFollows>(), TimeProvider.System).HandleAsync(work, facts, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
}
