using LeftBehind.Contracts.Education;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>
/// Whose absence can become a dropout (辍学): whoever is in compulsory school, primary and junior middle (义务教育法 §2). Whoever is of 14 or 15 and
/// out of it, or in a stage beyond or before it, is not in school (不在学), never a dropout. Where the roll tells no stage, the age says:
/// from 6 (义务教育法 §11) up to 13. Pure.
/// </summary>
public static class Compulsory
{
    private const int From = 6, Until = 14;

    /// <param name="pupil">The pupil on the roll.</param>
    /// <param name="on">The day asked for.</param>
    public static bool Holds(PupilFacts pupil, DateOnly on) => pupil.Stage switch
    {
        Stage.Primary or Stage.JuniorMiddle => true,
        Stage.NotCollected => pupil.BirthDate is { } born && IsAtLeast(born, From, on) && !IsAtLeast(born, Until, on),
        _ => false,
    };

    /// <summary>Who was born on 29 February turns on 1 March in common years.</summary>
    private static bool IsAtLeast(DateOnly born, int age, DateOnly on) =>
        on >= (born is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(born.Year + age) ? new DateOnly(born.Year + age, 3, 1) : born.AddYears(age));
}
