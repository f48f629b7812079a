using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>
/// What follows from a pupil's attendance for its case: absence opens it, three consecutive school days of it are a suspicion, presence closes
/// it. A corrected mark takes back what it had brought as long as nothing was done about it. Pure.
/// </summary>
public static class FollowAbsence
{
    /// <summary>From so many consecutive school days of unexcused absence on a dropout is suspected. Platform default.</summary>
    public const int SuspectedFrom = 3;

    /// <summary>An absence within so many school days after a return is a relapse. Platform default.</summary>
    public const int MonitoredDays = 30;

    /// <param name="known">The case.</param>
    /// <param name="pupil">The pupil as the roll has it.</param>
    /// <param name="now">Its attendance on the last school day of its class.</param>
    /// <param name="days">The school days of its county.</param>
    public static IEnumerable<IDropoutEvent> Decide(DropoutCase known, Pupil pupil, PupilAttendance now, SchoolDays days) =>
        now is { UnexcusedRun: > 0, UnexcusedSince: { } since } ? Absent(known, pupil, now, since, days)
        : known.IsOpen ? NotAbsent(known, now) : [];

    private static IEnumerable<IDropoutEvent> Absent(DropoutCase known, Pupil pupil, PupilAttendance now, DateOnly since, SchoolDays days)
    {
        // On a day without a roll the absence is as it was known before.
        var last = now.State is AttendanceState.Absent ? now.On : since;
        var run = now.UnexcusedRun;
        if (!known.IsOpen)
        {
            if (known is { Step: DropoutStep.Returned, Facts.Since: var back } && since <= back)
                // Days before the return were answered by it.
                (since, run) = (back.AddDays(1), Math.Min(run, days.Between(back.AddDays(1), last).Count()));
            if (run == 0 || pupil is not { Exists: true, Erased: false, Facts.State: EnrolmentState.Enrolled } || !pupil.Facts.IsCompulsory(last))
                yield break;
            var relapse = known is { Step: DropoutStep.Returned, Facts.Since: var returned } && days.Between(returned.AddDays(1), since).Count() <= MonitoredDays;
            var opened = new UnexcusedAbsenceDetected(pupil.Id, pupil.Facts.School, pupil.SchoolNo, since, last, relapse,
                new(Transitions.Next(DropoutAct.DetectAbsence, known.Step), since, (known.Facts?.Relapses ?? 0) + (relapse ? 1 : 0)));
            yield return opened;
            known = known.After(opened);
        }
        if (run >= SuspectedFrom && Transitions.Allows(DropoutAct.Suspect, known.Step))
            yield return new DropoutSuspected(known.Pupil, since, last, known.At(DropoutAct.Suspect, last));
        else if (run < SuspectedFrom && known.Record.IsEmpty && Transitions.Allows(DropoutAct.WithdrawSuspicion, known.Step))
            yield return new SuspicionWithdrawn(known.Pupil, since, last, known.At(DropoutAct.WithdrawSuspicion, since));
    }

    private static IEnumerable<IDropoutEvent> NotAbsent(DropoutCase known, PupilAttendance now)
    {
        var present = now.State is AttendanceState.Present;
        var laterDay = present && now.On > known.AbsentOn;
        if (!Transitions.Allows(DropoutAct.Return, known.Step))
            yield return new DropoutCaseEnded(known.Pupil, known.EndedBy(laterDay || (present && !known.Record.IsEmpty) ? DropoutEnd.AttendedAgain : DropoutEnd.NoLongerUnexcused, now.On));
        else if (known is { IsRegistered: false, Record.IsEmpty: true } && !laterDay)
            yield return new DropoutCaseEnded(known.Pupil, known.EndedBy(DropoutEnd.NoLongerUnexcused, now.On));
        else if (present)
            yield return new PupilCameBack(known.Pupil, CameBackBy.Attended, known.At(DropoutAct.Return, now.On));
    }

    /// <summary>The facts after an act.</summary>
    internal static DropoutFacts At(this DropoutCase known, DropoutAct act, DateOnly since)
    {
        var step = Transitions.Next(act, known.Step);
        return new(step, step == known.Step ? known.Facts!.Since : since, known.Facts?.Relapses ?? 0);
    }

    /// <summary>The facts after an end that is no return.</summary>
    internal static DropoutFacts EndedBy(this DropoutCase known, DropoutEnd reason, DateOnly on) =>
        known.At(DropoutAct.End, on) with { Ended = reason };
}
