using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Tests;

public sealed class MatchScoreTests
{
    private static readonly DivisionId Town = DivisionId.Parse("431003101@2023");
    private static readonly MatchFeatures Known = new("李小禾", new(2016, 5, 1), Sex.Female, Samples.Matian, Town, null, false, Guid.NewGuid(), new HashSet<string> { "王桂花" });

    private static MatchFeatures Elsewhere => Known with { Household = Guid.NewGuid() };

    [Fact]
    public void The_same_name_birth_date_and_village_are_suspected_with_evidence_of_each_feature()
    {
        var score = MatchScore.Of(Known, Elsewhere);
        Assert.True(score.IsSuspect);
        Assert.Equal("Name:Same BirthDate:Same Sex:Same Family:Same Residence:Same Number:Unknown", score.Findings);
    }

    [Fact]
    public void A_missing_field_lowers_confidence_and_vetoes_nothing()
    {
        var whole = MatchScore.Of(Known, Elsewhere).Points;
        MatchFeatures[] lacking =
        [
            Elsewhere with { BirthDate = null }, Elsewhere with { Sex = Sex.NotCollected }, Elsewhere with { Adults = new HashSet<string>() }, Elsewhere with { Name = "" },
        ];
        Assert.All(lacking, other => Assert.InRange(MatchScore.Of(Known, other).Points, MatchScore.Suspect, whole - 1));
    }

    [Fact]
    public void Different_verified_numbers_are_never_one_child()
    {
        var score = MatchScore.Of(Known with { Number = "1", NumberVerified = true }, Elsewhere with { Number = "2", NumberVerified = true });
        Assert.Equal(0, score.Points);
        Assert.True(MatchScore.Of(Known with { Number = "1", NumberVerified = true }, Elsewhere with { Number = "2" }).IsSuspect);
    }

    [Fact]
    public void A_number_alone_neither_links_nor_separates()
    {
        var stranger = new MatchFeatures("张伟", new(2012, 11, 30), Sex.Male, Samples.NextVillage, null, "1", false, Guid.NewGuid(), new HashSet<string>());
        Assert.False(MatchScore.Of(Known with { Number = "1" }, stranger).IsSuspect);
        Assert.True(MatchScore.Of(Known with { Number = "1" }, Elsewhere with { Number = "2" }).IsSuspect);
    }

    [Theory]
    [InlineData("李小苗")]
    [InlineData("李大山")]
    public void Twins_of_one_family_stay_two(string twin) => Assert.Equal(0, MatchScore.Of(Known, Elsewhere with { Name = twin }).Points);

    [Fact]
    public void Siblings_and_neighbours_of_one_name_are_not_suspected()
    {
        Assert.False(MatchScore.Of(Known, Elsewhere with { Name = "李小苗", BirthDate = new(2018, 9, 12) }).IsSuspect);
        Assert.False(MatchScore.Of(Known, Elsewhere with { BirthDate = new(2012, 11, 30), Adults = new HashSet<string>() }).IsSuspect);
    }

    [Fact]
    public void A_name_or_a_date_with_one_slip_is_near()
    {
        var other = Elsewhere with { Adults = new HashSet<string>() };
        Assert.True(MatchScore.Of(Known, other with { Name = "李小和" }).IsSuspect);
        Assert.True(MatchScore.Of(Known, other with { BirthDate = new(2016, 1, 5) }).IsSuspect);
        Assert.True(MatchScore.Of(Known, other with { BirthDate = new(2016, 5, 11) }).IsSuspect);
    }

    [Fact]
    public void The_order_of_the_two_makes_no_difference() =>
        Assert.Equal(MatchScore.Of(Known, Elsewhere with { Name = "李小和" }).Points, MatchScore.Of(Elsewhere with { Name = "李小和" }, Known).Points);
}
