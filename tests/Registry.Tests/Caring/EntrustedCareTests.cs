using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Tests.Caring;

/// <summary>Entrusted care from its beginning to its end (未成年人保护法 §22, §23).</summary>
public sealed class EntrustedCareTests
{
    private const string By = "officer";

    [Fact]
    public void Care_is_entrusted_once_and_a_repeat_changes_nothing()
    {
        var child = Given.LeftAlone();
        var care = Given.Entrusted(child);
        Assert.Equal((Entrustment.Entrusted, false, false, ParentContact.NotCollected), (care.Facts.Entrusted, care.Facts.Screened, care.Facts.Notified, care.Facts.Contact));
        Assert.Empty(EntrustCare.Decide(Given.Entrust(), care, child, Given.Today));
        Refused(() => EntrustCare.Decide(Given.Entrust(Given.Carer("aunt")), care, child, Given.Today));
        Assert.Equal(["registry.carerScreening", "registry.entrustmentNotice", "registry.parentContact"], Given.Kinds(care));
    }

    [Fact]
    public void A_carer_is_of_full_age_and_a_term_does_not_begin_tomorrow_or_end_yesterday()
    {
        var child = Given.LeftAlone();
        Refused(() => EntrustCare.Decide(Given.Entrust() with { CarerIsOfAge = false }, Given.None(child), child, Given.Today));
        Refused(() => EntrustCare.Decide(Given.Entrust() with { From = Given.Today.AddDays(1) }, Given.None(child), child, Given.Today));
        Refused(() => EntrustCare.Decide(Given.Entrust(until: Given.Today.AddDays(-1)) with { From = Given.Today.AddDays(-9) }, Given.None(child), child, Given.Today));
        Assert.Single(EntrustCare.Decide(Given.Entrust(until: Given.Today), Given.None(child), child, Given.Today));
    }

    [Fact]
    public void A_barred_carer_is_not_notified_and_does_not_stay_notified_and_is_never_entrusted_again()
    {
        var child = Given.LeftAlone();
        var notified = Given.Entrusted(child).Then(c => NotifyEntrustment.Decide(new(Notices.School | Notices.VillageCommittee), c, child));
        Assert.True(notified.Facts.Notified);
        var barred = notified.Then(c => ScreenCarer.Decide(new(CarerBar.Offence, By), c, child));
        Assert.Equal((Entrustment.Unfit, false, Notices.None, CarerBar.Offence), (barred.Facts.Entrusted, barred.Facts.Notified, barred.Told, barred.Bar));
        Assert.Empty(Given.Kinds(barred));
        Assert.Empty(ScreenCarer.Decide(new(CarerBar.Offence, By), barred, child));
        Refused(() => NotifyEntrustment.Decide(new(Notices.VillageCommittee), barred, child));
        Refused(() => ScreenCarer.Decide(new(null, By), barred, child));
        Refused(() => LogParentContact.Decide(new(Parent.Mother, ContactChannel.Phone, Given.Today), barred, child));
        Refused(() => EntrustCare.Decide(Given.Entrust(), barred, child, Given.Today));
        Refused(() => ChangeCarer.Decide(new(Given.Grandmother, true, ChildOpinion.Agrees), barred, child, Given.Today));
        Refused(() => ChangeCarer.Decide(new(Given.Grandmother with { Digest = "another phone" }, true, ChildOpinion.Agrees), barred, child, Given.Today));
        var changed = barred.Then(c => ChangeCarer.Decide(new(Given.Carer("aunt"), true, ChildOpinion.Agrees), c, child, Given.Today));
        Assert.True(changed is { Runs: true, Bar: null });
        Assert.Equal(3, Given.Kinds(changed).Count());
        Refused(() => EntrustCare.Decide(Given.Entrust(), barred.Then(c => EndCare.Decide(new(CareEndReason.CarerUnable), c, child)), child, Given.Today));
    }

    [Fact]
    public void A_carer_found_unfit_ends_the_care()
    {
        var child = Given.LeftAlone();
        var unfit = Given.Entrusted(child).Then(c => ScreenCarer.Decide(new(null, By), c, child)).Then(c => FindCarerUnfit.Decide(new(CarerBar.Vice, By), c, child));
        Assert.Equal((Entrustment.Unfit, false, false), (unfit.Facts.Entrusted, unfit.Lasts, unfit.Facts.Screened));
        Assert.Empty(Given.Kinds(unfit));
        Assert.Empty(FindCarerUnfit.Decide(new(CarerBar.Vice, By), unfit, child));
        Refused(() => FindCarerUnfit.Decide(new(CarerBar.Neglect, By), unfit, child));
        Refused(() => ChangeCarer.Decide(new(Given.Carer("aunt"), true, ChildOpinion.Agrees), unfit, child, Given.Today));
        Refused(() => EntrustCare.Decide(Given.Entrust(), unfit, child, Given.Today));
        Assert.True(unfit.Then(c => EntrustCare.Decide(Given.Entrust(Given.Carer("aunt")), c, child, Given.Today)).Runs);
        // A screening that was passed is not taken back; what is found later is found unfit.
        Refused(() => ScreenCarer.Decide(new(CarerBar.Vice, By), Given.Entrusted(child).Then(c => ScreenCarer.Decide(new(null, By), c, child)), child));
    }

    [Fact]
    public void School_and_village_may_be_told_one_after_the_other_and_only_both_are_enough()
    {
        var child = Given.LeftAlone();
        var village = Given.Entrusted(child).Then(c => NotifyEntrustment.Decide(new(Notices.VillageCommittee), c, child));
        Assert.False(village.Facts.Notified);
        Assert.Empty(NotifyEntrustment.Decide(new(Notices.VillageCommittee), village, child));
        foreach (var school in new[] { Notices.School, Notices.NotAtSchool })
            Assert.True(village.Then(c => NotifyEntrustment.Decide(new(school), c, child)).Facts.Notified);
        Refused(() => NotifyEntrustment.Decide(new(Notices.School | Notices.NotAtSchool), village, child));
        var schooled = village.Then(c => NotifyEntrustment.Decide(new(Notices.NotAtSchool), c, child)).Then(c => NotifyEntrustment.Decide(new(Notices.School), c, child));
        Assert.Equal(Notices.School | Notices.VillageCommittee, schooled.Told);
    }

    [Fact]
    public void Another_carer_is_screened_and_notified_anew_and_contact_goes_on()
    {
        var child = Given.LeftAlone();
        var done = Given.Entrusted(child).Then(c => ScreenCarer.Decide(new(null, By), c, child)).Then(c => NotifyEntrustment.Decide(new(Notices.NotAtSchool | Notices.VillageCommittee), c, child))
            .Then(c => LogParentContact.Decide(new(Parent.Father, ContactChannel.Video, Given.Today), c, child));
        Assert.Equal(["registry.parentContact"], Given.Kinds(done));
        var changed = done.Then(c => ChangeCarer.Decide(new(Given.Carer("aunt"), true, ChildOpinion.CannotExpress), c, child, Given.Today.AddDays(3)));
        Assert.Equal((false, false, ParentContact.UpToDate, done.ContactDue), (changed.Facts.Screened, changed.Facts.Notified, changed.Facts.Contact, changed.ContactDue));
        Assert.Empty(ChangeCarer.Decide(new(Given.Carer("aunt"), true, ChildOpinion.CannotExpress), changed, child, Given.Today));
        Assert.Equal(CareDuties.Of(done).Single(), CareDuties.Of(changed).Single(d => d.Terms == CareDuties.Contact));
    }

    [Fact]
    public void Care_ends_once_for_one_reason_and_with_the_file_and_with_its_term()
    {
        var child = Given.LeftAlone(carer: CarerKind.Grandparents);
        Refused(() => EndCare.Decide(new(CareEndReason.Other), Given.None(child), child));
        var ended = Given.Entrusted(child).Then(c => EndCare.Decide(new(CareEndReason.ParentReturned), c, child));
        Assert.Equal((Entrustment.None, CareEndReason.ParentReturned), (ended.Facts.Entrusted, ended.Ended));
        Assert.Empty(EndCare.Decide(new(CareEndReason.ParentReturned), ended, child));
        Refused(() => EndCare.Decide(new(CareEndReason.Other), ended, child));
        Assert.Equal(CareEndReason.FileClosed, Given.Entrusted(child).Followed(child.Closed(FileState.MergedInto), Given.Today).Ended);
        var term = Given.Entrusted(child, until: Given.Today.AddDays(3));
        Assert.Equal(Given.Today.AddDays(4), FollowCare.NextChange(term, child, Given.Today));
        Assert.True(term.Followed(child, Given.Today.AddDays(3)).Runs);
        Assert.Equal(CareEndReason.TermEnded, term.Followed(child, Given.Today.AddDays(4)).Ended);
    }

    [Fact]
    public void Of_a_closed_file_nothing_is_entrusted()
    {
        var child = Given.LeftAlone().Closed();
        Func<IEnumerable<ICareEvent>>[] commands =
        [
            () => EntrustCare.Decide(Given.Entrust(), Given.None(child), child, Given.Today), () => ChangeCarer.Decide(new(Given.Grandmother, true, ChildOpinion.Agrees), Given.None(child), child, Given.Today),
            () => ScreenCarer.Decide(new(null, By), Given.None(child), child), () => FindCarerUnfit.Decide(new(CarerBar.Vice, By), Given.None(child), child),
            () => NotifyEntrustment.Decide(new(Notices.School), Given.None(child), child), () => EndCare.Decide(new(CareEndReason.Other), Given.None(child), child),
            () => LogParentContact.Decide(new(Parent.Father, ContactChannel.Phone, Given.Today), Given.None(child), child),
        ];
        Assert.All(commands, c => Assert.Contains("closed", Refused(c), StringComparison.Ordinal));
    }

    [Fact]
    public void Guardianship_is_never_touched() => Assert.DoesNotContain(
        typeof(ICareEvent).Assembly.GetTypes().Where(t => typeof(ICareEvent).IsAssignableFrom(t)).SelectMany(t => t.GetProperties()).Select(p => p.PropertyType),
        t => t == typeof(GuardianKind) || t == typeof(GuardianKind?) || t == typeof(ChildFacts));

    private static string Refused(Func<IEnumerable<ICareEvent>> decide) => Assert.Throws<RejectedException>(() => decide().ToList()).Message;
}
