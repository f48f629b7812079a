namespace LeftBehind.Contracts.Education;

/// <summary>
/// Something happened to the roll of one class on one school day (班级考勤日); carries the whole state after it. Subject of the fact: the
/// class-day. Told by EducationAttendance.
/// </summary>
/// <param name="ClassDayId">The class-day: one stream for each class and day.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">The facts after the change.</param>
[StoredName("class_day_recorded")]
public sealed record ClassDayRecorded(Guid ClassDayId, ClassDayChange Change, ClassDayFacts After);

/// <summary>What happened to a class-day.</summary>
public enum ClassDayChange
{
    /// <summary>A session's roll was called (点名).</summary>
    Called,

    /// <summary>What a roll call told was told anew, all of it or of one pupil.</summary>
    Corrected,

    /// <summary>The day ended without a roll call.</summary>
    Missed,

    /// <summary>The calendar was corrected: it was no school day.</summary>
    NotDue,

    /// <summary>The calendar was corrected: it was a school day after all.</summary>
    Due,

    /// <summary>What it says of its pupils was worked out anew.</summary>
    Attended,
}

/// <summary>The facts of a class-day. No presence follows from a roll that was not taken.</summary>
/// <param name="School">Village or community in which the school stands.</param>
/// <param name="ClassId">The class, an id nobody can read a number from.</param>
/// <param name="Date">The school day, Asia/Shanghai.</param>
/// <param name="Roll">Whether a roll was taken.</param>
/// <param name="Absent">Pupils who missed any part of the day, excused or not.</param>
/// <param name="Unexcused">Those of them who missed any part of it unexcused (旷课).</param>
public sealed record ClassDayFacts(DivisionId School, Guid ClassId, DateOnly Date, RollState Roll, int Absent, int Unexcused);

/// <summary>Whether a roll was taken. The numbers are stored.</summary>
public enum RollState : short
{
    /// <summary>On the day itself.</summary>
    Taken = 0,

    /// <summary>On a later day.</summary>
    TakenLate = 1,

    /// <summary>Not at all so far, and the day has ended.</summary>
    Missing = 2,

    /// <summary>Not to be taken: no school day by the calendar as it is told now.</summary>
    NotDue = 3,
}

/// <summary>
/// How a pupil attended on the last school day of its class changed. Nothing is told while it stays the same, so a day costs what
/// differs from the day before. Subject of the fact: the pupil.
/// </summary>
/// <param name="PupilId">The pupil on the roll.</param>
/// <param name="After">All that is told of its attendance.</param>
[StoredName("pupil_attendance_recorded")]
public sealed record PupilAttendanceRecorded(Guid PupilId, PupilAttendance After);

/// <summary>A pupil's attendance on the last school day of its class.</summary>
/// <param name="State">Whether it was there.</param>
/// <param name="On">The school day on which it came to be so.</param>
/// <param name="UnexcusedRun">
/// Consecutive school days, up to the last one with a roll, on each of which any part was missed unexcused. A day without a roll
/// neither breaks nor lengthens it. Platform default.
/// </param>
/// <param name="UnexcusedSince">The first of them; null when there is none.</param>
public sealed record PupilAttendance(AttendanceState State, DateOnly On, int UnexcusedRun, DateOnly? UnexcusedSince);

/// <summary>Whether a pupil was there. The numbers are stored.</summary>
public enum AttendanceState : short
{
    /// <summary>All day, or late.</summary>
    Present = 0,

    /// <summary>Missed the day or a part of it.</summary>
    Absent = 1,

    /// <summary>No roll was taken, which is not presence.</summary>
    NotTaken = 2,
}
