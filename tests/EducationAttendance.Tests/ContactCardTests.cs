using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.ContactCards;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Tests;

/// <summary>联系卡 and helped calls: given, given anew, logged; while the pupil is at its school.</summary>
public class ContactCardTests
{
    private static readonly DateOnly On = new(2026, 3, 9), Later = new(2026, 4, 1);
    private static readonly Pupil Enrolled = Sample.Enrolled();
    private static readonly Sealed Contacts = Sample.PersonKey.SealJson(new[] { new CardContact(ContactRelation.Mother, "王桂香", "13907351234") });
    private static readonly ContactCard Never = ContactCard.New(ContactCard.IdOf(Enrolled.Id));

    [Fact]
    public void A_card_is_signed_when_school_and_household_both_did()
    {
        Assert.True(Given(Never, "t-1", ContactRelation.Mother).Facts!.SignedByBoth);
        Assert.False(Given(Never, null, ContactRelation.Mother).Facts!.SignedByBoth);
        Assert.False(Given(Never, "t-1", null).Facts!.SignedByBoth);
    }

    [Fact]
    public void The_next_card_stands_in_the_place_of_the_last_and_is_not_older()
    {
        var second = Given(Given(Never, "t-1", ContactRelation.Mother), null, ContactRelation.Carer, Later);
        Assert.Equal((2, Later, false, ContactRelation.Carer), (second.Facts!.Edition, second.Facts.GivenOn, second.Facts.SignedByBoth, second.Given!.SignedByHousehold));
        Assert.Throws<RejectedException>(() => second.Give(Guid.NewGuid(), Enrolled, Contacts, null, null, On).ToList());
    }

    [Fact]
    public void Calls_are_counted_by_whether_a_parent_was_reached_with_or_without_a_card()
    {
        var known = Called(Called(Called(Never, true, Later), false, On), true, On);
        Assert.Equal((3, 2, Later, 0), (known.Facts!.Calls, known.Facts.Connected, known.Facts.LastCallOn, known.Facts.Edition));
        Assert.Equal(3, Given(known, "t-1", ContactRelation.Mother).Facts!.Calls);
    }

    [Fact]
    public void Nothing_is_recorded_of_a_pupil_whom_its_school_has_no_more() => Assert.All(Enum.GetValues<EnrolmentState>(), state =>
    {
        var pupil = Sample.Enrolled(Sample.Facts with { State = state });
        if (ContactCard.Allows(state))
        {
            Assert.Single(Never.Give(Guid.NewGuid(), pupil, Contacts, null, null, On));
            Assert.Single(Never.Call(Guid.NewGuid(), pupil, CallKind.Phone, true, On));
            return;
        }
        Assert.Throws<RejectedException>(() => Never.Give(Guid.NewGuid(), pupil, Contacts, null, null, On).ToList());
        Assert.Throws<RejectedException>(() => Never.Call(Guid.NewGuid(), pupil, CallKind.Phone, true, On).ToList());
    });

    [Fact]
    public void A_request_taken_before_does_nothing_anew_and_nothing_else()
    {
        var request = Guid.NewGuid();
        var known = After(Never, Never.Call(request, Enrolled, CallKind.Video, true, On));
        Assert.Empty(known.Call(request, Enrolled, CallKind.Video, true, On));
        Assert.Throws<RejectedException>(() => known.Give(request, Enrolled, Contacts, null, null, On).ToList());
    }

    [Fact]
    public void Every_event_is_told_of_the_pupil_without_names_and_telephones()
    {
        IContactCardEvent[] all =
        [
            .. Never.Give(Guid.NewGuid(), Enrolled, Contacts, "t-1", ContactRelation.Mother, On), .. Never.Call(Guid.NewGuid(), Enrolled, CallKind.Phone, true, On),
            .. Never.Call(Guid.NewGuid(), Enrolled, CallKind.Video, false, On),
        ];
        Assert.Equal(EducationModule.Events.All.Values.Where(t => t.IsAssignableTo(typeof(IContactCardEvent))).OrderBy(t => t.Name), all.Select(e => e.GetType()).Distinct().OrderBy(t => t.Name));
        Assert.Equal(Enum.GetValues<ContactCardChange>(), all.Select(e => ((ContactCardRecorded)Told(e).Fact).Change));
        Assert.All(all, e => Assert.Equal((Enrolled.Id, new ContactCardRecorded(Never.Id, Enrolled.Id, ((ContactCardRecorded)Told(e).Fact).Change, e.After)), (Told(e).Subject, (ContactCardRecorded)Told(e).Fact)));
    }

    private static Pages.RelayedFact Told(IContactCardEvent e) => Assert.Single(new EducationRelay().Translate(new(1, Guid.Empty, Never.Id, 1, e, new(DateTimeOffset.UnixEpoch, On))));

    private static ContactCard Given(ContactCard known, string? bySchool, ContactRelation? byHousehold, DateOnly? on = null) =>
        After(known, known.Give(Guid.NewGuid(), Enrolled, Contacts, bySchool, byHousehold, on ?? On));

    private static ContactCard Called(ContactCard known, bool connected, DateOnly on) => After(known, known.Call(Guid.NewGuid(), Enrolled, CallKind.Phone, connected, on));

    private static ContactCard After(ContactCard known, IEnumerable<IContactCardEvent> events) => events.Aggregate(known, (k, e) => k.After(e));
}
