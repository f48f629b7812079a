using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;

namespace LeftBehind.Registry.Tests;

/// <summary>困境儿童 (国发〔2016〕36号; 事实无人抚养: 民发〔2019〕62号), ground by ground, to the 18th birthday.</summary>
public sealed class DifficultyTests
{
    private static readonly DateOnly Ago = new(2020, 1, 1);
    private static readonly DateOnly Born = new(2016, 5, 1);

    public static TheoryData<string, Difficulties> Grounds() => new()
    {
        { "serious illness", Difficulties.SeriousIllness }, { "illness", Difficulties.None },
        { "grade 1", Difficulties.SevereDisability }, { "grade 2", Difficulties.SevereDisability }, { "grade 3", Difficulties.None }, { "grade 4", Difficulties.None },
        { "minimum living", Difficulties.Hardship }, { "extreme poverty", Difficulties.Hardship }, { "temporary", Difficulties.None }, { "medical", Difficulties.None },
        { "allowance", Difficulties.DeFactoUnsupported }, { "guardian missing", Difficulties.GuardianMissing }, { "grandparents", Difficulties.None },
    };

    [Theory]
    [MemberData(nameof(Grounds))]
    public void Each_ground_alone_is_a_difficulty_with_the_source_that_told_it(string told, Difficulties found)
    {
        var child = Tell(Samples.File(Born), told);
        var changed = DetermineCategory.Decide(child, Samples.Today).OfType<CategoryChanged>().SingleOrDefault();
        Assert.Equal(found, changed?.After.Difficulties ?? Difficulties.None);
        if (changed is null)
            return;
        Assert.Equal((ChildCategory.InDifficulty, CategoryReasons.DifficultyFound), (changed.After.Category, changed.Why));
        Assert.Equal("dpf", Assert.Single(changed.Findings!, f => Difficulty.Conditions.Contains(f.Condition) && f.Found is true).Source);
    }

    [Theory]
    [MemberData(nameof(Grounds))]
    public void A_ground_that_ends_ends_the_difficulty(string told, Difficulties found)
    {
        var child = Untell(Tell(Samples.File(Born), told).On(Samples.Today), told);
        var changed = DetermineCategory.Decide(child, Samples.Today).OfType<CategoryChanged>().SingleOrDefault();
        Assert.Equal(found is Difficulties.None, changed is null);
        if (changed is not null)
            Assert.Equal((ChildCategory.None, Difficulties.None, CategoryReasons.DifficultyEnded), (changed.After.Category, changed.After.Difficulties, changed.Why));
    }

    [Fact]
    public void Nothing_told_is_unknown_and_never_no()
    {
        var findings = DetermineCategory.Of(Samples.File(Born), Samples.Today).Findings;
        Assert.All(findings.Where(f => Difficulty.Conditions.Contains(f.Condition)), f => Assert.Null(f.Found));
    }

    [Fact]
    public void Both_parents_without_capacity_are_de_facto_no_support_and_told_apart_as_on_the_official_form()
    {
        var child = Samples.File(Born, (Parent.Father, ParentState.Deceased, Ago), (Parent.Mother, ParentState.NoContact, Ago)).On(Samples.Today);
        Assert.Equal((ChildCategory.InDifficulty, Difficulties.DeFactoUnsupported), (child.Facts.Category, child.Facts.Difficulties));
        var apart = Assert.Single(child.Determined!.Findings!, f => f.Condition == "both parents without guardianship capacity");
        Assert.True(apart.Found);
        Assert.Contains("outside the definition", apart.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_may_be_left_behind_and_in_difficulty_and_loses_one_without_the_other()
    {
        var child = Samples.File(Born, (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.OutForWork, Ago)).On(Samples.Today);
        child = Tell(child, "grade 1").On(Samples.Today);
        Assert.Equal((ChildCategory.LeftBehindInDifficulty, LeftBehindReason.BothParentsOut), (child.Facts.Category, child.Facts.Reason));
        child = Untell(child, "grade 1").On(Samples.Today);
        Assert.Equal((ChildCategory.LeftBehind, LeftBehindReason.BothParentsOut), (child.Facts.Category, child.Facts.Reason));
    }

    [Fact]
    public void An_unknown_residency_hides_no_difficulty()
    {
        var child = Samples.File(Born, Residency.Unknown, (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.OutForWork, Ago));
        Assert.Equal(ChildCategory.UndeterminedInDifficulty, Tell(child, "minimum living").On(Samples.Today).Facts.Category);
    }

    [Fact]
    public void The_16th_birthday_leaves_the_difficulty_and_the_18th_ends_it_with_the_file()
    {
        var child = Tell(Samples.File(new(2010, 3, 3), (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.OutForWork, Ago)), "serious illness");
        Assert.Equal(ChildCategory.LeftBehindInDifficulty, child.On(new(2026, 3, 2)).Facts.Category);
        var aged = Assert.IsType<CategoryChanged>(Assert.Single(DetermineCategory.Decide(child.On(new(2026, 3, 2)), new(2026, 3, 3))));
        Assert.Equal((ChildCategory.InDifficulty, CategoryReasons.AgedOut), (aged.After.Category, aged.Why));
        child = child.On(new(2028, 3, 2)).On(new(2028, 3, 3));
        Assert.Equal((FileState.Adult, Difficulties.None), (child.Facts.State, child.Facts.Difficulties));
    }

    [Fact]
    public void Telling_the_same_again_is_no_news()
    {
        var child = Tell(Tell(Samples.File(Born), "serious illness"), "minimum living");
        Assert.Null(RecordNeeds.Illness(child, IllnessKind.Leukaemia, Illness.Serious, "other"));
        Assert.Null(RecordNeeds.Aid(child, AidKinds.MinimumLiving, true, "other"));
        Assert.NotNull(RecordNeeds.Aid(child, AidKinds.Medical, false, "other"));
    }

    [Fact]
    public void The_gravest_illness_and_all_aid_that_runs_leave_the_house_and_no_diagnosis()
    {
        var child = Tell(Tell(Tell(Tell(Samples.File(Born), "illness"), "serious illness"), "minimum living"), "medical");
        Assert.Equal((Illness.Serious, AidKinds.MinimumLiving | AidKinds.Medical), (child.Facts.Illness, child.Facts.Aid));
        child = Untell(Untell(child, "serious illness"), "minimum living");
        Assert.Equal((Illness.Ill, AidKinds.Medical), (child.Facts.Illness, child.Facts.Aid));
        child = Untell(Untell(child, "illness"), "medical");
        Assert.Equal((Illness.None, AidKinds.None), (child.Facts.Illness, child.Facts.Aid));
    }

    private static Child Tell(Child child, string told) => child.After(told switch
    {
        "serious illness" => RecordNeeds.Illness(child, IllnessKind.Leukaemia, Illness.Serious, "dpf")!,
        "illness" => RecordNeeds.Illness(child, IllnessKind.Epilepsy, Illness.Ill, "dpf")!,
        "guardian missing" => RecordNeeds.Guardian(child, GuardianKind.Missing, "dpf")!,
        "grandparents" => RecordNeeds.Guardian(child, GuardianKind.Grandparents, "dpf")!,
        ['g', 'r', 'a', 'd', 'e', ' ', var grade] => RecordNeeds.Disability(child, (DisabilityGrade)(grade - '0'), DisabilityKind.Hearing, "dpf")!,
        _ => RecordNeeds.Aid(child, AidOf(told), true, "dpf")!,
    });

    private static Child Untell(Child child, string told) => child.After(told switch
    {
        "serious illness" => RecordNeeds.Illness(child, IllnessKind.Leukaemia, Illness.None, "dpf")!,
        "illness" => RecordNeeds.Illness(child, IllnessKind.Epilepsy, Illness.None, "dpf")!,
        "guardian missing" or "grandparents" => RecordNeeds.Guardian(child, GuardianKind.Parents, "dpf")!,
        ['g', 'r', 'a', 'd', 'e', ' ', _] => RecordNeeds.Disability(child, DisabilityGrade.None, null, "dpf")!,
        _ => RecordNeeds.Aid(child, AidOf(told), false, "dpf")!,
    });

    private static AidKinds AidOf(string told) => told switch
    {
        "minimum living" => AidKinds.MinimumLiving,
        "extreme poverty" => AidKinds.ExtremePoverty,
        "temporary" => AidKinds.Temporary,
        "medical" => AidKinds.Medical,
        _ => AidKinds.BasicLivingAllowance,
    };
}
