using CsCheck;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;

namespace LeftBehind.Registry.Tests.Caring;

/// <summary>Whatever is done in whatever order, a command is taken or refused in its own words, and what stands on record stays true.</summary>
public sealed class CareSequencesTests
{
    /// <summary>What is done, with two numbers to choose by, and how many days pass before.</summary>
    private static readonly Gen<(int What, int One, int Two, int Days)[]> Steps = Gen.Select(Gen.Int[-1, 13], Gen.Int[0, 4], Gen.Int[0, 40], Gen.Int[0, 12]).Array[1, 40];

    [Fact]
    public void Random_commands_never_break_an_invariant_or_throw_anything_but_a_rejection() => Steps.Sample(steps =>
    {
        var child = Given.LeftAlone(new(2018, 6, 1), CarerKind.NotCollected);
        var (care, today) = (Given.None(child), Given.Today);
        foreach (var (what, one, two, days) in steps)
        {
            today = today.AddDays(days);
            child = child.On(today);
            care = Follow(care, child, today);
            if (what > 8)
                child = OfTheFile(child, what, one, two, today);
            else
                try
                {
                    var told = OfTheCare(care, child, what, one, two, today).ToList();
                    care = told.Aggregate(care, After);
                    // What was just taken is so already: told again it changes nothing, or is refused for what it led to.
                    Assert.True(Repeats(care, child, what, one, two, today));
                }
                catch (RejectedException)
                {
                }
            care = Follow(care, child, today);
            Holds(care, child, today);
        }
    }, iter: 5000);

    private static void Holds(EntrustedCare care, Child child, DateOnly today)
    {
        var facts = care.Facts;
        Assert.Equal(Unattended.Ground(care, child, today) is not null, facts.Unattended);
        Assert.True(care.Runs || facts is { Screened: false, Notified: false, Contact: ParentContact.NotCollected });
        Assert.True(!care.Runs || (care.Lasts && child.Facts.State is FileState.Open && care.Division == child.Facts.Residence && !care.Refused.Contains(care.Carer!.Person)));
        Assert.True(!care.Lasts || care.Runs || facts.Entrusted is Entrustment.Unfit);
        Assert.True(!care.Runs || care.ContactDue > today || care.ContactDue > care.Until);
        Assert.False(FollowCare.NextChange(care, child, today) <= today);
        Assert.Equal(CareDuties.Of(care).Count(), CareDuties.Of(care).Select(d => d.Terms.Kind).Distinct().Count());
        Assert.Equal(care.Runs, CareDuties.Of(care).Any(d => d.Terms == CareDuties.Contact));
        Assert.Equal(care.Runs, (CareWork.Lacks(care, child) & CareLack.Carer) == 0 && CareDuties.Of(care).Any());
    }

    private static EntrustedCare Follow(EntrustedCare care, Child child, DateOnly today)
    {
        care = FollowCare.Decide(care, child, Given.Noon(today)).ToList().Aggregate(care, After);
        Assert.Empty(FollowCare.Decide(care, child, Given.Noon(today)));
        return care;
    }

    /// <summary>Each event carries the facts as they are after it, and a duty that runs has a key that none before it had.</summary>
    private static EntrustedCare After(EntrustedCare before, ICareEvent @event)
    {
        var after = before.After(@event);
        Assert.Equal((before.Version + 1, @event.After), (after.Version, after.Facts));
        Assert.All(CareDuties.Of(after).Except(CareDuties.Of(before)), d => Assert.Equal($"{after.Version}", d.Key));
        return after;
    }

    private static bool Repeats(EntrustedCare care, Child child, int what, int one, int two, DateOnly today)
    {
        try
        {
            return !OfTheCare(care, child, what, one, two, today).Any();
        }
        catch (RejectedException)
        {
            return true;
        }
    }

    private static IEnumerable<ICareEvent> OfTheCare(EntrustedCare care, Child child, int what, int one, int two, DateOnly today)
    {
        var carer = Given.Carer($"{one}");
        return what switch
        {
            -1 => FollowFinding.Decide(new(new(one, 0, 0, new byte[8]), CarerBar.Vice, today.AddDays(-two)), care, child.Id),
            0 or 1 => EntrustCare.Decide(new(carer, two != 40, today.AddDays(-two), two % 3 == 0 ? today.AddDays(two) : null, EntrustReason.WorkAway, ChildOpinion.Agrees), care, child, today),
            2 => ChangeCarer.Decide(new(carer, two != 40, ChildOpinion.Agrees), care, child, today),
            3 => ScreenCarer.Decide(new(one == 0 ? CarerBar.Offence : null, "o"), care, child),
            4 => FindCarerUnfit.Decide(new(CarerBar.Vice, "o"), care, child),
            5 => NotifyEntrustment.Decide(new((Notices)(1 + one)), care, child),
            6 => EndCare.Decide(new(CareEndReason.ParentReturned + one % 4), care, child),
            _ => LogParentContact.Decide(new((Parent)(one % 2), ContactChannel.Phone, today.AddDays(-(two % 10))), care, child),
        };
    }

    private static Child OfTheFile(Child child, int what, int one, int two, DateOnly today) => what switch
    {
        9 or 10 => child.With((CarerKind)one),
        11 => child.After(new ParentStatusRecorded((Parent)(one % 2), (ParentState)(two % 8), today.AddDays(-two), null, child.Facts)).On(today),
        12 => child.After(new ChildMoved(child.Household, child.Facts.Residence, Residency.Rural,
            child.Facts with { Residence = one % 2 == 0 ? Samples.Matian : Samples.NextVillage })).On(today),
        _ when child.Facts.State is FileState.Open => child.Closed(),
        _ => CloseFile.Reopen(child, ReopenReason.MovedBack, today) is var reopened && child.Facts.State is FileState.MovedAway
            && !DetermineCategory.IsAdult(child, today) ? reopened.Aggregate(child, (c, e) => c.After(e)) : child,
    };
}
