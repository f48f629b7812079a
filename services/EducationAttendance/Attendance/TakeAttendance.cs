using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EducationAttendance.Partners;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>What is known when a row is decided.</summary>
/// <param name="Class">Null when no pupil of it is on the roll.</param>
/// <param name="ClassId">Its key either way.</param>
/// <param name="Calendar">The key of the county's calendar, which a row may wait for.</param>
/// <param name="Days">School days of its county.</param>
/// <param name="Day">The class-day.</param>
/// <param name="Order">By order key, the sequence of the row that was taken last, whether it told anything new or not.</param>
/// <param name="Pupils">Those the rows name, as far as they are in a class.</param>
/// <param name="Numbers">Which pupil a student number means, where it is another one by now (L→G).</param>
public sealed record KnownOfClass(
    SchoolClass? Class, Guid ClassId, Guid Calendar, SchoolDays Days, ClassDay Day, IReadOnlyDictionary<Guid, long> Order, IReadOnlyDictionary<Guid, ClassPupil> Pupils,
    PupilNumbers Numbers);

/// <summary>
/// Decides on one attendance row: what it speaks of is on the roll, or it waits; the school's division says who may tell it; the
/// day is a school day; a pupil is in one class. Gives the verdict, and what follows. Pure.
/// </summary>
public sealed class TakeAttendance(AttendanceRowCheck check)
{
    public IEnumerable<IClassDayEvent> Decide(PushedRow<AttendanceRow> row, KnownOfClass known)
    {
        var (date, day) = (AttendanceRowCheck.DateOf(row.Row), known.Day);
        if (known.Class is not { } of)
            return None(row, r => r.Waits("class", known.ClassId));
        if (!row.Caller.Sees(of.Village))
            return None(row, r => r.Reject("school_no", "not a school in your divisions"));
        switch (known.Days.Of(date))
        {
            case DayKind.NotKnown:
                return None(row, r => r.Waits("calendar", known.Calendar));
            case DayKind.DayOff or DayKind.Vacation:
                return None(row, r => r.Reject("date", "no school day of the county's term calendar"));
        }
        return row.Row.RowCase is AttendanceRow.RowOneofCase.RollCall ? Call(row, of, date, known, check.SessionOf(day.Id, row.Row.Session)) : Mark(row, of, date, known, check.SessionOf(day.Id, row.Row.Session));
    }

    private IEnumerable<IClassDayEvent> Call(PushedRow<AttendanceRow> row, SchoolClass of, DateOnly date, KnownOfClass known, Guid session)
    {
        var told = check.Read(row) is var read && known.Numbers.IsEmpty ? read
            : read with { Exceptions = [.. read.Exceptions.Select(e => e with { Pupil = known.Numbers.Of(e.Pupil) })] };
        if (told.Exceptions.DistinctBy(e => e.Pupil).Count() < told.Exceptions.Length)
            return None(row, r => r.Reject("roll_call.exceptions", "a pupil named twice, under two student numbers"));
        for (var i = 0; i < told.Exceptions.Length; i++)
        {
            var field = $"roll_call.exceptions[{i}].student_no";
            if (!known.Pupils.TryGetValue(told.Exceptions[i].Pupil, out var pupil))
                row.Warn(field, "in no class of the roll yet; kept");
            else if (Fault(pupil, of, date) is { } fault)
                return None(row, r => r.Reject(field, fault));
        }
        return Taken(row, known, CallRoll.Decide(known.Day, of, date, told, pupil => LatestOf(known, session, pupil)));
    }

    private IEnumerable<IClassDayEvent> Mark(PushedRow<AttendanceRow> row, SchoolClass of, DateOnly date, KnownOfClass known, Guid session)
    {
        var told = check.Read(row, row.Row.Exception) is var read && known.Numbers.IsEmpty ? read : read with { Pupil = known.Numbers.Of(read.Pupil) };
        if (!known.Day.Rolls.ContainsKey((Session)row.Row.Session))
            return None(row, r => r.Waits("roll_call", session));
        if (!known.Pupils.TryGetValue(told.Pupil, out var pupil))
            return None(row, r => r.Waits("enrolment", told.Pupil));
        if (Fault(pupil, of, date) is { } fault)
            return None(row, r => r.Reject("exception.student_no", fault));
        var roll = Math.Max(known.Order.GetValueOrDefault(session), known.Day.Of((Session)row.Row.Session).Sequence);
        if (row.Sequence < roll || (!known.Numbers.IsEmpty && row.Sequence < LatestOf(known, session, told.Pupil)))
            return None(row, r => r.Superseded());
        return Taken(row, known, CallRoll.Decide(known.Day, of, date, (Session)row.Row.Session, told));
    }

    /// <summary>The order of the source of what single rows told last of a pupil, under any of its numbers.</summary>
    private long LatestOf(KnownOfClass known, Guid session, Guid pupil) =>
        known.Numbers.NumbersOf(pupil).Max(number => known.Order.GetValueOrDefault(check.MarkOf(session, number)));

    private static string? Fault(ClassPupil pupil, SchoolClass of, DateOnly date) =>
        pupil.Enrolled && pupil.Class is { } other && other != of.Id ? "in another class by the roll: a pupil is in one class"
        : pupil.Born > date ? "born after that day" : null;

    private static List<IClassDayEvent> Taken(PushedRow<AttendanceRow> row, KnownOfClass known, IEnumerable<IClassDayEvent> decided)
    {
        var events = decided.ToList();
        row.Took(known.Day.Id, changed: events.Count > 0);
        return events;
    }

    private static IClassDayEvent[] None(PushedRow<AttendanceRow> row, Action<PushedRow<AttendanceRow>> verdict)
    {
        verdict(row);
        return [];
    }
}
