using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>
/// What follows from the roll for a pupil's case: a dropout it tells is registered, who is enrolled again came back, and whoever leaves for another
/// school, for leave or for good has no case any more. Pure.
/// </summary>
public static class FollowRoll
{
    /// <param name="known">The case.</param>
    /// <param name="before">The pupil before the roll told it.</param>
    /// <param name="after">And after.</param>
    /// <param name="on">The day from which that counts.</param>
    public static IEnumerable<IDropoutEvent> Decide(DropoutCase known, Pupil before, Pupil after, DateOnly on)
    {
        if (after.Facts.State is EnrolmentState.DroppedOut && after.Facts.IsCompulsory(on))
        {
            if (!after.Erased && (!before.Exists || before.Facts.State is not EnrolmentState.DroppedOut) && Transitions.Allows(DropoutAct.RegisterByRoll, known.Step))
                yield return new DropoutRegisteredByRoll(after.Id, after.Facts.School, after.SchoolNo, known.At(DropoutAct.RegisterByRoll, on));
        }
        else if (known.IsRegistered && before.Facts.State is EnrolmentState.DroppedOut && after.Facts.State is EnrolmentState.Enrolled)
            yield return new PupilCameBack(known.Pupil, CameBackBy.Roll, known.At(DropoutAct.Return, on));
        else if (known.IsOpen && EndOf(known, after, on) is { } reason)
            yield return new DropoutCaseEnded(known.Pupil, known.EndedBy(reason, on));
    }

    /// <summary>The pupil's personal data was erased: nobody can do anything about it any more.</summary>
    public static IEnumerable<IDropoutEvent> Erase(DropoutCase known, DateOnly on) =>
        known.IsOpen ? [new DropoutCaseEnded(known.Pupil, known.EndedBy(DropoutEnd.Erased, on))] : [];

    private static DropoutEnd? EndOf(DropoutCase known, Pupil after, DateOnly on) => after.Facts.State switch
    {
        EnrolmentState.OnLeave or EnrolmentState.Deferred or EnrolmentState.HomeTaught => DropoutEnd.OnLeave,
        EnrolmentState.TransferredOut or EnrolmentState.RollGap => DropoutEnd.Transferred,
        EnrolmentState.Graduated => DropoutEnd.Graduated,
        EnrolmentState.Left => DropoutEnd.LeftRoll,
        _ when !after.Facts.IsCompulsory(on) => DropoutEnd.NotCompulsory,
        _ when (after.SchoolNo, after.Facts.School) != (known.SchoolNo, known.School) => DropoutEnd.Transferred,
        _ => null,
    };
}
