using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Care;

/// <summary>Parents are in contact with a child in another's care at least once a week (未成年人保护法 §23 [law]).</summary>
public static class ContactWeek
{
    /// <summary>The law's week.</summary>
    public const int Days = 7;

    /// <summary>The first day that is too late after a contact on a day, or after the care began on it.</summary>
    public static DateOnly DueAfter(DateOnly day) => day.AddDays(Days + 1);

    /// <summary>Weeks that passed without contact by a day, within the term of the care.</summary>
    public static IEnumerable<ParentContactMissed> Missed(EntrustedCare care, Guid child, DateOnly today)
    {
        for (var due = care.ContactDue; care.Runs && due <= today && !(care.Until is { } until && due > until.AddDays(1)); due = due.AddDays(Days))
            yield return new(child, due.AddDays(Days), care.Facts with { Contact = ParentContact.Missed });
    }
}

/// <summary>A parent was in contact with the child on a day.</summary>
public sealed record LogParentContact(Parent Parent, ContactChannel Channel, DateOnly On)
{
    public static IEnumerable<ICareEvent> Decide(LogParentContact command, EntrustedCare care, Child child)
    {
        Require.Running(care, child);
        if (care.Contacts.Contains(new(command.Parent, command.Channel, command.On)))
            return [];
        if (command.On < care.From)
            throw new RejectedException("on: before the care began");
        // Told late it may mend the week that was missed last; the time of the week that runs it moves only from within.
        var due = ContactWeek.DueAfter(command.On);
        var mends = command.On >= care.ContactDue.AddDays(-2 * ContactWeek.Days);
        return
        [
            new ParentContactLogged(child.Id, command.Parent, command.Channel, command.On, due > care.ContactDue ? due : care.ContactDue,
                mends ? care.Facts with { Contact = ParentContact.UpToDate } : care.Facts),
        ];
    }
}
