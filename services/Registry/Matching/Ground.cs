using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Matching;

/// <summary>
/// What a link of a pupil and a file stands on after it was made: the same valid number, and birth dates that do not differ. A
/// missing field lowers confidence, it does not veto. Pure.
/// </summary>
internal static class Ground
{
    /// <param name="child">The file.</param>
    /// <param name="pupilsBirthDate">As the roll tells it.</param>
    /// <param name="isTheChildsNumber">Whether the pupil's number is that of the file; null when the pupil has none.</param>
    public static bool Stands(Child child, DateOnly? pupilsBirthDate, bool? isTheChildsNumber) =>
        isTheChildsNumber is not false && (pupilsBirthDate is not { } told || child.Facts.BirthDate is not { } known || told == known);
}
