using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Visits;

namespace LeftBehind.Registry.Tests.Visits;

/// <summary>How often a child is visited: by risk (platform default) and key list (policy: 重点排查…农村留守儿童).</summary>
public sealed class VisitPlanTests
{
    [Theory]
    [InlineData(null, Cadence.Quarterly)]
    [InlineData(RiskLevel.Low, Cadence.Quarterly)]
    [InlineData(RiskLevel.Medium, Cadence.Monthly)]
    [InlineData(RiskLevel.High, Cadence.Weekly)]
    public void A_left_behind_child_is_visited_by_its_risk(RiskLevel? risk, Cadence cadence) => Assert.Equal(cadence, Given.Plan(Given.LeftBehind, risk).Cadence);

    [Theory]
    [InlineData(null, Cadence.None)]
    [InlineData(RiskLevel.Low, Cadence.None)]
    [InlineData(RiskLevel.Medium, Cadence.Monthly)]
    [InlineData(RiskLevel.High, Cadence.Weekly)]
    public void Any_other_child_is_visited_only_when_it_was_found_at_risk(RiskLevel? risk, Cadence cadence) => Assert.Equal(cadence, Given.Plan(Given.AtHome, risk).Cadence);

    [Fact]
    public void Whoever_is_on_the_key_list_is_visited_monthly_at_least_and_each_reason_names_its_source()
    {
        var hardship = Told(Given.LeftBehind, c => RecordNeeds.Aid(c, AidKinds.MinimumLiving, true, "aid"));
        Assert.Equal((Cadence.Monthly, KeyListReasons.Hardship, "aid"), Listed(hardship));
        Assert.Equal((Cadence.Monthly, KeyListReasons.GuardianMissing, "population-base"), Listed(Told(Given.LeftBehind, c => RecordNeeds.Guardian(c, GuardianKind.Missing, "population-base"))));
        Assert.Equal((Cadence.Monthly, KeyListReasons.DeFactoUnsupported, "aid"), Listed(Told(Given.LeftBehind, c => RecordNeeds.Aid(c, AidKinds.BasicLivingAllowance, true, "aid"))));
        Assert.Equal((Cadence.Monthly, KeyListReasons.Disabled, "dpf"), Listed(Told(Given.LeftBehind, c => RecordNeeds.Disability(c, DisabilityGrade.Grade4, DisabilityKind.Hearing, "dpf"))));
        Assert.Equal((Cadence.Monthly, KeyListReasons.DroppedOut, "education"), Listed(Given.LeftBehind, droppedOut: true));
        Assert.Equal((Cadence.Weekly, KeyListReasons.HighRisk, "assessment"), Listed(Given.LeftBehind, RiskLevel.High));
        Assert.Equal((Cadence.Weekly, KeyListReasons.Hardship | KeyListReasons.DroppedOut | KeyListReasons.HighRisk),
            (Given.Plan(hardship, RiskLevel.High, true).Cadence, Given.Plan(hardship, RiskLevel.High, true).KeyList));
    }

    [Fact]
    public void De_facto_unsupported_by_both_parents_is_found_by_rule_and_not_by_a_source()
    {
        var child = Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.Deceased, new(2020, 1, 1)), (Parent.Mother, ParentState.Missing, new(2020, 1, 1))).On(Samples.Today);
        Assert.Equal((Cadence.Monthly, KeyListReasons.DeFactoUnsupported, "registry"), Listed(child));
    }

    [Fact]
    public void A_child_that_is_not_visited_is_not_on_the_key_list() => Assert.Equal(KeyListReasons.None,
        Given.Plan(Told(Given.AtHome, c => RecordNeeds.Disability(c, DisabilityGrade.Grade4, null, "dpf")), droppedOut: true).KeyList);

    [Fact]
    public void Of_a_closed_file_nobody_is_visited()
    {
        var closed = CloseFile.Close(Given.LeftBehind, FileState.MovedAway).Aggregate(Given.LeftBehind, (c, e) => c.After(e));
        var plan = Given.Plan(closed, RiskLevel.High, true, true);
        Assert.Equal((false, Cadence.None, KeyListReasons.None, false), (plan.Open, plan.Cadence, plan.KeyList, plan.HasWorker));
    }

    private static Child Told(Child child, Func<Child, IChildEvent?> told) => child.After(told(child)!).On(Samples.Today);

    private static (Cadence, KeyListReasons, string) Listed(Child child, RiskLevel? risk = null, bool droppedOut = false)
    {
        var plan = Given.Plan(child, risk, droppedOut);
        var listing = Assert.Single(plan.Listings(child));
        Assert.Equal(plan.KeyList, listing.Reason);
        return (plan.Cadence, listing.Reason, listing.Source);
    }
}
