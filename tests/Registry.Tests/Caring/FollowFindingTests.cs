using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Care;

namespace LeftBehind.Registry.Tests.Caring;

/// <summary>An entrusted carer whom a case of intervention finds unfit (未成年人保护法 §22).</summary>
public sealed class FollowFindingTests
{
    private static readonly Guid Case = Guid.NewGuid();

    [Fact]
    public void The_care_of_the_carer_ends_once_and_a_carer_is_needed_anew()
    {
        var child = Given.LeftAlone();
        var care = Given.Entrusted(child).Followed(child, Given.Today);
        Assert.False(care.Facts.Unattended);
        var unfit = care.Then(c => Finding(c, 3)).Followed(child, Given.Today.AddDays(3));
        Assert.Equal((Entrustment.Unfit, false, CarerBar.Offence, true), (unfit.Facts.Entrusted, unfit.Lasts, unfit.Bar, unfit.Facts.Unattended));
        Assert.Empty(Given.Kinds(unfit));
        Assert.True(CareWork.Lacks(unfit, child) is CareLack.Carer);
        Assert.Empty(Finding(unfit, 3));
        Assert.Throws<RejectedException>(() => EntrustCare.Decide(Given.Entrust(), unfit, child, Given.Today.AddDays(3)).ToList());
        var aunt = unfit.Then(c => EntrustCare.Decide(Given.Entrust(Given.Carer("aunt")), c, child, Given.Today.AddDays(3)));
        Assert.Empty(Finding(aunt, 3));
        Assert.True(aunt.Runs);
    }

    [Fact]
    public void Who_cares_since_after_the_conduct_is_not_touched_and_who_cared_then_is_not_entrusted_again()
    {
        var child = Given.LeftAlone();
        var aunt = Given.Entrusted(child).Then(c => ChangeCarer.Decide(new(Given.Carer("aunt"), true, ChildOpinion.Agrees), c, child, Given.Today.AddDays(5)));
        var found = Assert.IsType<FormerCarerFoundUnfit>(Assert.Single(Finding(aunt, 4)));
        Assert.Equal((Given.Grandmother.Person, aunt.Facts), (found.Person, found.After));
        var after = aunt.After(found);
        Assert.True(after is { Runs: true, Carer.Person: "aunt" });
        Assert.Equal(CareDuties.Of(aunt), CareDuties.Of(after));
        Assert.Empty(Finding(after, 4));
        Assert.Throws<RejectedException>(() => ChangeCarer.Decide(new(Given.Grandmother, true, ChildOpinion.Agrees), after, child, Given.Today.AddDays(6)).ToList());
        Assert.IsType<CarerFoundUnfit>(Assert.Single(Finding(aunt, 5)));
    }

    [Fact]
    public void A_care_that_had_ended_stays_ended_and_the_carer_is_not_entrusted_again()
    {
        var child = Given.LeftAlone();
        var ended = Given.Entrusted(child).Then(c => EndCare.Decide(new(CareEndReason.ParentsWithdrew), c, child));
        var found = ended.Then(c => Finding(c, 0));
        Assert.Equal((Entrustment.None, CareEndReason.ParentsWithdrew), (found.Facts.Entrusted, found.Ended));
        Assert.Throws<RejectedException>(() => EntrustCare.Decide(Given.Entrust(), found, child, Given.Today).ToList());
    }

    [Fact]
    public void Conduct_before_anybody_was_told_is_the_first_carers_and_without_one_there_is_nothing_to_end()
    {
        var child = Given.LeftAlone();
        Assert.IsType<CarerFoundUnfit>(Assert.Single(Finding(Given.Entrusted(child), -9)));
        Assert.Empty(Finding(Given.None(child), 0));
    }

    [Theory]
    [InlineData(Conduct.Abuse, CarerBar.Offence)]
    [InlineData(Conduct.LeftUnattended, CarerBar.Neglect)]
    [InlineData(Conduct.ExploitedForBegging, CarerBar.Other)]
    public void What_bars_is_an_item_of_the_law(Conduct conduct, CarerBar bar) => Assert.Equal(bar, FollowFinding.GroundOf(conduct));

    private static IEnumerable<ICareEvent> Finding(EntrustedCare care, int day) => FollowFinding.Decide(new(Case, CarerBar.Offence, Given.Today.AddDays(day)), care, Guid.NewGuid());
}
