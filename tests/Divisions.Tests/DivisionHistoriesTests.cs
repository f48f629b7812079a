using CsCheck;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using Xunit;

namespace LeftBehind.Divisions.Tests;

/// <summary>Whatever is confirmed in whatever order, the tree stays a tree.</summary>
public sealed class DivisionHistoriesTests
{
    private static readonly DateOnly Today = new(2099, 1, 1);

    [Fact]
    public void After_any_allowed_changes_the_order_of_the_tree_says_what_its_rows_say() => RandomChanges.Draw.Array[0, 25].Sample(draws =>
    {
        var (history, _) = Confirm(draws);
        var tree = new DivisionTree(history);
        for (var index = 0; index < tree.Count; index++)
        {
            var id = tree.IdAt(index);
            Assert.Equal(index, tree.IndexOf(id));
            Assert.Equal(history.Upwards(id).Reverse(), tree.Path(id));
            Assert.Equal(history.Children(id).Order(), tree.Children(id).Order());
            Assert.Equal(tree.Path(id).Count, (int)tree.Level(id));
            Assert.All(tree.Path(id), above => Assert.True(tree.IsWithin(id, above)));
        }
    }, iter: 60);

    [Fact]
    public void On_every_day_a_code_names_one_division_and_every_division_that_is_there_bears_one() => RandomChanges.Draw.Array[0, 25].Sample(draws =>
    {
        var (history, confirmed) = Confirm(draws);
        foreach (var day in confirmed.Select(c => c.EffectiveOn).Append(new(2020, 1, 1)).Distinct())
        {
            var asOf = history.AsOf(day);
            var tree = new DivisionTree(asOf);
            var living = Enumerable.Range(0, tree.Count).Select(tree.IdAt).Where(id => tree.Standing(id) is DivisionStanding.Living).ToList();
            Assert.Equal(living.Count, living.Select(tree.Code).Distinct().Count());
            Assert.All(living, id => Assert.Equal(id, history.Resolve(tree.Code(id), day)));
        }
    }, iter: 40);

    [Fact]
    public void Changes_taken_one_by_one_or_all_at_once_give_the_same_tree() => RandomChanges.Draw.Array[0, 25].Sample(draws =>
    {
        var (history, confirmed) = Confirm(draws);
        var at = new DivisionTree(SmallTree.Regular.After(confirmed));
        var once = new DivisionTree(history);
        Assert.Equal(Enumerable.Range(0, once.Count).Select(once.At), Enumerable.Range(0, at.Count).Select(at.At));
        Assert.Equal(confirmed.Count, history.Changes);
    }, iter: 40);

    private static (DivisionHistory History, List<IDivisionChange> Confirmed) Confirm(uint[][] draws)
    {
        var (now, confirmed) = (SmallTree.Regular, new List<IDivisionChange>());
        foreach (var draw in draws)
            if (RandomChanges.Of(now, draw) is var change && ForbiddenChanges.Of(now, change, Today) is null)
            {
                now = now.After(change);
                confirmed.Add(change);
            }
        return (now, confirmed);
    }
}
