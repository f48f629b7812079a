using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Tests.Caring;

/// <summary>未成年人保护法 §23: at least once a week.</summary>
public sealed class ParentContactTests
{
    private static readonly Child Child = Given.LeftAlone(carer: CarerKind.Grandparents);
    private static DateOnly Day(int n) => Given.Today.AddDays(n);

    [Fact]
    public void The_first_contact_is_owed_within_seven_days_and_each_next_one_within_seven_of_the_last()
    {
        var care = Given.Entrusted(Child);
        Assert.Equal(Day(8), care.ContactDue);
        Assert.Empty(FollowCare.Decide(care, Child, Given.Noon(Day(7))));
        Assert.IsType<ParentContactMissed>(Assert.Single(FollowCare.Decide(care, Child, Given.Noon(Day(8)))));
        care = care.Then(c => Log(c, 7));
        Assert.Equal((Day(15), ParentContact.UpToDate), (care.ContactDue, care.Facts.Contact));
        Assert.Equal(Day(15), FollowCare.NextChange(care, Child, Day(7)));
    }

    [Fact]
    public void Each_week_without_contact_is_missed_once_however_late_it_is_seen()
    {
        var care = Given.Entrusted(Child);
        var events = FollowCare.Decide(care, Child, Given.Noon(Day(24))).ToList();
        Assert.Equal([Day(15), Day(22), Day(29)], events.Cast<ParentContactMissed>().Select(m => m.ContactDue));
        care = care.Followed(Child, Day(24));
        Assert.Equal((ParentContact.Missed, Day(29)), (care.Facts.Contact, care.ContactDue));
        Assert.Empty(FollowCare.Decide(care, Child, Given.Noon(Day(28))));
        Assert.Equal(Day(8), FollowCare.Meta(events[0], Given.Entrusted(Child), new(Given.Noon(Day(24)), Day(24))).EffectiveOn);
    }

    [Fact]
    public void A_contact_in_the_week_that_runs_moves_it_and_one_told_late_mends_only_the_week_missed_last()
    {
        var missed = Given.Entrusted(Child).Followed(Child, Day(8));
        var late = missed.Then(c => Log(c, 3));
        Assert.Equal((ParentContact.UpToDate, missed.ContactDue, missed.ContactSince), (late.Facts.Contact, late.ContactDue, late.ContactSince));
        var twice = Given.Entrusted(Child).Followed(Child, Day(15)).Then(c => Log(c, 3));
        Assert.Equal(ParentContact.Missed, twice.Facts.Contact);
        var now = missed.Then(c => Log(c, 8));
        Assert.Equal((ParentContact.UpToDate, Day(16), now.Version), (now.Facts.Contact, now.ContactDue, now.ContactSince));
    }

    [Fact]
    public void The_same_contact_is_told_once_and_none_before_the_care_began()
    {
        var care = Given.Entrusted(Child).Then(c => Log(c, 2));
        Assert.Empty(Log(care, 2));
        Assert.Single(LogParentContact.Decide(new(Parent.Father, ContactChannel.Phone, Day(2)), care, Child));
        Assert.Throws<RejectedException>(() => Log(care, -1).ToList());
        Assert.Throws<RejectedException>(() => Log(Given.None(Child), 0).ToList());
    }

    [Fact]
    public void A_week_that_the_term_cuts_short_is_not_missed()
    {
        Assert.DoesNotContain(FollowCare.Decide(Given.Entrusted(Child, until: Day(6)), Child, Given.Noon(Day(30))), e => e is ParentContactMissed);
        Assert.Single(FollowCare.Decide(Given.Entrusted(Child, until: Day(7)), Child, Given.Noon(Day(30))).OfType<ParentContactMissed>());
    }

    [Fact]
    public void What_is_told_is_forgotten_once_it_can_be_told_no_more()
    {
        var care = Enumerable.Range(0, 100).Aggregate(Given.Entrusted(Child), (c, n) => c.Then(x => Log(x, 7 * n)));
        Assert.Equal(EntrustedCare.DaysToTellContact / 7 + 1, care.Contacts.Count);
    }

    [Fact]
    public void Only_contact_is_owed_by_law() => Assert.Equal(
        [ObligationBasis.PlatformDefault, ObligationBasis.PlatformDefault, ObligationBasis.Law],
        new[] { CareDuties.Screening, CareDuties.Notice, CareDuties.Contact }.Select(t => t.Basis));

    private static IEnumerable<ICareEvent> Log(EntrustedCare care, int day) => LogParentContact.Decide(new(Parent.Mother, ContactChannel.Phone, Day(day)), care, Child);
}
