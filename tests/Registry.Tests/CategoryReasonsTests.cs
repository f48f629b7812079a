using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;

namespace LeftBehind.Registry.Tests;

/// <summary>Why a category is gained, lost or changed, and under which version of the rule.</summary>
public sealed class CategoryReasonsTests
{
    private static readonly DateOnly Ago = new(2020, 1, 1);
    private static readonly DateOnly Lately = new(2025, 6, 1);

    [Theory]
    [InlineData(ParentState.OutForWork, ParentState.OutForWork, ParentState.AtHome, CategoryReasons.ParentReturned)]
    [InlineData(ParentState.AtHome, ParentState.OutForWork, ParentState.OutForWork, CategoryReasons.ParentsLeft)]
    [InlineData(ParentState.AtHome, ParentState.OutForWork, ParentState.Imprisoned, CategoryReasons.ParentLostCapacity)]
    [InlineData(ParentState.Imprisoned, ParentState.OutForWork, ParentState.AtHome, CategoryReasons.CarerCapacityRestored)]
    [InlineData(ParentState.Missing, ParentState.OutForWork, ParentState.OutForWork, CategoryReasons.ParentsLeft | CategoryReasons.CarerCapacityRestored)]
    [InlineData(ParentState.OutForWork, ParentState.OutForWork, ParentState.Deceased, CategoryReasons.ParentLostCapacity)]
    [InlineData(ParentState.OutForWork, ParentState.OutForWork, ParentState.NotCollected, CategoryReasons.FactsCorrected)]
    [InlineData(ParentState.Missing, ParentState.Deceased, ParentState.AtHome, CategoryReasons.CarerCapacityRestored | CategoryReasons.DifficultyEnded)]
    [InlineData(ParentState.AtHome, ParentState.Deceased, ParentState.Missing, CategoryReasons.ParentLostCapacity | CategoryReasons.DifficultyFound)]
    [InlineData(ParentState.Missing, ParentState.Deceased, ParentState.OutForWork,
        CategoryReasons.ParentsLeft | CategoryReasons.CarerCapacityRestored | CategoryReasons.DifficultyEnded)]
    public void What_became_of_a_parent_says_why(ParentState mother, ParentState father, ParentState motherNow, CategoryReasons why)
    {
        var child = Samples.File(new(2016, 5, 1), (Parent.Father, father, Ago), (Parent.Mother, mother, Ago)).On(Samples.Today);
        child = child.After(new ParentStatusRecorded(Parent.Mother, motherNow, Lately, null, child.Facts));
        Assert.Equal(why, Change(child).Why);
    }

    [Theory]
    [InlineData(Residency.Rural, Residency.Urban, CategoryReasons.MovedWithParents)]
    [InlineData(Residency.Urban, Residency.Rural, CategoryReasons.MovedToRural)]
    [InlineData(Residency.Unknown, Residency.Rural, CategoryReasons.FactsCorrected)]
    public void A_move_out_of_the_country_or_into_it_says_why(Residency before, Residency after, CategoryReasons why)
    {
        var child = Samples.File(new(2016, 5, 1), before, (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.OutForWork, Ago)).On(Samples.Today);
        // A category gained first by a parent's leaving stands in the file; here the child itself moves.
        child = child.After(new RuleVersionChanged("x", Eligibility.RuleVersion, Samples.Today, Inputs.Of(child, Samples.Today), [], child.Facts));
        child = child.After(new ChildMoved(Guid.NewGuid(), Samples.Matian, after, child.Facts with { Residence = Samples.NextVillage }));
        Assert.Equal(why, Change(child).Why);
    }

    [Fact]
    public void A_birth_date_told_otherwise_is_a_correction_and_no_birthday()
    {
        var child = Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.OutForWork, Ago)).On(Samples.Today);
        child = child.After(new ChildIdentityCorrected(Samples.Closed, "d2", null, child.Facts with { BirthDate = new(2009, 5, 1) }));
        Assert.Equal(CategoryReasons.FactsCorrected, Change(child).Why);
    }

    [Fact]
    public void A_file_of_another_version_of_the_rule_records_the_change_once_also_when_nothing_else_changes()
    {
        var old = OfFirstVersion(Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.AtHome, Ago), (Parent.Mother, ParentState.AtHome, Ago)));
        var changed = Assert.IsType<RuleVersionChanged>(Assert.Single(DetermineCategory.Decide(old, Samples.Today)));
        Assert.Equal((Eligibility.FirstVersion, Eligibility.RuleVersion), (changed.From, changed.RuleVersion));
        Assert.NotEmpty(changed.Findings);
        Assert.Empty(DetermineCategory.Decide(old.After(changed), Samples.Today));
    }

    [Fact]
    public void What_the_new_rule_alone_decides_otherwise_is_the_rules_doing()
    {
        // Under the first version both parents without capacity were in difficulty without a ground of their own.
        var old = Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.Deceased, Ago), (Parent.Mother, ParentState.Missing, Ago));
        old = OfFirstVersion(old).After(new CategoryChanged(ChildCategory.None, Eligibility.FirstVersion, Samples.Today.AddDays(-9), old.Facts with { Category = ChildCategory.InDifficulty }));
        var decided = DetermineCategory.Decide(old, Samples.Today).ToList();
        Assert.Equal([typeof(RuleVersionChanged), typeof(CategoryChanged)], decided.Select(e => e.GetType()));
        var changed = (CategoryChanged)decided[1];
        Assert.Equal((CategoryReasons.RuleChanged, Difficulties.DeFactoUnsupported), (changed.Why, changed.After.Difficulties));
    }

    [Fact]
    public void A_change_keeps_what_it_was_determined_from()
    {
        var child = Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.OutForWork, Ago));
        var changed = Change(child);
        Assert.Equal(CategoryReasons.ParentsLeft, changed.Why);
        Assert.Equal(new Inputs(new(2016, 5, 1), Samples.Matian, Residency.Rural, ParentState.OutForWork, ParentState.OutForWork), changed.Inputs);
        Assert.Equal(DetermineCategory.Of(child, Samples.Today).Findings, changed.Findings);
    }

    private static CategoryChanged Change(Child child) => DetermineCategory.Decide(child, Samples.Today).OfType<CategoryChanged>().Single();

    private static Child OfFirstVersion(Child child) => child with { RuleVersion = Eligibility.FirstVersion };
}
