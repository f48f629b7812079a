using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.ContactCards;

/// <summary>Who is called, or who signed for the household. The numbers are the protocol's.</summary>
public enum ContactRelation { Father = 1, Mother, Guardian, Carer, Relative }

/// <summary>How a call was made. The numbers are the protocol's.</summary>
public enum CallKind { Phone = 1, Video }

/// <summary>One line of a card, which is sealed.</summary>
public sealed record CardContact(ContactRelation Relation, string Name, string Phone)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(CardContact);
}

/// <summary>An event of a contact card. Each carries the facts that leave the house, after the change.</summary>
public interface IContactCardEvent
{
    /// <summary>The pupil on the roll.</summary>
    Guid Pupil { get; }

    /// <summary>Made of the caller and its request id.</summary>
    Guid Request { get; }

    /// <summary>All that is told of it.</summary>
    ContactCardFacts After { get; }
}

/// <param name="Pupil">See the interface.</param>
/// <param name="Request">See the interface.</param>
/// <param name="Contacts">The lines, sealed under the pupil's key.</param>
/// <param name="SignedBySchool">The account that signed; null where none did.</param>
/// <param name="SignedByHousehold">Who signed; null where nobody did.</param>
/// <param name="After">See the interface.</param>
[StoredName("contact_card_given")]
public sealed record ContactCardGiven(Guid Pupil, Guid Request, Sealed Contacts, string? SignedBySchool, ContactRelation? SignedByHousehold, ContactCardFacts After) : IContactCardEvent;

[StoredName("helped_call_logged")]
public sealed record HelpedCallLogged(Guid Pupil, Guid Request, DateOnly On, CallKind Kind, bool Connected, ContactCardFacts After) : IContactCardEvent;
