using LeftBehind.Contracts.Education;
using LeftBehind.Pages;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>What leaves the house of a dropout case: every event with what holds after it, and that a child is suspected missing by itself. Notes and documents stay inside. Pure.</summary>
public static class DropoutTelling
{
    /// <summary>The facts of one event; none of any other.</summary>
    public static IEnumerable<RelayedFact> Of(Guid stream, object @event)
    {
        if (@event is IDropoutEvent e)
            yield return new(e.Pupil, new DropoutRecorded(stream, e.Pupil, ChangeOf(e), e.After));
        if (@event is HomeVisited { Outcome: VisitOutcome.Unreachable } v)
            yield return new(v.ChildId ?? v.Pupil, new MissingSuspected(v.Pupil, v.ChildId, v.School, v.At));
    }

    private static DropoutChange ChangeOf(IDropoutEvent e) => e switch
    {
        UnexcusedAbsenceDetected => DropoutChange.AbsenceDetected,
        DropoutSuspected => DropoutChange.Suspected,
        SuspicionWithdrawn => DropoutChange.SuspicionWithdrawn,
        GuardianContacted => DropoutChange.GuardianContacted,
        HomeVisited => DropoutChange.HomeVisited,
        DropoutRegistered or DropoutRegisteredByRoll => DropoutChange.Registered,
        PersuasionStarted => DropoutChange.PersuasionStarted,
        PersuasionFailed => DropoutChange.PersuasionFailed,
        WrittenReportFiled => DropoutChange.WrittenReportFiled,
        TownPersuaded => DropoutChange.TownPersuaded,
        AttendanceOrdered => DropoutChange.AttendanceOrdered,
        LegalMeasuresTaken => DropoutChange.LegalMeasuresTaken,
        ReturnRecorded or PupilCameBack => DropoutChange.Returned,
        DropoutCaseEnded => DropoutChange.Ended,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };
}
