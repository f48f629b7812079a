using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Reconciliation;

/// <summary>A pupil as the roll has it, as far as Registry may have it otherwise.</summary>
/// <param name="Pupil">The pupil.</param>
/// <param name="School">Where its school stands.</param>
/// <param name="Child">The file that Registry found.</param>
/// <param name="OnRoll">It is on the roll, attending or not.</param>
/// <param name="Died">It left the roll because it died.</param>
/// <param name="LeftBehind">The roll's flag; null is not told.</param>
public sealed record RollSide(Guid Pupil, DivisionId School, Guid? Child, bool OnRoll, bool Died, bool? LeftBehind)
{
    /// <summary>Whoever was erased is compared no more.</summary>
    public static RollSide Of(Pupil pupil) => new(
        pupil.Id, pupil.Facts.School, pupil.Facts.ChildId,
        !pupil.Erased && pupil.Facts.State is not (EnrolmentState.TransferredOut or EnrolmentState.Graduated or EnrolmentState.Left),
        !pupil.Erased && pupil.Facts.State is EnrolmentState.Left && pupil.LeftFor is LeftReason.Died, pupil.Claims?.LeftBehind);
}

/// <summary>A child as Registry tells of it.</summary>
/// <param name="State">State of the file.</param>
/// <param name="LeftBehind">Null while Registry cannot tell (待认定).</param>
/// <param name="Born">Birth date; null when not collected.</param>
public sealed record RegistrySide(FileState State, bool? LeftBehind, DateOnly? Born)
{
    public static RegistrySide Of(ChildFacts child) => new(
        child.State, child.Category is ChildCategory.Undetermined or ChildCategory.UndeterminedInDifficulty ? null : child.Category.IsLeftBehind(), child.BirthDate);
}

/// <summary>Which differences hold between the two, by what both tell now. Pure.</summary>
public static class Differences
{
    private const int LeftBehindUntil = 16;

    /// <param name="roll">The roll's side.</param>
    /// <param name="registry">Registry's side; null where nothing was told of the file, or none was found.</param>
    /// <param name="overdue">The pupil has waited for its file longer than it should.</param>
    /// <param name="on">The day it is asked for.</param>
    public static IEnumerable<ReconciliationKind> Between(RollSide roll, RegistrySide? registry, bool overdue, DateOnly on)
    {
        if (roll.Child is null)
        {
            if (roll.OnRoll && overdue)
                yield return ReconciliationKind.NotInRegistry;
            yield break;
        }
        if (roll.OnRoll && registry is { State: FileState.Open, LeftBehind: true } && roll.LeftBehind is false)
            yield return ReconciliationKind.LeftBehindInRegistry;
        // From the 16th birthday on nobody is left behind (国发〔2016〕13号), whatever school calls its pupils.
        if (roll.OnRoll && registry is { State: FileState.Open, LeftBehind: false } && roll.LeftBehind is true && !(registry.Born?.AddYears(LeftBehindUntil) <= on))
            yield return ReconciliationKind.LeftBehindOnRoll;
        if (roll.OnRoll && registry?.State is FileState.MovedAway)
            yield return ReconciliationKind.MovedInRegistry;
        if (roll.OnRoll && registry?.State is FileState.Deceased)
            yield return ReconciliationKind.DeceasedInRegistry;
        if (roll.Died && registry?.State is FileState.Open)
            yield return ReconciliationKind.DeceasedOnRoll;
    }
}
