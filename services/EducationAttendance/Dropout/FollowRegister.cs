using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>
/// Keeps with the pupil what its school's register of dropouts says where the roll does not say it: registered (辍学登记) while the roll has it enrolled, or back (销号) while
/// the roll has it dropped out. Where both agree nothing is kept. Pure.
/// </summary>
public static class FollowRegister
{
    public static IEnumerable<DropoutRegisterChanged> Decide(DropoutCase known, Pupil pupil)
    {
        // An erasure ends the case because nobody can act on it; what was so stays so.
        if (known.Facts is not { } facts || facts.Ended is DropoutEnd.Erased)
            yield break;
        bool? says = (pupil.Facts.State, known) switch
        {
            (EnrolmentState.Enrolled, { IsRegistered: true }) => true,
            (EnrolmentState.DroppedOut, { Step: DropoutStep.Returned }) => false,
            // Absent again, and not registered again so far.
            (EnrolmentState.DroppedOut, { IsOpen: true, IsRegistered: false }) => pupil.Facts.Register?.DroppedOut,
            _ => null,
        };
        if (pupil.Facts.Register?.DroppedOut != says)
            yield return new(pupil.Facts with { Register = says is { } droppedOut ? new(droppedOut, facts.Since) : null });
    }
}
