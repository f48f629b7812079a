using CsCheck;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Indicators;

namespace LeftBehind.Platform.Tests;

public sealed class IndicatorsTests
{
    [Fact]
    public void The_five_goals_come_first_and_every_name_is_one_indicators()
    {
        Assert.Equal(["学业有教", "监护有人", "生活有助", "健康有保", "安全有护"], Indicator.All.Take(5).Select(i => i.Title));
        Assert.Equal(Indicator.All.Count, Indicator.All.Select(i => i.Name).Distinct().Count());
        Assert.All(Indicator.All, i => Assert.Same(i, Indicator.Find(i.Name)));
        Assert.Null(Indicator.Find("unknown"));
    }

    [Fact]
    public void A_share_is_a_part_of_its_whole_whatever_is_counted() => Gen.Long[0, 1000].Array[Measures.All.Count].Sample(cells =>
        Assert.All(Indicator.All, i => Assert.InRange(i.Count(cells).Have, 0, i.Count(cells).Of)), iter: 100);

    [Fact]
    public void A_goal_is_of_all_left_behind_children_and_an_indicator_of_what_is_owed_alone()
    {
        var cells = Cells(("leftBehind.educated.met", 6), ("leftBehind.educated.failed", 1), ("leftBehind.educated.notCollected", 3),
            ("leftBehind.visited.inTime", 4), ("leftBehind.visited.overdue", 1), ("leftBehind.visited.notDue", 5));
        Assert.Equal((6, 10), Indicator.Find("educated")!.Count(cells));
        Assert.Equal((4, 5), Indicator.Find("visited")!.Count(cells));
    }

    [Fact]
    public void What_is_collected_is_all_but_what_is_in_a_bucket_of_its_own()
    {
        var cells = Cells(("leftBehind.schooling.primary", 3), ("leftBehind.schooling.notCollected", 1), ("leftBehind.health.notCollected", 4));
        Assert.Equal((3, 8), Indicator.Find("collected")!.Count(cells));
    }

    [Fact]
    public void An_indicator_is_shown_to_whoever_is_shown_all_that_it_is_made_of()
    {
        HashSet<short> all = [.. Measures.Of([], [])], some = [.. all.Except(Measures.Of([Measures.Report], []))];
        Assert.All(Indicator.All, i => Assert.True(i.IsShownBy(all)));
        Assert.False(Indicator.Find("reportsConcluded")!.IsShownBy(some));
        Assert.True(Indicator.Find("filed")!.IsShownBy(some));
    }

    [Fact]
    public void Equal_shares_share_a_rank_the_next_has_its_place_and_who_has_nothing_to_be_judged_by_has_none() => Assert.Equal(
        [("b", 1), ("a", 2), ("d", 2), ("c", 4), ("e", 0)],
        Ranking.Of<(string Name, long Have, long Of)>([("a", 1, 2), ("b", 3, 3), ("c", 0, 4), ("d", 2, 4), ("e", 0, 0)], r => (r.Have, r.Of)).Select(r => (r.Row.Name, r.Rank)));

    [Fact]
    public void A_third_is_a_third_whatever_it_is_of() => Assert.Equal(
        [1, 1, 3], Ranking.Of<(long Have, long Of)>([(1, 3), (333_333_333_333, 999_999_999_999), (333_333_333_332, 999_999_999_999)], r => r).Select(r => r.Rank));

    private static long[] Cells(params (string Measure, long N)[] figures)
    {
        var cells = Measures.NoFigures();
        foreach (var (measure, n) in figures)
            cells[Measures.Find(measure)!.Value] = n;
        return cells;
    }
}
