using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.ContactCards;

/// <summary>What is done with a contact card. The table of what is possible when has one row for all: while the school has the pupil.</summary>
public enum ContactCardAct { Give, Call }

/// <summary>The contact card (联系卡) of one pupil with its helped calls (帮助通话). One stream a pupil: a new card stands in the place of the last. Pure.</summary>
public sealed record ContactCard(Guid Id) : IFolded<ContactCard>
{
    private static readonly ContactCardFacts Nothing = new(null, 0, false, 0, 0, null);
    private static readonly EnrolmentState[] OfTheSchool = [EnrolmentState.Enrolled, EnrolmentState.OnLeave, EnrolmentState.HomeTaught, EnrolmentState.DroppedOut];

    public static string StreamType => "contact-card";

    public static ContactCard New(Guid id) => new(id);

    public static Guid IdOf(Guid pupil) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{pupil:N}")).AsSpan(0, 16));

    public ContactCardFacts? Facts { get; private init; }
    public long Version { get; private init; }

    /// <summary>The card that stands.</summary>
    public ContactCardGiven? Given { get; private init; }

    /// <summary>Every helped call, in the order in which they were told.</summary>
    public ImmutableList<HelpedCallLogged> CallLog { get; private init; } = [];

    /// <summary>Every request that was ever taken, with what it did.</summary>
    public ImmutableDictionary<Guid, ContactCardAct> Requests { get; private init; } = ImmutableDictionary<Guid, ContactCardAct>.Empty;

    /// <summary>Whether its school still has the pupil, in whatever state.</summary>
    public static bool Allows(EnrolmentState state) => OfTheSchool.Contains(state);

    public IEnumerable<IContactCardEvent> Give(Guid request, Pupil pupil, Sealed contacts, string? bySchool, ContactRelation? byHousehold, DateOnly on)
    {
        if (Taken(request, ContactCardAct.Give, pupil))
            return [];
        var facts = Facts ?? Nothing;
        return on < facts.GivenOn ? throw new RejectedException($"on: before {facts.GivenOn:yyyy-MM-dd}, the day of the card before")
            : [new ContactCardGiven(pupil.Id, request, contacts, bySchool, byHousehold,
                facts with { GivenOn = on, Edition = facts.Edition + 1, SignedByBoth = bySchool is not null && byHousehold is not null })];
    }

    public IEnumerable<IContactCardEvent> Call(Guid request, Pupil pupil, CallKind kind, bool connected, DateOnly on)
    {
        if (Taken(request, ContactCardAct.Call, pupil))
            return [];
        var facts = Facts ?? Nothing;
        return [new HelpedCallLogged(pupil.Id, request, on, kind, connected, facts with
        {
            Calls = facts.Calls + 1, Connected = facts.Connected + (connected ? 1 : 0), LastCallOn = facts.LastCallOn > on ? facts.LastCallOn : on,
        })];
    }

    public ContactCard After(object @event)
    {
        if (@event is not IContactCardEvent e)
            return this;
        var next = this with { Facts = e.After, Version = Version + 1, Requests = Requests.SetItem(e.Request, e is ContactCardGiven ? ContactCardAct.Give : ContactCardAct.Call) };
        return e switch
        {
            ContactCardGiven given => next with { Given = given },
            HelpedCallLogged call => next with { CallLog = CallLog.Add(call) },
            _ => next,
        };
    }

    /// <summary>Whether the request was taken before; of something else it is nobody's repeat. What is new is possible now, or refused.</summary>
    private bool Taken(Guid request, ContactCardAct act, Pupil pupil)
    {
        if (Requests.TryGetValue(request, out var taken))
            return taken == act ? true : throw new RejectedException("request_id: was used for something else with this pupil");
        return Allows(pupil.Facts.State) ? false : throw new RejectedException("the pupil is at no school");
    }
}
