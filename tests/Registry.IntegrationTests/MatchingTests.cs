namespace LeftBehind.Registry.IntegrationTests;

/// <summary>A pupil is linked to one file, by what the roll and the households tell of both now.</summary>
public sealed class MatchingTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();
    private readonly ToldPupil pupil = new(servers.Registry);

    [Fact]
    public async Task A_pupil_found_by_a_later_telling_waits_no_longer_under_the_number_told_first()
    {
        var (mistaken, right) = (IdNumber.Female(Feed.Born), IdNumber.Female(Feed.Born));
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", number: right)))[1];

        await pupil.TellAsync(mistaken);
        Assert.Single(await pupil.WaitingAsync());
        await pupil.TellAsync(right);

        Assert.Empty(await pupil.WaitingAsync());
        var other = await feed.AskAsync(feed.Member("h1", "c2", number: mistaken));
        Assert.NotEqual(child, other.SubjectId);
        Assert.Equal([child], await pupil.LinkedAsync());
    }

    [Fact]
    public async Task Of_several_tellings_in_one_page_the_last_counts()
    {
        var (mistaken, right) = (IdNumber.Female(Feed.Born), IdNumber.Female(Feed.Born));
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", number: right)))[1];
        await pupil.TellAsync(mistaken, right);
        Assert.Equal((0, child), ((await pupil.WaitingAsync()).Count, Assert.Single(await pupil.LinkedAsync())));

        await pupil.TellAsync(right, mistaken);
        Assert.Empty(await pupil.LinkedAsync());
        Assert.Single(await pupil.WaitingAsync());
        Assert.Equal(["pupil_linked", "pupil_unlinked"], await LinksOfAsync(child));
    }

    [Fact]
    public async Task A_pupil_told_again_under_another_name_keeps_its_file_and_does_not_wait()
    {
        var number = IdNumber.Female(Feed.Born);
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", number: number)))[1];
        await pupil.TellAsync(number);
        await pupil.TellAsync(pupil.Told(number, name: "李晓禾"));
        // Without a number and a birth date nothing contradicts the match.
        await pupil.TellAsync(pupil.Told("", born: null));
        await pupil.TellAsync(pupil.Told(number, name: "李晓禾"));

        Assert.Equal((0, child), ((await pupil.WaitingAsync()).Count, Assert.Single(await pupil.LinkedAsync())));
        Assert.Equal(["pupil_linked"], await LinksOfAsync(child));
    }

    [Fact]
    public async Task A_pupil_whose_number_is_corrected_leaves_the_file_for_the_one_that_has_the_number()
    {
        var (first, second) = (IdNumber.Female(Feed.Born), IdNumber.Female(Feed.Born));
        var children = await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", number: first), feed.Member("h1", "c2", number: second));
        await pupil.TellAsync(first);
        await pupil.TellAsync(second);
        await pupil.TellAsync(second);

        Assert.Equal([children[2]], await pupil.LinkedAsync());
        Assert.Equal(["pupil_linked", "pupil_unlinked"], await LinksOfAsync(children[1]));
        Assert.Equal(["pupil_linked"], await LinksOfAsync(children[2]));
    }

    [Theory]
    [InlineData("pupil")]
    [InlineData("child")]
    public async Task A_birth_date_corrected_on_either_side_takes_the_link_back(string side)
    {
        var number = IdNumber.Female(Feed.Born);
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", number: number)))[1];
        await pupil.TellAsync(number);
        if (side == "pupil")
            await pupil.TellAsync(pupil.Told(number, born: "2016-05-11"));
        else
            Assert.Equal(child, (await feed.AskAsync(feed.Member("h1", "c1", born: "2016-05-11", number: number))).SubjectId);

        Assert.Empty(await pupil.LinkedAsync());
        Assert.Equal(["pupil_linked", "pupil_unlinked"], await LinksOfAsync(child));
        // It asks again with what the roll tells now, and is not found before both agree.
        await pupil.TellAsync(side == "pupil" ? pupil.Told(number, born: "2016-05-11") : pupil.Told(number));
        Assert.Single(await pupil.WaitingAsync());
        await pupil.TellAsync(side == "pupil" ? pupil.Told(number) : pupil.Told(number, born: "2016-05-11"));
        Assert.Equal([child], await pupil.LinkedAsync());
    }

    [Fact]
    public async Task A_childs_number_that_is_corrected_takes_the_link_back_and_the_pupil_finds_the_numbers_next_owner()
    {
        var (mistaken, right) = (IdNumber.Female(Feed.Born), IdNumber.Female(Feed.Born));
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", number: mistaken)))[1];
        await pupil.TellAsync(mistaken);
        await feed.TakeAsync(feed.Member("h1", "c1", "李小 禾", number: mistaken, phone: "13800002222"));
        Assert.Equal([child], await pupil.LinkedAsync());

        await feed.TakeAsync(feed.Member("h1", "c1", number: right));
        Assert.Empty(await pupil.LinkedAsync());
        Assert.Equal(["pupil_linked", "pupil_unlinked"], await LinksOfAsync(child));

        await pupil.TellAsync(mistaken);
        var owner = (await feed.TakeAsync(feed.Member("h1", "c2", number: mistaken)))[0];
        Assert.NotEqual(child, owner);
        Assert.Equal([owner], await pupil.LinkedAsync());
        // Found while it waited: a correction of the next owner finds the link too.
        await feed.TakeAsync(feed.Member("h1", "c2", number: IdNumber.Female(Feed.Born)));
        Assert.Empty(await pupil.LinkedAsync());
    }

    [Fact]
    public async Task A_pair_that_a_person_parted_is_not_linked_again_by_rule()
    {
        var (number, officer) = (IdNumber.Female(Feed.Born), feed.Registry.AsOfficer());
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", number: number)))[1];
        await pupil.TellAsync(number);
        var request = new Protos.Registry.V1.UnlinkPupilRequest
        { ChildId = child, PupilId = $"{pupil.Id}", Reason = Protos.Registry.V1.UnlinkReason.NotTheSameChild, ExpectedVersion = 1 };
        Assert.Equal(Grpc.Core.StatusCode.Aborted, await RefusedAsync(request, officer));
        Assert.Equal(Grpc.Core.StatusCode.NotFound, await RefusedAsync(request, feed.Registry.AsOfficer(Places.NextCounty)));
        Assert.Equal(Grpc.Core.StatusCode.PermissionDenied, await RefusedAsync(request, feed.Registry.AsOfficer(department: Access.Department.Police)));
        var stranger = new Protos.Registry.V1.UnlinkPupilRequest(request) { PupilId = $"{Guid.NewGuid()}" };
        var links = await feed.Registry.Client.UnlinkPupilAsync(stranger, officer);
        Assert.Equal([$"{pupil.Id}"], links.PupilIds);

        request.ExpectedVersion = links.Version;
        links = await feed.Registry.Client.UnlinkPupilAsync(request, officer);
        Assert.Equal((0, request.ExpectedVersion + 1), (links.PupilIds.Count, links.Version));
        Assert.Equal(links, await feed.Registry.Client.UnlinkPupilAsync(request, officer));

        await pupil.TellAsync(number);
        await feed.TakeAsync(feed.Member("h1", "c1", number: number, phone: "13800002222"));
        await pupil.TellAsync(number);
        Assert.Single(await pupil.WaitingAsync());
        Assert.Empty(await pupil.LinkedAsync());
        Assert.Equal(["pupil_linked", "pupil_unlinked"], await LinksOfAsync(child));
    }

    private async Task<Grpc.Core.StatusCode> RefusedAsync(Protos.Registry.V1.UnlinkPupilRequest request, Grpc.Core.CallOptions caller) =>
        (await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await feed.Registry.Client.UnlinkPupilAsync(request, caller))).StatusCode;

    private async Task<string[]> LinksOfAsync(string child) => [.. (await feed.Registry.EventsOfAsync(child)).Where(e => e.StartsWith("pupil_", StringComparison.Ordinal))];
}
