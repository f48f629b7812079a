using LeftBehind.Contracts;
using LeftBehind.EducationAttendance.Classes;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>A roll call as a row tells it.</summary>
public sealed record ToldRoll(Session Session, DateTimeOffset SubmittedAt, string? By, long Sequence, Mark[] Exceptions);

/// <summary>
/// What follows from roll calls, from single marks, from the end of a day and from the calendar. What is so already changes
/// nothing; what was submitted is never lost by what corrects it. Pure.
/// </summary>
public static class CallRoll
{
    /// <param name="day">The class-day.</param>
    /// <param name="of">Its class.</param>
    /// <param name="date">Its date.</param>
    /// <param name="told">The roll call.</param>
    /// <param name="toldOf">The order of the source of what single rows told last of a pupil, also where it was known already; 0 for nothing.</param>
    public static IEnumerable<IClassDayEvent> Decide(ClassDay day, SchoolClass of, DateOnly date, ToldRoll told, Func<Guid, long> toldOf)
    {
        var (before, isKnown) = (day.Of(told.Session), day.Rolls.ContainsKey(told.Session));
        var later = before.Marks.Keys.Concat(told.Exceptions.Select(e => e.Pupil)).Distinct().Where(p => toldOf(p) > told.Sequence)
            .Select(p => before.Of(p) with { Sequence = toldOf(p) }).ToList();
        Mark[] exceptions = [.. told.Exceptions.Where(e => later.TrueForAll(l => l.Pupil != e.Pupil)), .. later];
        var after = before.After(exceptions, told.Sequence, told.SubmittedAt, told.By);
        if (isKnown && before.Says(after))
            yield break;
        var facts = day.Told(told.Session, after).FactsOf(of.Village, of.Id, date);
        yield return isKnown
            ? new RollCallCorrected(told.Session, told.SubmittedAt, told.By, told.Sequence, exceptions, facts)
            : new RollCallSubmitted(told.Session, told.SubmittedAt, told.By, told.Sequence, exceptions, facts);
    }

    /// <summary>Of a session that was called.</summary>
    public static IEnumerable<IClassDayEvent> Decide(ClassDay day, SchoolClass of, DateOnly date, Session session, Mark told)
    {
        var roll = day.Of(session);
        if (roll.Of(told.Pupil).Says(told))
            yield break;
        yield return new AttendanceMarkTold(session, told, day.Told(session, roll.After(told)).FactsOf(of.Village, of.Id, date));
    }

    /// <summary>The day has ended, or its calendar was told anew.</summary>
    /// <param name="day">The class-day.</param>
    /// <param name="of">Its class.</param>
    /// <param name="date">Its date.</param>
    /// <param name="isSchoolDay">By the calendar as it is told now.</param>
    public static IEnumerable<IClassDayEvent> Settle(ClassDay day, SchoolClass of, DateOnly date, bool isSchoolDay)
    {
        var facts = day.Due(isSchoolDay).FactsOf(of.Village, of.Id, date);
        if (!day.Exists && isSchoolDay)
            yield return new RollCallMissed(facts);
        else if (day.Exists && day.IsDue != isSchoolDay)
            yield return isSchoolDay ? new RollCallDue(facts) : new RollCallNotDue(facts);
    }
}
