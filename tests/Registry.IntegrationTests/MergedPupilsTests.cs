namespace LeftBehind.Registry.IntegrationTests;

/// <summary>A pupil linked to a merged file counts with the file that counts, and goes back with its own.</summary>
public sealed class MergedPupilsTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();
    private readonly ToldPupil pupil = new(servers.Registry);

    [Fact]
    public async Task A_pupil_of_a_merged_file_counts_with_the_other_and_goes_back_with_it()
    {
        var (number, officer, client) = (IdNumber.Female(Feed.Born), feed.Registry.AsOfficer(), feed.Registry.Client);
        var files = await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1"), feed.Member("h1", "c2", number: number), feed.Member("h1", "c3"));
        var (counts, merged, next) = (files[1], files[2], files[3]);
        await client.ConfirmDuplicateAsync(new() { ChildId = merged, OtherId = counts, ExpectedVersion = await VersionAsync(merged) }, officer);
        await pupil.TellAsync(number);
        Assert.Equal([merged], await pupil.LinkedAsync());
        Assert.Equal([counts], await MemberAsync("countsFor", merged, "pupil_linked"));
        await pupil.TellAsync(number);
        Assert.Equal(["pupil_linked"], await LinksOfAsync(merged));

        // Merged on: the pupil counts with the file at the end, and is parted from there.
        await client.ConfirmDuplicateAsync(new() { ChildId = counts, OtherId = next, ExpectedVersion = await VersionAsync(counts) }, officer);
        Assert.Equal([$"[\"{pupil.Id}\"]"], await MemberAsync("pupils", next, "duplicate_joined"));
        var back = await client.UnlinkDuplicateAsync(new() { ChildId = counts, Reason = Protos.Registry.V1.UnmergeReason.MergedInError, ExpectedVersion = await VersionAsync(counts) }, officer);
        Assert.Equal((counts, $"[\"{pupil.Id}\"]"), (back.ChildId, Assert.Single(await MemberAsync("pupils", counts, "child_file_unmerged"))));

        var request = new Protos.Registry.V1.UnlinkPupilRequest
        { ChildId = counts, PupilId = $"{pupil.Id}", Reason = Protos.Registry.V1.UnlinkReason.NotTheSameChild, ExpectedVersion = await VersionAsync(counts) };
        var links = await client.UnlinkPupilAsync(request, officer);
        Assert.Equal((counts, 0), (links.ChildId, links.PupilIds.Count));
        Assert.Equal([counts], await MemberAsync("countsFor", merged, "pupil_unlinked"));
        Assert.Empty(await pupil.LinkedAsync());
        await pupil.TellAsync(number);
        Assert.Empty(await pupil.LinkedAsync());
    }

    private async Task<long> VersionAsync(string child) => (await feed.Registry.EventsOfAsync(child)).Count;

    private Task<List<string>> MemberAsync(string member, string child, string type) => feed.Registry.ColumnAsync(
        $"select replace(data->>'{member}', ' ', '') from registry.mt_events where stream_id = $1 and type = $2", Guid.Parse(child), type);

    private async Task<string[]> LinksOfAsync(string child) => [.. (await feed.Registry.EventsOfAsync(child)).Where(e => e.StartsWith("pupil_", StringComparison.Ordinal))];
}
