using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;

namespace LeftBehind.Registry.Tests;

/// <summary>Away or back for less than 30 days changes nothing.</summary>
public sealed class ThirtyDaysTests
{
    private static readonly DateOnly Born = new(2016, 5, 1);
    private static readonly DateOnly Left = new(2025, 2, 20);
    private static readonly DateOnly Festival = new(2026, 2, 14);

    private static ChildCategory On(DateOnly day, ParentRecord father) =>
        Eligibility.Determine(Born, Residency.Rural, father, Samples.Long(ParentState.OutForWork), day).Category;

    [Fact]
    public void Going_away_counts_on_the_30th_day()
    {
        var father = Samples.Long(ParentState.AtHome).Told(ParentState.OutForWork, Left);
        Assert.Equal(ChildCategory.None, On(Left.AddDays(29), father));
        Assert.Equal(ChildCategory.LeftBehind, On(Left.AddDays(30), father));
        Assert.Equal(Left.AddDays(30), Eligibility.Determine(Born, Residency.Rural, father, Samples.Long(ParentState.OutForWork), Left).NextChange);
    }

    [Fact]
    public void Coming_back_counts_on_the_30th_day()
    {
        var father = Samples.Long(ParentState.OutForWork).Told(ParentState.AtHome, Festival);
        Assert.Equal(ChildCategory.LeftBehind, On(Festival.AddDays(29), father));
        Assert.Equal(ChildCategory.None, On(Festival.AddDays(30), father));
    }

    [Fact]
    public void A_parent_home_for_Spring_Festival_for_12_days_changes_no_count()
    {
        var father = Samples.Long(ParentState.AtHome).Told(ParentState.OutForWork, Left).Told(ParentState.AtHome, Festival);
        for (var day = Festival; day < Festival.AddDays(12); day = day.AddDays(1))
            Assert.Equal(ChildCategory.LeftBehind, On(day, father));
        father = father.Told(ParentState.OutForWork, Festival.AddDays(12));
        for (var day = Festival.AddDays(12); day < Festival.AddDays(100); day = day.AddDays(1))
            Assert.Equal(ChildCategory.LeftBehind, On(day, father));
    }

    [Fact]
    public void A_parent_of_whom_only_the_new_leaving_after_Spring_Festival_is_told_changes_no_count()
    {
        var father = Samples.Long(ParentState.AtHome).Told(ParentState.OutForWork, Left).Told(ParentState.OutForWork, Festival.AddDays(12));
        for (var day = Festival; day < Festival.AddDays(100); day = day.AddDays(1))
            Assert.Equal(ChildCategory.LeftBehind, On(day, father));
    }

    [Fact]
    public void Away_for_31_days_counts()
    {
        var father = Samples.Long(ParentState.AtHome).Told(ParentState.OutForWork, Left);
        Assert.Equal(ChildCategory.LeftBehind, On(Left.AddDays(31), father));
        father = father.Told(ParentState.AtHome, Left.AddDays(31));
        Assert.Equal(ChildCategory.LeftBehind, On(Left.AddDays(60), father));
        Assert.Equal(ChildCategory.None, On(Left.AddDays(61), father));
    }

    [Fact]
    public void Away_for_29_days_never_counts()
    {
        var father = Samples.Long(ParentState.AtHome).Told(ParentState.OutForWork, Left).Told(ParentState.AtHome, Left.AddDays(29));
        for (var day = Left; day < Left.AddDays(120); day = day.AddDays(1))
            Assert.Equal(ChildCategory.None, On(day, father));
    }

    [Fact]
    public void A_first_at_home_counts_at_once_and_so_does_a_lasting_loss()
    {
        Assert.Equal(ParentState.AtHome, ParentRecord.Unknown.Told(ParentState.AtHome, Festival).CountedOn(Festival));
        foreach (var state in Enum.GetValues<ParentState>().Where(s => s.LacksCapacity()))
            Assert.Equal(state, Samples.Long(ParentState.OutForWork).Told(state, Festival).CountedOn(Festival));
    }

    [Fact]
    public void Telling_the_same_again_changes_nothing()
    {
        var father = Samples.Long(ParentState.AtHome).Told(ParentState.OutForWork, Left);
        Assert.Same(father, father.Told(ParentState.OutForWork, Left));
    }

    [Fact]
    public void A_day_corrected_backwards_keeps_what_counted_before()
    {
        var father = Samples.Long(ParentState.AtHome).Told(ParentState.OutForWork, Left).Told(ParentState.OutForWork, Left.AddDays(-20));
        Assert.Equal(ParentState.AtHome, father.CountedOn(Left.AddDays(9)));
        Assert.Equal(ParentState.OutForWork, father.CountedOn(Left.AddDays(10)));
    }
}
