using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using Xunit;
using static LeftBehind.Divisions.Tests.SmallTree;

namespace LeftBehind.Divisions.Tests;

/// <summary>What each change makes of the tree, today and as of the days before.</summary>
public sealed class DivisionChangesTests
{
    private const string Document = "湘政函〔2023〕1号";
    private static readonly DateOnly On = new(2023, 6, 30), Before = On.AddDays(-1), Today = new(2026, 3, 2);

    [Fact]
    public void A_renamed_division_keeps_its_id_and_had_another_name_before()
    {
        var tree = After(new DivisionRenamed(Id("431003"), "苏仙区", On, Document));
        Assert.Equal("苏仙区", tree.Name(Id("431003")));
        Assert.Equal(("县1003", "苏仙区"), (tree.History.At(Id("431003"), Before)!.Name, tree.History.At(Id("431003"), On)!.Name));
        Assert.Equal("县1003", tree.AsOf(Before).Name(Id("431003")));
    }

    [Fact]
    public void A_recoded_county_keeps_its_id_and_the_codes_below_begin_with_its_new_one()
    {
        var tree = After(new DivisionRecoded(Id("431003"), Code("431181"), On, Document));
        Assert.Equal("431181", tree.Code(Id("431003")).ToString());
        Assert.Equal("431181101201", tree.Code(Id("431003101201")).ToString());
        Assert.Equal(Id("431003101201"), tree.Resolve(Code("431181101201"), On));
        Assert.Equal(Id("431003101201"), tree.Resolve(Code("431003101201"), Before));
        Assert.Null(tree.Resolve(Code("431003101201"), On));
        Assert.Null(tree.Resolve(Code("431181101201"), Before));
    }

    [Fact]
    public void A_code_that_was_given_out_again_means_whoever_bore_it_on_the_day()
    {
        var later = On.AddYears(1);
        var tree = After(new DivisionRecoded(Id("431003"), Code("431181"), On, Document), new DivisionEstablished(Id("431003", 2024), Code("431003"), "新区", Id("4310"), false, later, Document));
        Assert.Equal(Id("431003"), tree.Resolve(Code("431003"), Before));
        Assert.Null(tree.Resolve(Code("431003"), On));
        Assert.Equal(Id("431003", 2024), tree.Resolve(Code("431003"), later));
        Assert.Equal(["431002", "431003", "431181"], tree.Children(Id("4310")).Select(c => tree.Code(c).ToString()));
    }

    [Fact]
    public void A_code_laid_down_and_given_to_nobody_still_names_who_bore_it_last()
    {
        var history = After(new DivisionRecoded(Id("431003"), Code("431181"), On, Document)).History;
        Assert.Equal(Id("431003"), history.ResolveLast(Code("431003")));
        Assert.Equal(Id("431003"), history.ResolveLast(Code("431181")));
        Assert.Null(history.ResolveLast(Code("439999")));
        // What ended names nobody any more: another division has other people.
        Assert.Null(history.After(new DivisionsMerged([Id("431003")], Id("431002"), On, Document)).ResolveLast(Code("431003")));
    }

    [Fact]
    public void A_reparented_county_lies_in_the_other_city_with_all_below_it()
    {
        var tree = After(new DivisionReparented(Id("431003"), Id("4311"), On, Document));
        Assert.Equal([Id("43"), Id("4311"), Id("431003"), Id("431003101"), Id("431003101202")], tree.Path(Id("431003101202")));
        Assert.True(tree.IsWithin(Id("431003101202"), Id("4311")));
        Assert.False(tree.IsWithin(Id("431003101202"), Id("4310")));
        Assert.True(tree.AsOf(Before).IsWithin(Id("431003101202"), Id("4310")));
        Assert.Equal([Id("431002")], tree.Children(Id("4310")));
    }

    [Fact]
    public void A_merged_town_lies_within_the_one_it_ended_in_and_its_villages_below_that()
    {
        var tree = After(new DivisionsMerged([Id("431003101")], Id("431003102"), On, Document));
        Assert.Equal([Id("431003102")], tree.Children(Id("431003")));
        Assert.Equal(4, tree.Children(Id("431003102")).Count());
        Assert.Contains(Id("431003101"), tree.Within(Id("431003102")));
        Assert.Equal(Id("431003102"), tree.CountedIn(Id("431003101")));
        Assert.Equal(tree.Path(Id("431003102")), tree.Path(Id("431003101")));
        Assert.Equal(tree.Ancestors(Id("431003102")), tree.Ancestors(Id("431003101")));
        Assert.Equal("镇101", tree.Name(Id("431003101")));
        Assert.Null(tree.Resolve(Code("431003101"), On));
        Assert.Equal(Id("431003101"), tree.Resolve(Code("431003101"), Before));
    }

    [Fact]
    public void Of_a_split_the_villages_that_were_given_go_with_the_parts_and_the_division_goes_on()
    {
        var tree = After(new DivisionSplit(Id("431003101"), [new(Id("431003103", 2023), Code("431003103"), "新镇", [Id("431003101202")])], On, Document));
        Assert.Equal([Id("431003101201")], tree.Children(Id("431003101")));
        Assert.Equal([Id("431003101202")], tree.Children(Id("431003103", 2023)));
        Assert.Equal(Id("431003"), tree.Parent(Id("431003103", 2023)));
        Assert.Equal(On, tree.Find(Id("431003103", 2023))!.ValidFrom);
        Assert.Null(tree.AsOf(Before).Find(Id("431003103", 2023)));
    }

    [Fact]
    public void An_extracted_village_stands_beside_those_it_came_of()
    {
        var tree = After(new VillagesExtracted([Id("431003101201"), Id("431003101202")], Id("431003101203", 2023), Code("431003101203"), "新村", Id("431003101"), On, Document));
        Assert.Equal(["431003101201", "431003101202", "431003101203"], tree.Children(Id("431003101")).Select(c => tree.Code(c).ToString()));
    }

    [Fact]
    public void An_abolished_village_is_no_child_and_stays_where_it_lay_for_whoever_is_counted_there()
    {
        var tree = After(new DivisionAbolished(Id("431003101201"), On, Document));
        Assert.Equal([Id("431003101202")], tree.Children(Id("431003101")));
        Assert.Equal([Id("431003101201"), Id("431003101202")], tree.CountedChildren(Id("431003101")));
        Assert.Equal(DivisionStanding.Abolished, tree.Standing(Id("431003101201")));
        Assert.Equal(5, tree.Path(Id("431003101201")).Count);
        Assert.Contains(Id("431003101201").Value, tree.ValuesWithin(Id("431003")));
        Assert.Equal(15, tree.CountOf(DivisionLevel.Village));
    }

    [Fact]
    public void Who_asks_a_tree_that_stands_still_sees_nothing_of_what_follows()
    {
        var tree = new DivisionTree(Regular);
        var still = tree.AsOf(Today);
        tree.Follow(Regular.After(new DivisionReparented(Id("431003"), Id("4311"), On, Document)));
        Assert.Equal(Id("4310"), still.Parent(Id("431003")));
        Assert.Equal(Id("4311"), tree.Parent(Id("431003")));
        Assert.Equal(Id("4310"), new DivisionTree(tree.Unchanged).Parent(Id("431003")));
    }

    private static DivisionTree After(params IDivisionChange[] changes)
    {
        var now = Regular;
        foreach (var change in changes)
        {
            Assert.Null(ForbiddenChanges.Of(now, change, Today));
            now = now.After(change);
        }
        var tree = new DivisionTree(Regular);
        tree.Follow(now);
        return tree;
    }
}
