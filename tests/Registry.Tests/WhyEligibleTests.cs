using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Tests;

/// <summary>The determination as it was recorded, and today's beside it when that is another.</summary>
public sealed class WhyEligibleTests
{
    private static readonly DateOnly Ago = new(2020, 1, 1);

    private static Child InDifficulty()
    {
        var child = Samples.File(new(2010, 3, 20), (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.OutForWork, Ago));
        return child.After(RecordNeeds.Disability(child, DisabilityGrade.Grade1, DisabilityKind.Physical, "dpf")!).On(Samples.Today);
    }

    [Fact]
    public void What_was_recorded_is_answered_and_today_only_when_it_differs()
    {
        var told = WhyEligible.Answer(InDifficulty(), Samples.Today.AddDays(1), WhyEligible.Seen.All);
        Assert.Equal(("LeftBehindInDifficulty", "BothParentsOut", Eligibility.RuleVersion, "2026-03-02"), (told.Category, told.Reason, told.RuleVersion, told.DeterminedOn));
        Assert.Equal(["SevereDisability"], told.Difficulties);
        Assert.Equal(["ParentsLeft", "DifficultyFound"], told.ChangedBecause);
        Assert.Equal(("OutForWork", "Grade1", "2010-03-20"), (told.Inputs.Father, told.Inputs.Disability, told.Inputs.BirthDate));
        Assert.Contains(told.Findings, f => f is { Found: "yes", Source: "dpf" });
        Assert.Null(told.Today);

        var later = WhyEligible.Answer(InDifficulty(), new(2026, 3, 20), WhyEligible.Seen.All);
        Assert.Equal(("LeftBehindInDifficulty", "InDifficulty", "2026-03-20"), (later.Category, later.Today.Category, later.Today.DeterminedOn));
    }

    [Fact]
    public void A_file_whose_category_never_changed_is_determined_as_of_today()
    {
        var told = WhyEligible.Answer(Samples.File(new(2016, 5, 1)), Samples.Today, WhyEligible.Seen.All);
        Assert.Equal(("None", "2026-03-02", null), (told.Category, told.DeterminedOn, told.Today));
    }

    [Fact]
    public void To_whom_health_and_aid_are_not_shown_difficulty_is_not()
    {
        var told = WhyEligible.Answer(InDifficulty(), new(2026, 3, 20), new(HealthAid: false, Contact: true));
        Assert.Equal(("LeftBehind", "None"), (told.Category, told.Today.Category));
        Assert.Equal(["ParentsLeft"], told.ChangedBecause);
        Assert.Empty(told.Difficulties);
        Assert.Equal(("", ""), (told.Inputs.Disability, told.Inputs.Guardian));
        Assert.DoesNotContain(told.Findings.Concat(told.Today.Findings), f => Difficulty.Conditions.Contains(f.Condition));
    }

    [Fact]
    public void To_whom_contact_is_not_shown_the_parents_are_not()
    {
        var told = WhyEligible.Answer(InDifficulty(), new(2026, 3, 20), new(HealthAid: true, Contact: false));
        Assert.Equal(("LeftBehindInDifficulty", "", "", ""), (told.Category, told.Reason, told.Inputs.Father, told.Inputs.Mother));
        Assert.Equal(["DifficultyFound"], told.ChangedBecause);
        Assert.DoesNotContain(told.Findings.Concat(told.Today.Findings), f => f.Condition.Contains("father", StringComparison.Ordinal) || f.Condition.Contains("parents", StringComparison.Ordinal));
        Assert.Contains(told.Findings, f => f.Condition == "rural");
    }
}
