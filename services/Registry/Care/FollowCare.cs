using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Care;

/// <summary>
/// What a child's file and the passing of days bring about in its care: weeks without contact, the end of the term, a move, the end
/// with the file, and whether the rule finds the child unattended. Nothing when all is as it was. Pure.
/// </summary>
public static class FollowCare
{
    public static IEnumerable<ICareEvent> Decide(EntrustedCare care, Child child, DateTimeOffset now)
    {
        var today = WorkCalendar.DayOf(now);
        foreach (var @event in OfTheCare(care, child, today))
        {
            yield return @event;
            care = care.After(@event);
        }
        var ground = Unattended.Ground(care, child, today);
        if (ground is { } found && !care.Facts.Unattended)
            yield return new UnattendedChildDetected(child.Id, child.Facts.Residence, found, now, care.Facts with { Unattended = true });
        else if (ground is null && care.Facts.Unattended)
            yield return new UnattendedEnded(child.Id, child.Facts.Residence, now, care.Facts with { Unattended = false });
    }

    /// <summary>When something next changes by a day alone; null when nothing does.</summary>
    public static DateOnly? NextChange(EntrustedCare care, Child child, DateOnly today)
    {
        DateOnly?[] days = [care.Runs ? care.ContactDue : null, care.Lasts ? care.Until?.AddDays(1) : null, Unattended.NextChange(care, child, today)];
        return days.Min();
    }

    /// <summary>What is kept beside an event: what a day brought happened with that day, however late it is seen.</summary>
    public static EventMeta Meta(ICareEvent @event, EntrustedCare before, EventMeta meta) => @event switch
    {
        ParentContactMissed => OfDay(before.ContactDue),
        CareEnded { Reason: CareEndReason.TermEnded } => OfDay(before.Until!.Value.AddDays(1)),
        _ => meta,
    };

    private static EventMeta OfDay(DateOnly day) => new(WorkCalendar.StartOf(day).ToUniversalTime(), day);

    private static IEnumerable<ICareEvent> OfTheCare(EntrustedCare care, Child child, DateOnly today)
    {
        if (!care.Lasts)
            yield break;
        foreach (var missed in ContactWeek.Missed(care, child.Id, today))
        {
            yield return missed;
            care = care.After(missed);
        }
        if (care.Until < today)
            yield return new CareEnded(child.Id, CareEndReason.TermEnded, Facts.Without(care, Entrustment.None));
        else if (child.Facts.State is not FileState.Open)
            yield return new CareEnded(child.Id, CareEndReason.FileClosed, Facts.Without(care, Entrustment.None));
        else if (care.Division != child.Facts.Residence)
            yield return new CareMoved(child.Id, care.Division, child.Facts.Residence, care.Facts);
    }
}
