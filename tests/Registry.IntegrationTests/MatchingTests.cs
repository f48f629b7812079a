using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;
using LeftBehind.Registry.Matching;
using LeftBehind.Registry.Partners;
using LeftBehind.Sealing;
using Sex = LeftBehind.Contracts.Registry.Sex;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>A pupil is linked to one file, whatever the roll told of it before.</summary>
public sealed class MatchingTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();
    private readonly Guid pupil = Guid.NewGuid();

    [Fact]
    public async Task A_pupil_found_by_a_later_telling_waits_no_longer_under_the_number_told_first()
    {
        var (mistaken, right) = (IdNumber.Female(Feed.Born), IdNumber.Female(Feed.Born));
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", number: right)))[1];

        await TellAsync(mistaken);
        Assert.Single(await WaitingAsync());
        await TellAsync(right);

        Assert.Empty(await WaitingAsync());
        var other = await feed.AskAsync(feed.Member("h1", "c2", number: mistaken));
        Assert.NotEqual(child, other.SubjectId);
        Assert.Equal([child], await LinkedAsync());
    }

    [Fact]
    public async Task Of_two_tellings_in_one_page_the_one_that_is_found_counts()
    {
        var (mistaken, right) = (IdNumber.Female(Feed.Born), IdNumber.Female(Feed.Born));
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", number: right)))[1];
        await TellAsync(mistaken, right, mistaken);
        Assert.Empty(await WaitingAsync());
        Assert.Equal([child], await LinkedAsync());
    }

    private Task TellAsync(params string[] numbers) => feed.Registry.Service<EventStore>().RunAsync(
        work => new MatchPupils(feed.Registry.Service<SealedTo>(), feed.Registry.Service<KeyedDigest>())
            .HandleAsync(work, [.. numbers.Select(Told)], TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

    private PagedEvent Told(string number)
    {
        var told = new PupilAwaitsMatch(pupil, feed.Registry.Service<RowKeysOf>().IdNumber(number).ToString(),
            feed.Registry.Service<SealedTo>().SealJson(new PupilIdentity("李小禾", number)).ToText(), DateOnly.Parse(Feed.Born, null), Sex.Female);
        return new(1, Guid.NewGuid(), pupil, 1, pupil, "pupil_awaits_match", DateTimeOffset.UnixEpoch, new(2026, 3, 1), null, null, JsonSerializer.Serialize(told, EventTypes.Json));
    }

    private Task<List<string>> WaitingAsync() => feed.Registry.ColumnAsync("select pupil::text from registry.waiting_pupil where pupil = $1", pupil);

    private Task<List<string>> LinkedAsync() => feed.Registry.ColumnAsync(
        "select stream_id::text from registry.mt_events where type = 'pupil_linked' and data->>'pupilId' = $1", pupil.ToString());
}
