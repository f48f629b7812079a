using System.Text.RegularExpressions;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>
/// Numbers of people in text that is kept as it is. An ID number is known by its form with a day of birth in it, right or wrong
/// in its check digit: a school's own credit code (统一社会信用代码) may be 18 digits too. Pure.
/// </summary>
internal static partial class PersonalNumbers
{
    /// <summary>Full-width digits and letters are read as plain ones, as Chinese input methods write them.</summary>
    public static bool AreIn(string text) => Forms().IsMatch(string.Concat(text.Select(StudentNo.Narrow)));

    /// <summary>An ID number of 18 or 15 digits; a mobile number, with or without the country's code. Either may be grouped.</summary>
    [GeneratedRegex("""
        (?<![0-9])(?:
            [1-9][0-9]{5}[\s-]?(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[\s-]?[0-9]{3}[0-9Xx]
          | [1-9][0-9]{5}[\s-]?[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[\s-]?[0-9]{3}
          | (?:(?:00)?86[\s-]?)?1[3-9][0-9][\s-]?[0-9]{4}[\s-]?[0-9]{4}
        )(?![0-9])
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Forms();
}
