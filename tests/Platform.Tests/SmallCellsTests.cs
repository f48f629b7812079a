using CsCheck;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Platform.Figures;

namespace LeftBehind.Platform.Tests;

public sealed class SmallCellsTests
{
    private static readonly DivisionTree Tree = Sample.Load(["43", "4310", "431003", "431003101", .. Enumerable.Range(201, 8).Select(v => $"431003101{v}")]);
    private static readonly List<DivisionId> Villages = [.. Tree.Children(DivisionId.Parse("431003101@2023"))];

    /// <summary>Some villages of a town, each with three figures; zeros are left out as the cube leaves them out.</summary>
    private static readonly Gen<(DivisionId Village, long[] Figures)[]> Town = Gen.Select(Gen.Int[1, 8], Gen.OneOf(Gen.Const(0L), Gen.Long[0, 5], Gen.Long[3, 90]).Array[3].Array[8],
        (villages, figures) => Villages.Take(villages).Select((v, i) => (v, figures[i])).ToArray());

    [Fact]
    public void No_village_with_a_figure_of_1_or_2_is_shown_by_itself() => Town.Sample(town =>
    {
        var merged = Merge(town);
        Assert.All(town.Where(t => t.Figures.Any(n => n is 1 or 2)), t => Assert.True(merged.Hides(t.Village)));
    });

    [Fact]
    public void No_village_is_merged_alone_when_there_is_a_neighbour_nor_with_empty_ones_when_there_is_another() => Town.Sample(town =>
    {
        var merged = Merge(town);
        Assert.False(merged.Villages.Count == 1 && town.Length > 1);
        var peopled = town.Where(t => t.Figures.Any(n => n > 0)).ToList();
        if (merged.Villages.Count > 0 && peopled.Count > 1)
            Assert.True(peopled.Count(t => merged.Hides(t.Village)) > 1);
    });

    /// <summary>All that the town's figures and the villages shown leave over is the merged row itself.</summary>
    [Fact]
    public void Subtraction_leaves_the_merged_row_and_nothing_finer() => Town.Sample(town =>
    {
        var merged = Merge(town);
        for (short measure = 0; measure < 3; measure++)
        {
            var left = town.Sum(t => t.Figures[measure]) - town.Where(t => !merged.Hides(t.Village)).Sum(t => t.Figures[measure]);
            Assert.Equal(left, merged.Sums[measure]);
        }
    });

    [Fact]
    public void Villages_without_small_figures_stay_as_they_are() =>
        Assert.Empty(Merge([(Villages[0], [3, 0, 9]), (Villages[1], [0, 0, 0])]).Villages);

    [Fact]
    public void The_neighbour_that_is_merged_along_is_the_smallest_that_is_not_empty()
    {
        var merged = Merge([(Villages[0], [2, 0, 0]), (Villages[1], [0, 0, 0]), (Villages[2], [30, 9, 9]), (Villages[3], [7, 3, 0])]);
        Assert.Equal([Villages[0], Villages[3]], merged.Villages.Order());
    }

    [Fact]
    public void A_village_with_nothing_but_duties_is_empty_and_the_neighbour_merged_along_has_people()
    {
        var duty = Measures.Find("obligation.state.open")!.Value;
        var merged = SmallCells.Merge(Tree, [.. Villages.Take(3)], new()
        {
            [Villages[0]] = Cells((0, 2)), [Villages[1]] = Cells((duty, 3)), [Villages[2]] = Cells((0, 40)),
        });
        Assert.Equal([Villages[0], Villages[2]], merged.Villages.Order());
    }

    [Fact]
    public void One_duty_of_a_village_is_as_small_as_one_child()
    {
        var duty = Measures.Find("obligation.state.overdue")!.Value;
        var merged = SmallCells.Merge(Tree, [.. Villages.Take(2)], new() { [Villages[0]] = Cells((0, 30), (duty, 1)), [Villages[1]] = Cells((0, 40)) });
        Assert.True(merged.Hides(Villages[0]));
    }

    [Fact]
    public void A_town_of_one_village_is_merged_with_another_town()
    {
        var tree = Sample.Load(["43", "4310", "431003", "431003101", "431003101201", "431003101202", "431003102", "431003102201", "431003103"]);
        var (two, one, none) = (DivisionId.Parse("431003101@2023"), DivisionId.Parse("431003102@2023"), DivisionId.Parse("431003103@2023"));
        var merged = SmallCells.Merge(tree, [two, one, none], new() { [two] = Cells((0, 40), (1, 1)), [one] = Cells((0, 2), (1, 1)) });
        Assert.Equal([two, one], merged.Villages.Order());
        Assert.Equal((42, 2), (merged.Sums[0], merged.Sums[1]));
        Assert.Empty(SmallCells.Merge(tree, [two, one, none], new() { [two] = Cells((0, 1)), [one] = Cells((0, 3)) }).Villages);
    }

    [Fact]
    public void Towns_and_counties_are_shown_whatever_their_figures()
    {
        var town = DivisionId.Parse("431003101@2023");
        Assert.Empty(SmallCells.Merge(Tree, [town], new() { [town] = Cells((0, 1)) }).Villages);
    }

    private static SmallCells Merge((DivisionId Village, long[] Figures)[] town) => SmallCells.Merge(Tree, [.. town.Select(t => t.Village)],
        town.Where(t => t.Figures.Any(n => n > 0)).ToDictionary(t => t.Village, t => Cells([.. t.Figures.Select((n, i) => ((short)i, n))])));

    private static long[] Cells(params (short Measure, long N)[] figures)
    {
        var cells = Measures.NoFigures();
        foreach (var (measure, n) in figures)
            cells[measure] = n;
        return cells;
    }
}
