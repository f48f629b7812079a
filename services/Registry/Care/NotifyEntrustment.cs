using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Care;

/// <summary>School and village committee were told in writing (未成年人保护法 §23); what was told before stays told.</summary>
public sealed record NotifyEntrustment(Notices Told)
{
    public static IEnumerable<ICareEvent> Decide(NotifyEntrustment command, EntrustedCare care, Child child)
    {
        Require.Running(care, child);
        if (command.Told.HasFlag(Notices.School | Notices.NotAtSchool))
            throw new RejectedException("a child that is at no school has none to be told");
        // Who was at no school may have come to one since, and the other way round.
        var school = command.Told & (Notices.School | Notices.NotAtSchool);
        var told = (school is Notices.None ? care.Told : care.Told & Notices.VillageCommittee) | command.Told;
        return told == care.Told ? [] : [new EntrustmentNotified(child.Id, told, care.Facts with { Notified = IsComplete(told) })];
    }

    private static bool IsComplete(Notices told) => told.HasFlag(Notices.VillageCommittee) && (told & (Notices.School | Notices.NotAtSchool)) != 0;
}
