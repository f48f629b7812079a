using LeftBehind.Contracts.Education;
using LeftBehind.Pages;

namespace LeftBehind.EducationAttendance.ContactCards;

/// <summary>What leaves the house of a contact card: every event, of the pupil. Names, telephones and who signed stay inside. Pure.</summary>
public static class ContactCardTelling
{
    /// <summary>The facts of one event; none of any other.</summary>
    public static IEnumerable<RelayedFact> Of(Guid stream, object @event)
    {
        if (@event is IContactCardEvent e)
            yield return new(e.Pupil, new ContactCardRecorded(stream, e.Pupil, ChangeOf(e), e.After));
    }

    private static ContactCardChange ChangeOf(IContactCardEvent e) => e switch
    {
        ContactCardGiven => ContactCardChange.Given,
        HelpedCallLogged { Connected: true } => ContactCardChange.CallConnected,
        HelpedCallLogged => ContactCardChange.CallNotConnected,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };
}
