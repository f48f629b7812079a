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
    public async Task An_adult_whose_birth_date_is_corrected_to_a_childs_leaves_the_old_household_with_the_move()
    {
        var subjects = await feed.TakeAsync(feed.Household("h1"), feed.Household("h2"), feed.Member("h1", "p1", born: "1986-05-01"));
        var told = await feed.AskAsync(feed.Member("h2", "p1", born: "2016-05-01"));
        Assert.Contains("child_file_opened", await servers.Registry.EventsOfAsync(told.SubjectId));
        Assert.Equal("member_left", (await servers.Registry.EventsOfAsync(subjects[0]))[^1]);
    }
}
