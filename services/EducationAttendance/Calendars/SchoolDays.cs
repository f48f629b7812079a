using LeftBehind.Divisions;

namespace LeftBehind.EducationAttendance.Calendars;

/// <summary>What a day is to the schools of a county.</summary>
public enum DayKind
{
    /// <summary>No term was told that reaches to this day.</summary>
    NotKnown,

    /// <summary>上课日.</summary>
    SchoolDay,

    /// <summary>A day of a term without school: weekend, public holiday, closed.</summary>
    DayOff,

    /// <summary>Between two terms (寒暑假).</summary>
    Vacation,
}

/// <summary>
/// School days (上课日) of a county: days of a term that are worked, make-up days (调休) among them, and not closed; and the extra ones.
/// Outside of all that was told nothing is known: a day after the last term is no vacation yet. Pure.
/// </summary>
public sealed class SchoolDays(WorkCalendar working, IReadOnlyCollection<Term> terms)
{
    public DayKind Of(DateOnly day)
    {
        foreach (var term in terms)
            if (term.Holds(day))
                return Array.IndexOf(term.Extra, day) >= 0 || (working.IsWorkingDay(day) && Array.IndexOf(term.Closed, day) < 0) ? DayKind.SchoolDay : DayKind.DayOff;
        return terms.Any(t => t.Until < day) && terms.Any(t => t.From > day) ? DayKind.Vacation : DayKind.NotKnown;
    }

    public bool Is(DateOnly day) => Of(day) is DayKind.SchoolDay;

    /// <summary>The school days between two days, both inside.</summary>
    public IEnumerable<DateOnly> Between(DateOnly from, DateOnly until)
    {
        for (var day = from; day <= until; day = day.AddDays(1))
            if (Is(day))
                yield return day;
    }

    /// <summary>The n-th school day after a day, which is not counted itself; null when the terms told do not reach so far.</summary>
    public DateOnly? After(DateOnly day, int schoolDays)
    {
        var last = terms.Count == 0 ? day : terms.Max(t => t.Until);
        return Between(day.AddDays(1), last).Skip(schoolDays - 1).Select(d => (DateOnly?)d).FirstOrDefault();
    }

    /// <summary>The days, up to one, that are a school day by one of two calendars alone.</summary>
    public static IEnumerable<DateOnly> Differences(SchoolDays before, SchoolDays after, Term told, Term? known, DateOnly upTo)
    {
        var from = known is not null && known.From < told.From ? known.From : told.From;
        var until = known is not null && known.Until > told.Until ? known.Until : told.Until;
        for (var day = from; day <= until && day <= upTo; day = day.AddDays(1))
            if (before.Is(day) != after.Is(day))
                yield return day;
    }
}
