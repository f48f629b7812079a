namespace LeftBehind.Contracts.Education;

/// <summary>
/// A pupil's contact card (联系卡) was given, or a call with its parents that the school helped to make (帮助通话) was logged; carries the whole state after it. Subject of the fact: the
/// pupil. Told by EducationAttendance. Names and telephones stay sealed there.
/// </summary>
/// <param name="CardId">The card: one stream for each pupil, whatever is given anew.</param>
/// <param name="PupilId">The pupil on the roll.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">The facts after the change.</param>
[StoredName("contact_card_recorded")]
public sealed record ContactCardRecorded(Guid CardId, Guid PupilId, ContactCardChange Change, ContactCardFacts After);

/// <summary>What happened.</summary>
public enum ContactCardChange { Given, CallConnected, CallNotConnected }

/// <summary>The facts of a contact card and of helped calls. No personal data.</summary>
/// <param name="GivenOn">The day the card was given last, Asia/Shanghai; null where only calls were logged.</param>
/// <param name="Edition">How many cards were given, each in the place of the one before.</param>
/// <param name="SignedByBoth">By the school and the household both.</param>
/// <param name="Calls">Helped calls.</param>
/// <param name="Connected">Those of them that reached a parent.</param>
/// <param name="LastCallOn">The day of the latest one; null where there is none.</param>
public sealed record ContactCardFacts(DateOnly? GivenOn, int Edition, bool SignedByBoth, int Calls, int Connected, DateOnly? LastCallOn);
