using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Households move with their children; rows are authorised by the residence before the change.</summary>
public sealed class MovesTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();

    private async Task<string?> ResidenceAsync(string child) => (await servers.Registry.FactsAsync(child)).GetProperty("residence").GetString();

    [Fact]
    public async Task A_household_that_moves_takes_its_children_along()
    {
        var subjects = await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1"), feed.Member("h1", "c2", "李小苗", "2018-01-01"));
        await feed.TakeAsync(feed.Household("h1", Places.Neighbour));
        foreach (var child in subjects.Skip(1))
            Assert.Equal(Places.Neighbour + "@2023", await ResidenceAsync(child));
    }

    [Fact]
    public async Task A_household_that_turns_urban_ends_its_children_being_left_behind()
    {
        var child = (await feed.TakeAsync(feed.Family("h1")))[1];
        Assert.Equal("LeftBehind", (await servers.Registry.FactsAsync(child)).GetProperty("category").GetString());
        await feed.TakeAsync(feed.Household("h1", residency: Residency.Urban));
        Assert.Equal("None", (await servers.Registry.FactsAsync(child)).GetProperty("category").GetString());
        await feed.TakeAsync(feed.Household("h1", residency: Residency.Unknown));
        Assert.Equal("Undetermined", (await servers.Registry.FactsAsync(child)).GetProperty("category").GetString());
    }

    [Fact]
    public async Task A_move_out_of_the_callers_division_is_accepted_and_hands_over()
    {
        var child = (await feed.TakeAsync(feed.Family("h1")))[1];
        await feed.TakeAsync(feed.Household("h1", Places.NextCountyVillage));
        Assert.Equal(Places.NextCountyVillage + "@2023", await ResidenceAsync(child));

        var late = await feed.PushAsync(feed.Household("h1"), feed.Member("h1", "c2"), feed.Parent("h1c", Parent.Father, ParentState.AtHome), feed.Carer("h1c", name: "别人"));
        Assert.Equal(
            [("household.residence_code", Verdict.Rejected), ("member.household_no", Verdict.Rejected), ("parent.person_no", Verdict.Rejected), ("carer.person_no", Verdict.Rejected)],
            late.Rows.Select(v => (v.Field, v.Verdict)));

        var there = feed.Of(Places.NextCounty);
        await there.TakeAsync(there.Parent("h1c", Parent.Father, ParentState.AtHome, "2026-02-20"));
    }

    [Fact]
    public async Task A_household_of_somebody_else_is_not_fetched()
    {
        await feed.TakeAsync(feed.Household("h1"));
        var elsewhere = feed.Of(Places.NextCounty);
        var told = await elsewhere.AskAsync(elsewhere.Household("h1", Places.NextCountyVillage));
        Assert.Equal((Verdict.Rejected, "household.residence_code", "not a village in your divisions"), (told.Verdict, told.Field, told.Reason));
    }

    [Fact]
    public async Task A_child_that_moves_to_another_household_lives_there_and_no_longer_here()
    {
        var subjects = await feed.TakeAsync(feed.Household("h1"), feed.Household("h2", Places.Neighbour), feed.Member("h1", "c1"));
        await feed.TakeAsync(feed.Member("h2", "c1"));
        Assert.Equal(Places.Neighbour + "@2023", await ResidenceAsync(subjects[2]));
        Assert.Equal(["household_registered", "member_joined", "member_left"], await servers.Registry.EventsOfAsync(subjects[0]));
        Assert.Equal(["household_registered", "member_joined"], await servers.Registry.EventsOfAsync(subjects[1]));
    }

    [Fact]
    public async Task A_child_of_somebody_elses_household_is_not_fetched()
    {
        await feed.TakeAsync(feed.Family("h1"));
        var elsewhere = feed.Of(Places.NextCounty);
        await elsewhere.TakeAsync(elsewhere.Household("h2", Places.NextCountyVillage));
        var told = await elsewhere.AskAsync(elsewhere.Member("h2", "h1c"));
        Assert.Equal((Verdict.Rejected, "member.person_no"), (told.Verdict, told.Field));
    }

    [Fact]
    public async Task A_child_on_file_in_another_county_is_not_fetched_by_its_number_and_comes_once_it_is_moved_out_there()
    {
        var (there, number) = (servers.Partner(Places.NextCounty), IdNumber.Female(Feed.Born));
        var child = (await there.TakeAsync(there.Household("h", Places.NextCountyVillage), there.Member("h", "c", number: number), there.Parent("c", Parent.Father)))[1];
        var events = await servers.Registry.EventsOfAsync(child);
        await feed.TakeAsync(feed.Household("h1"));
        var (member, parent) = (feed.Member("h1", "c1", number: number, phone: "13800005555"), feed.Parent("c1", Parent.Mother));

        var told = await feed.PushAsync(member, parent);

        Assert.Equal([(Verdict.Waiting, "move_out"), (Verdict.Waiting, "member")], told.Rows.Select(r => (r.Verdict, r.WaitingFor)));
        Assert.All(told.Rows, r => Assert.Equal(("", "", ""), (r.SubjectId, r.Field, r.Reason)));
        Assert.Equal(events, await servers.Registry.EventsOfAsync(child));
        Assert.Equal(Places.NextCountyVillage + "@2023", await ResidenceAsync(child));

        // Another move inside the other county is no move out.
        var village = Places.Tree.Children(Places.Tree.Parent(Contracts.DivisionId.Parse(Places.NextCountyVillage + "@2023"))!.Value)
            .Select(v => Places.Tree.Code(v).ToString()).First(code => code != Places.NextCountyVillage);
        await there.TakeAsync(there.Household("h", village));
        Assert.Equal((Verdict.Waiting, "move_out"), (await feed.ReceiptAsync(member.SourceEventId)) is var still ? (still.Verdict, still.WaitingFor) : default);

        await there.TakeAsync(there.Household("h", Places.Neighbour));

        foreach (var row in new[] { member, parent })
            Assert.Equal((Verdict.Applied, child, ""), (await feed.ReceiptAsync(row.SourceEventId)) is var taken ? (taken.Verdict, taken.SubjectId, taken.WaitingFor) : default);
        Assert.Equal(Places.Matian + "@2023", await ResidenceAsync(child));
        Assert.Equal("LeftBehind", (await servers.Registry.FactsAsync(child)).GetProperty("category").GetString());
        var opened = await servers.Registry.ColumnAsync(
            "select stream_id::text from registry.mt_events where type = 'child_file_opened' and headers->>'source' = any($1)", (object)new[] { feed.Source, there.Source });
        Assert.Equal([child], opened);
        Assert.Equal((3, 0), (await feed.LedgerAsync()) is var ledger ? (ledger.Applied, ledger.Waiting) : default);
    }

    [Fact]
    public async Task A_child_on_file_in_another_county_is_taken_when_its_number_turns_out_to_be_another_childs()
    {
        var (there, number) = (servers.Partner(Places.NextCounty), IdNumber.Female(Feed.Born));
        var mistaken = (await there.TakeAsync(there.Household("h", Places.NextCountyVillage), there.Member("h", "c", number: number)))[1];
        var member = feed.Member("h1", "c1", number: number);
        await feed.PushAsync(feed.Household("h1"), member);
        Assert.Equal(Verdict.Waiting, (await feed.ReceiptAsync(member.SourceEventId)).Verdict);

        await there.TakeAsync(there.Member("h", "c", number: IdNumber.Female(Feed.Born)));

        var taken = await feed.ReceiptAsync(member.SourceEventId);
        Assert.Equal(Verdict.Applied, taken.Verdict);
        Assert.NotEqual(mistaken, taken.SubjectId);
        Assert.Equal(Places.Matian + "@2023", await ResidenceAsync(taken.SubjectId));
        Assert.Equal(Places.NextCountyVillage + "@2023", await ResidenceAsync(mistaken));
    }

    [Fact]
    public async Task A_child_that_another_source_moved_out_is_neither_corrected_nor_fetched_back_until_it_returns()
    {
        var (other, number) = (servers.Partner(), IdNumber.Female(Feed.Born));
        HouseholdRow[] known = [other.Household("x"), other.Member("x", "c", number: number)];
        var child = (await other.TakeAsync(known))[1];
        await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", number: number));
        await feed.TakeAsync(feed.Household("h1", Places.NextCountyVillage));
        Assert.Equal(Places.NextCountyVillage + "@2023", await ResidenceAsync(child));
        var events = await servers.Registry.EventsOfAsync(child);

        Assert.Equal(Verdict.Unchanged, (await other.AskAsync(other.Again(known[1]))).Verdict);
        await other.TakeAsync(other.Household("y", Places.Neighbour));
        HouseholdRow[] news = [other.Member("x", "c", number: number, phone: "13800006666"), other.Member("y", "c", number: number)];
        Assert.All((await other.PushAsync(news)).Rows, r => Assert.Equal((Verdict.Waiting, "move_out", ""), (r.Verdict, r.WaitingFor, r.SubjectId)));
        Assert.Equal(events, await servers.Registry.EventsOfAsync(child));

        await feed.Of(Places.NextCounty).TakeAsync(feed.Of(Places.NextCounty).Household("h1"));

        Assert.All(await Task.WhenAll(news.Select(r => other.ReceiptAsync(r.SourceEventId))), r => Assert.Equal((Verdict.Applied, child), (r.Verdict, r.SubjectId)));
        Assert.Equal(Places.Neighbour + "@2023", await ResidenceAsync(child));
    }

    [Fact]
    public async Task An_adult_whose_birth_date_is_corrected_to_a_childs_leaves_the_old_household_with_the_move()
    {
        var subjects = await feed.TakeAsync(feed.Household("h1"), feed.Household("h2"), feed.Member("h1", "p1", born: "1986-05-01"));
        var told = await feed.AskAsync(feed.Member("h2", "p1", born: "2016-05-01"));
        Assert.Contains("child_file_opened", await servers.Registry.EventsOfAsync(told.SubjectId));
        Assert.Equal("member_left", (await servers.Registry.EventsOfAsync(subjects[0]))[^1]);
    }
}
