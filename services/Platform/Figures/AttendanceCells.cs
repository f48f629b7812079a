using LeftBehind.Contracts.Education;

namespace LeftBehind.Platform.Figures;

/// <summary>How attendance is counted: pupils by the last school day of their class, class-days by whether a roll was taken. Pure.</summary>
internal static class AttendanceCells
{
    /// <summary>From so many unexcused school days in a row on a pupil is a truant (旷课). Platform default, as the suspicion of a dropout.</summary>
    private const int TruantFrom = 3;

    /// <summary>Class-days are counted for so many days, so that rolls missing are those one can still do something about. Platform default.</summary>
    private const int CountedDays = 30;

    /// <summary>Only who is enrolled attends; of whom no roll was ever told nothing is known.</summary>
    public static void CountPupil(List<short> cells, PupilFacts pupil, PupilAttendance? attendance)
    {
        var known = pupil.State is EnrolmentState.Enrolled ? attendance : null;
        cells.Add(Measures.Number(Measures.Pupil, "attendance", known?.State switch
        {
            AttendanceState.Present => "present",
            AttendanceState.Absent => "absent",
            AttendanceState.NotTaken => "notTaken",
            _ => "notCollected",
        }));
        cells.Add(Measures.Number(Measures.Pupil, "truancy", known?.UnexcusedRun switch
        {
            null => "notCollected",
            0 => "none",
            < TruantFrom => "unexcused",
            _ => "truant",
        }));
    }

    public static void CountClassDay(List<short> cells, ClassDayFacts classDay, DateOnly day)
    {
        if (classDay.Roll is RollState.NotDue || day >= EndsOn(classDay))
            return;
        cells.Add(Measures.Number(Measures.ClassDay, "total", "all"));
        cells.Add(Measures.Number(Measures.ClassDay, "roll", classDay.Roll switch
        {
            RollState.Taken => "taken",
            RollState.TakenLate => "takenLate",
            _ => "missing",
        }));
    }

    public static DateOnly? EndsOn(ClassDayFacts? classDay) => classDay?.Date.AddDays(CountedDays);
}
