using LeftBehind.Contracts;
using Xunit;

namespace LeftBehind.Divisions.Tests;

public sealed class DivisionTreeTests
{
    private static readonly DivisionTree Tree = Shipped.Tree;
    private static readonly DateOnly Today = new(2026, 3, 1);

    [Theory]
    [InlineData(DivisionLevel.Province, 31)]
    [InlineData(DivisionLevel.City, 342)]
    [InlineData(DivisionLevel.County, 2_978)]
    [InlineData(DivisionLevel.Town, 41_352)]
    [InlineData(DivisionLevel.Village, 620_573)]
    public void The_country_has_its_divisions_at_every_level(DivisionLevel level, int expected)
    {
        Assert.Equal(expected, Tree.CountOf(level));
        Assert.Equal(expected, Enumerable.Range(0, Tree.Count).Count(index => Tree.LevelAt(index) == level));
    }

    [Theory]
    [InlineData("43", "湖南省", DivisionLevel.City, 14)]
    [InlineData("43", "湖南省", DivisionLevel.County, 134)]
    [InlineData("43", "湖南省", DivisionLevel.Town, 2_008)]
    [InlineData("43", "湖南省", DivisionLevel.Village, 29_534)]
    [InlineData("431003", "苏仙区", DivisionLevel.Town, 14)]
    [InlineData("431003", "苏仙区", DivisionLevel.Village, 185)]
    public void A_subtree_has_the_known_number_of_divisions(string code, string name, DivisionLevel level, int expected)
    {
        var top = Shipped.Id(code);
        Assert.Equal(name, Tree.Name(top));
        Assert.Equal(expected, Below(top).Count(id => Tree.Level(id) == level));
        var index = Tree.IndexOf(top);
        Assert.Equal(expected, Enumerable.Range(index, Tree.SubtreeEnd(index) - index).Count(i => Tree.LevelAt(i) == level));
    }

    [Fact]
    public void Ids_are_unique_and_lead_back_to_their_index()
    {
        var ids = Enumerable.Range(0, Tree.Count).Select(Tree.IdAt).ToHashSet();
        Assert.Equal(665_276, ids.Count);
        Assert.All(Enumerable.Range(0, Tree.Count), index => Assert.Equal(index, Tree.IndexOf(Tree.IdAt(index))));
    }

    [Fact]
    public void Every_parent_is_one_level_higher_and_holds_its_child()
    {
        for (var index = 0; index < Tree.Count; index++)
        {
            var parent = Tree.ParentIndex(index);
            Assert.Equal(Tree.LevelAt(index) == DivisionLevel.Province, parent < 0);
            if (parent < 0)
                continue;
            Assert.Equal(Tree.LevelAt(index) - 1, Tree.LevelAt(parent));
            Assert.True(Tree.IsWithin(index, parent));
            Assert.False(Tree.IsWithin(parent, index));
        }
    }

    [Fact]
    public void A_path_runs_from_the_province_to_the_village()
    {
        var village = Tree.Resolve(DivisionCode.Parse("431003101218"), Today)!.Value;
        Assert.Equal(["湖南省", "郴州市", "苏仙区", "白露塘镇", Tree.Name(village)], Tree.Path(village).Select(Tree.Name));
        Assert.Equal(Tree.Path(village).Reverse().Skip(1), Tree.Ancestors(village));
        Assert.Equal(Shipped.Id("431003101"), Tree.Parent(village));
        Assert.True(Tree.IsWithin(village, Shipped.Id("431003")));
        Assert.True(Tree.IsWithin(village, village));
        Assert.False(Tree.IsWithin(village, Shipped.Id("431002")));
        Assert.False(Tree.IsWithin(Shipped.Id("431003"), village));
    }

    [Fact]
    public void Children_are_the_divisions_directly_below()
    {
        Assert.Equal(31, Tree.Provinces.Count());
        Assert.Equal(14, Tree.Children(Shipped.Id("43")).Count());
        Assert.All(Tree.Children(Shipped.Id("4310")), county => Assert.Equal(Shipped.Id("4310"), Tree.Parent(county)));
        Assert.Empty(Tree.Children(Shipped.Id("431003101218")));
    }

    [Fact]
    public void A_date_before_the_first_edition_is_answered_by_the_first_edition()
    {
        var code = DivisionCode.Parse("431003");
        Assert.Equal(new DateOnly(2023, 6, 30), Tree.Edition);
        Assert.Equal(Tree.Resolve(code, Today), Tree.Resolve(code, new DateOnly(2019, 10, 31)));
        Assert.Equal(new Division(Shipped.Id("431003"), code, "苏仙区", DivisionLevel.County, false, Tree.Edition), Tree.Find(Shipped.Id("431003")));
    }

    [Fact]
    public void What_is_unknown_is_nowhere()
    {
        // 麻田村 left 飞天山镇; its old code of 2019 is not in this edition.
        Assert.Null(Tree.Resolve(DivisionCode.Parse("431003110201"), Today));
        Assert.Null(Tree.Resolve(default, Today));
        var unknown = Shipped.Id("431003110201");
        Assert.Equal(-1, Tree.IndexOf(unknown));
        Assert.Null(Tree.Find(unknown));
        Assert.Null(Tree.Parent(unknown));
        Assert.Empty(Tree.Path(unknown));
        Assert.Empty(Tree.Ancestors(unknown));
        Assert.Empty(Tree.Children(unknown));
        Assert.False(Tree.IsWithin(unknown, Shipped.Id("43")));
        Assert.False(Tree.IsWithin(Shipped.Id("43"), unknown));
        Assert.Throws<KeyNotFoundException>(() => Tree.Name(unknown));
    }

    [Theory]
    [InlineData("4419", "441900", "东莞市")]
    [InlineData("4420", "442000", "中山市")]
    [InlineData("4604", "460400", "儋州市")]
    [InlineData("6202", "620201", "嘉峪关市")]
    public void A_city_without_counties_is_repeated_as_its_own_county(string city, string county, string name)
    {
        Assert.Equal([Shipped.Id(county)], Tree.Children(Shipped.Id(city)));
        Assert.Equal(name, Tree.Name(Shipped.Id(county)));
        Assert.NotEqual(Shipped.Id(city), Shipped.Id(county));
        Assert.False(Tree.IsVirtual(Shipped.Id(city)));
        Assert.True(Tree.IsVirtual(Shipped.Id(county)));
    }

    [Fact]
    public void Codes_that_are_the_same_when_padded_stay_apart()
    {
        var path = Tree.Path(Shipped.Id("350527000000"));
        Assert.Equal([Shipped.Id("35"), Shipped.Id("3505"), Shipped.Id("350527"), Shipped.Id("350527000"), Shipped.Id("350527000000")], path);
        Assert.Equal([false, false, false, true, true], path.Select(Tree.IsVirtual));
    }

    [Theory]
    [InlineData("1101", "市辖区")]
    [InlineData("1201", "市辖区")]
    [InlineData("3101", "市辖区")]
    [InlineData("5001", "市辖区")]
    [InlineData("5002", "县")]
    [InlineData("4190", "省直辖县级行政区划")]
    [InlineData("4290", "省直辖县级行政区划")]
    [InlineData("4690", "省直辖县级行政区划")]
    [InlineData("6590", "自治区直辖县级行政区划")]
    public void A_city_that_only_gathers_counties_is_virtual(string code, string name)
    {
        Assert.Equal(name, Tree.Name(Shipped.Id(code)));
        Assert.True(Tree.IsVirtual(Shipped.Id(code)));
        Assert.NotEmpty(Tree.Children(Shipped.Id(code)));
    }

    [Fact]
    public void Walking_up_allocates_nothing()
    {
        var village = Shipped.Id("431003101218");
        var levels = WalkUp(village);
        var before = GC.GetAllocatedBytesForCurrentThread();
        levels += WalkUp(village);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(8, levels);
    }

    private static int WalkUp(DivisionId id)
    {
        var levels = 0;
        foreach (var ancestor in Tree.Ancestors(id))
            levels += Tree.IsWithin(id, ancestor) ? 1 : 100;
        return levels;
    }

    private static IEnumerable<DivisionId> Below(DivisionId id) => Tree.Children(id).SelectMany(child => Below(child).Prepend(child));
}
