using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>An event of a class-day. Each carries the facts that leave the house, after the change.</summary>
public interface IClassDayEvent
{
    ClassDayFacts After { get; }
}

/// <summary>A session's roll was called for the first time: whoever is not named was there.</summary>
[StoredName("roll_call_submitted")]
public sealed record RollCallSubmitted(
    Session Session, DateTimeOffset SubmittedAt, string? By, long Sequence, Mark[] Exceptions, ClassDayFacts After) : IClassDayEvent;

/// <summary>A session's roll call was told anew, all of it; what was submitted stays in the log.</summary>
[StoredName("roll_call_corrected")]
public sealed record RollCallCorrected(
    Session Session, DateTimeOffset SubmittedAt, string? By, long Sequence, Mark[] Exceptions, ClassDayFacts After) : IClassDayEvent;

/// <summary>One pupil's mark was told, beside the roll call or against it.</summary>
[StoredName("attendance_mark_told")]
public sealed record AttendanceMarkTold(Session Session, Mark Mark, ClassDayFacts After) : IClassDayEvent;

/// <summary>The school day ended and no roll was called.</summary>
[StoredName("roll_call_missed")]
public sealed record RollCallMissed(ClassDayFacts After) : IClassDayEvent;

/// <summary>By the calendar as it is told now it was no school day.</summary>
[StoredName("roll_call_not_due")]
public sealed record RollCallNotDue(ClassDayFacts After) : IClassDayEvent;

/// <summary>By the calendar as it is told now it was a school day after all.</summary>
[StoredName("roll_call_due")]
public sealed record RollCallDue(ClassDayFacts After) : IClassDayEvent;

/// <summary>What follows for the pupils of the class whose attendance is not as it was.</summary>
[StoredName("pupils_attended")]
public sealed record PupilsAttended(PupilAttended[] Pupils, ClassDayFacts After) : IClassDayEvent;

/// <summary>One pupil's attendance after a change.</summary>
public sealed record PupilAttended(Guid Pupil, PupilAttendance After);
