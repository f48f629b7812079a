using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Tests;

public sealed class DetermineCategoryTests
{
    private static readonly DateOnly Ago = new(2024, 1, 1);

    [Fact]
    public void A_category_is_gained_with_its_reason_and_what_it_was_made_from()
    {
        var child = Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.Imprisoned, Ago));
        var changed = Assert.IsType<CategoryChanged>(Assert.Single(DetermineCategory.Decide(child, Samples.Today)));
        Assert.Equal((ChildCategory.None, Eligibility.RuleVersion, Samples.Today), (changed.From, changed.RuleVersion, changed.DeterminedOn));
        Assert.Equal((ChildCategory.LeftBehind, LeftBehindReason.OneOutOtherWithoutCapacity), (changed.After.Category, changed.After.Reason));
    }

    [Fact]
    public void Another_reason_is_a_change_too()
    {
        var child = Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.Imprisoned, Ago)).On(Samples.Today);
        child = child.After(new ParentStatusRecorded(Parent.Mother, ParentState.OutForWork, Ago, null, child.Facts));
        Assert.Equal(LeftBehindReason.BothParentsOut, child.On(Samples.Today).Facts.Reason);
    }

    [Fact]
    public void The_16th_birthday_ends_being_left_behind_and_leaves_the_file_open()
    {
        var child = Samples.File(new(2010, 3, 3), (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.OutForWork, Ago)).On(new(2026, 3, 2));
        Assert.Equal(ChildCategory.LeftBehind, child.Facts.Category);
        child = child.On(new(2026, 3, 3));
        Assert.Equal((FileState.Open, ChildCategory.None, null), (child.Facts.State, child.Facts.Category, child.Facts.Reason));
    }

    [Fact]
    public void The_16th_birthday_keeps_a_child_in_difficulty()
    {
        var child = Samples.File(new(2010, 3, 3), (Parent.Father, ParentState.Deceased, Ago), (Parent.Mother, ParentState.NoContact, Ago)).On(new(2026, 3, 2));
        Assert.Equal(ChildCategory.InDifficulty, child.Facts.Category);
        Assert.Empty(DetermineCategory.Decide(child, new(2026, 3, 3)));
        Assert.Equal(ChildCategory.InDifficulty, child.On(new(2028, 3, 2)).Facts.Category);
    }

    [Fact]
    public void The_18th_birthday_closes_the_file_whatever_the_category_was()
    {
        var child = Samples.File(new(2008, 2, 29), (Parent.Father, ParentState.Deceased, Ago), (Parent.Mother, ParentState.NoContact, Ago)).On(new(2026, 2, 28));
        Assert.Equal((FileState.Open, ChildCategory.InDifficulty), (child.Facts.State, child.Facts.Category));
        var closed = Assert.IsType<ChildFileClosed>(Assert.Single(DetermineCategory.Decide(child, new(2026, 3, 1))));
        Assert.Equal((FileState.Adult, ChildCategory.None, null), (closed.After.State, closed.After.Category, closed.After.Reason));
        Assert.Empty(DetermineCategory.Decide(child.After(closed), new(2026, 3, 2)));
    }

    [Fact]
    public void A_file_closed_by_a_mistyped_birth_date_opens_again_and_is_determined_anew()
    {
        var child = Samples.File(new(1986, 5, 1), (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.OutForWork, Ago)).On(Samples.Today);
        Assert.Equal(FileState.Adult, child.Facts.State);
        child = child.After(new ChildIdentityCorrected(Samples.Closed, "d2", null, child.Facts with { BirthDate = new(2016, 5, 1) }));
        var decided = DetermineCategory.Decide(child, Samples.Today).ToList();
        Assert.Equal([typeof(ChildFileReopened), typeof(CategoryChanged)], decided.Select(e => e.GetType()));
        Assert.Equal((FileState.Open, ChildCategory.None, null), (decided[0].After.State, decided[0].After.Category, decided[0].After.Reason));
        child = child.On(Samples.Today);
        Assert.Equal((FileState.Open, ChildCategory.LeftBehind, LeftBehindReason.BothParentsOut), (child.Facts.State, child.Facts.Category, child.Facts.Reason));
        Assert.Empty(DetermineCategory.Decide(child, Samples.Today));
    }

    [Theory]
    [InlineData(FileState.Deceased)]
    [InlineData(FileState.MovedAway)]
    [InlineData(FileState.EnteredInError)]
    [InlineData(FileState.MergedInto)]
    public void A_file_closed_for_another_reason_stays_closed(FileState state)
    {
        var child = Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.OutForWork, Ago));
        Assert.Empty(DetermineCategory.Decide(child.After(new ChildFileClosed(child.Facts with { State = state })), Samples.Today));
    }

    [Fact]
    public void Nothing_is_determined_of_a_file_that_was_never_opened() =>
        Assert.Empty(DetermineCategory.Decide(Child.New(Guid.NewGuid()), Samples.Today));
}
