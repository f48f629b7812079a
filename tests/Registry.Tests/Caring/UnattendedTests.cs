using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Children;
using UnattendedChildDetected = LeftBehind.Registry.Care.UnattendedChildDetected;
using UnattendedEnded = LeftBehind.Registry.Care.UnattendedEnded;

namespace LeftBehind.Registry.Tests.Caring;

/// <summary>Whom nobody cares for (未成年人保护法 §21; both parents away and no carer).</summary>
public sealed class UnattendedTests
{
    private static readonly DateOnly Long = new(2020, 1, 1);

    [Theory]
    [InlineData("2018-03-03", UnattendedGround.NeedsCareAndUnattended)]
    [InlineData("2018-03-02", UnattendedGround.LivingAlone)]
    [InlineData("2010-03-03", UnattendedGround.LivingAlone)]
    [InlineData("2010-03-02", UnattendedGround.ParentsAwayNoCarer)]
    [InlineData(null, UnattendedGround.ParentsAwayNoCarer)]
    public void With_both_parents_away_and_nobody_who_cares_the_limb_follows_the_age_to_the_day(string? born, UnattendedGround ground)
    {
        var child = Samples.File(born is null ? null : DateOnly.Parse(born, null), (Parent.Father, ParentState.OutForWork, Long), (Parent.Mother, ParentState.OutForWork, Long)).With(CarerKind.None);
        Assert.Equal(ground, Unattended.Ground(Given.None(child), child, Given.Today));
    }

    [Theory]
    [InlineData(CarerKind.NotCollected)]
    [InlineData(CarerKind.Grandparents)]
    [InlineData(CarerKind.RelativesOrFriends)]
    [InlineData(CarerKind.OtherParent)]
    public void Whoever_is_told_to_care_cares_and_not_collected_is_not_none(CarerKind carer) =>
        Assert.Null(Unattended.Ground(Given.None(Given.LeftAlone()), Given.LeftAlone(carer: carer), Given.Today));

    [Fact]
    public void Whoever_is_entrusted_cares_and_one_who_was_barred_does_not()
    {
        var child = Given.LeftAlone();
        var care = Given.Entrusted(child);
        Assert.Null(Unattended.Ground(care, child, Given.Today));
        Assert.NotNull(Unattended.Ground(care.Then(c => ScreenCarer.Decide(new(CarerBar.Vice, "o"), c, child)), child, Given.Today));
    }

    [Theory]
    [InlineData(ParentState.OutForWork, ParentState.AtHome, null)]
    [InlineData(ParentState.OutForWork, ParentState.NotCollected, null)]
    [InlineData(ParentState.OutForWork, ParentState.Deceased, UnattendedGround.LivingAlone)]
    [InlineData(ParentState.Missing, ParentState.Incapable, UnattendedGround.LivingAlone)]
    public void Of_a_child_of_8_and_over_both_parents_must_be_known_to_be_away_or_unable(ParentState father, ParentState mother, UnattendedGround? ground)
    {
        var child = Samples.File(new(2014, 5, 1), (Parent.Father, father, Long), (Parent.Mother, mother, Long)).With(CarerKind.None);
        Assert.Equal(ground, Unattended.Ground(Given.None(child), child, Given.Today));
    }

    [Theory]
    [InlineData(ParentState.NotCollected, UnattendedGround.NeedsCareAndUnattended)]
    [InlineData(ParentState.AtHome, null)]
    public void Of_a_child_under_8_it_is_enough_that_no_parent_is_known_to_be_at_home(ParentState mother, UnattendedGround? ground)
    {
        var child = Samples.File(new(2020, 5, 1), (Parent.Mother, mother, Long)).With(CarerKind.None);
        Assert.Equal(ground, Unattended.Ground(Given.None(child), child, Given.Today));
    }

    [Theory]
    [InlineData(DisabilityGrade.Grade2, UnattendedGround.NeedsCareAndUnattended)]
    [InlineData(DisabilityGrade.Grade3, UnattendedGround.LivingAlone)]
    public void Severe_disability_asks_for_care_at_any_age(DisabilityGrade grade, UnattendedGround ground)
    {
        var child = Given.LeftAlone();
        child = child.After(RecordNeeds.Disability(child, grade, DisabilityKind.Physical, "s")!);
        Assert.Equal(ground, Unattended.Ground(Given.None(child), child, Given.Today));
    }

    [Fact]
    public void A_parent_away_for_fewer_than_30_days_does_not_count_yet()
    {
        var left = new DateOnly(2026, 2, 10);
        var child = Samples.File(new(2014, 5, 1), (Parent.Father, ParentState.OutForWork, Long), (Parent.Mother, ParentState.AtHome, Long), (Parent.Mother, ParentState.OutForWork, left)).With(CarerKind.None);
        Assert.Null(Unattended.Ground(Given.None(child), child, left.AddDays(29)));
        Assert.Equal(UnattendedGround.LivingAlone, Unattended.Ground(Given.None(child), child, left.AddDays(30)));
    }

    [Fact]
    public void It_is_told_once_an_episode_and_its_end_once()
    {
        var child = Given.LeftAlone();
        var care = Given.None(child);
        var found = Assert.IsType<UnattendedChildDetected>(Assert.Single(FollowCare.Decide(care, child, Given.Noon(Given.Today))));
        Assert.Equal((UnattendedGround.LivingAlone, child.Facts.Residence, Given.Noon(Given.Today)), (found.Ground, found.Division, found.At));
        care = care.After(found);
        Assert.Empty(FollowCare.Decide(care, child, Given.Noon(Given.Today.AddDays(500))));
        Assert.IsType<UnattendedEnded>(Assert.Single(FollowCare.Decide(care, child.With(CarerKind.Grandparents), Given.Noon(Given.Today))));
        Assert.IsType<UnattendedEnded>(Assert.Single(FollowCare.Decide(care, child.Closed(), Given.Noon(Given.Today))));
        care = care.Followed(child.With(CarerKind.Grandparents), Given.Today);
        Assert.IsType<UnattendedChildDetected>(Assert.Single(FollowCare.Decide(care, child, Given.Noon(Given.Today))));
    }

    [Fact]
    public void The_8th_birthday_alone_may_end_it_and_is_a_day_to_look_again()
    {
        var child = Samples.File(new(2020, 5, 1)).With(CarerKind.None);
        var care = Given.None(child).Followed(child, Given.Today);
        var birthday = new DateOnly(2028, 5, 1);
        Assert.Equal(birthday, FollowCare.NextChange(care, child, Given.Today));
        Assert.Empty(FollowCare.Decide(care, child, Given.Noon(birthday.AddDays(-1))));
        Assert.IsType<UnattendedEnded>(Assert.Single(FollowCare.Decide(care, child, Given.Noon(birthday))));
        Assert.Null(FollowCare.NextChange(care, child, birthday));
    }
}
