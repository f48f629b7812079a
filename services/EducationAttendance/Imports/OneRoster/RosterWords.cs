using System.Globalization;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Imports.OneRoster;

/// <summary>Grades as OneRoster writes them (CEDS entry grade level): 01 to 12, or a word for who is not at school yet. Pure.</summary>
internal static class RosterGrades
{
    private const int LastOfPrimary = 6, LastOfJuniorMiddle = 9, Last = 12;

    /// <summary>Grade and stage; 0 and unknown where none is told.</summary>
    public static (int Grade, Stage Stage) Read(string[] told) => told switch
    {
        [] => (0, Stage.Unknown),
        ["PK" or "PR" or "KG" or "TK"] => (0, Stage.Kindergarten),
        [var one] when int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var grade) && grade is >= 1 and <= Last =>
            (grade, grade <= LastOfPrimary ? Stage.Primary : grade <= LastOfJuniorMiddle ? Stage.JuniorMiddle : Stage.SeniorHigh),
        [_] => throw new WrongLineException("grades", "01 to 12, PK, PR, KG or TK"),
        _ => throw new WrongLineException("grades", "one grade"),
    };
}

/// <summary>Times as OneRoster writes them (ISO 8601, with Z or an offset). Pure.</summary>
internal static class RosterTimes
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    public static DateTimeOffset? Read(string text) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
