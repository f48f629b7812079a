using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Promotions;

/// <summary>The turn of a school year (学年).</summary>
/// <param name="Year">The year in which it begins.</param>
public sealed record SchoolTurn(int Year)
{
    /// <summary>1 September. Platform default: the county's calendar tells days of school, not the turn.</summary>
    public DateOnly On => new(Year, 9, 1);

    /// <summary>The school year that a day lies in.</summary>
    public static SchoolTurn Of(DateOnly day) => new(day.Month >= 9 ? day.Year : day.Year - 1);
}

/// <summary>What became of one pupil at the turn.</summary>
public enum Turned { Promoted, Graduated, Already, Stayed, Unknown }

/// <summary>Promotion (升级) of one pupil, once a school year; the last grade of its stage graduates (毕业). Pure.</summary>
public static class Promote
{
    /// <summary>First and last grade of each stage, counted through as the roll does. Platform default: 六三学制.</summary>
    private static readonly Dictionary<Stage, (int First, int Last)> Grades = new()
    {
        [Stage.Kindergarten] = (1, 3), [Stage.Primary] = (1, 6), [Stage.JuniorMiddle] = (7, 9), [Stage.SeniorHigh] = (10, 12), [Stage.Vocational] = (10, 12),
    };

    /// <param name="pupil">The pupil, in one of the classes.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="to">Its class from then on, with no grade told.</param>
    public static (Turned As, IPupilEvent? Event) Decide(Pupil pupil, SchoolTurn turn, ClassPlace to)
    {
        if (pupil.PromotedIn >= turn.Year || pupil.Facts.Since >= turn.On || pupil.Class?.Since >= turn.On)
            return (Turned.Already, null);
        // 休学 keeps the grade; whoever is away from the roll has none to go up from.
        if (pupil.Facts.State is not (EnrolmentState.Enrolled or EnrolmentState.HomeTaught))
            return (Turned.Stayed, null);
        if (pupil.Class is not { Grade: { } grade } || !Grades.TryGetValue(pupil.Facts.Stage, out var of) || grade < of.First || grade > of.Last)
            return (Turned.Unknown, null);
        return grade == of.Last
            ? (Turned.Graduated, new PupilGraduated(pupil.From(turn.On, pupil.Facts with { State = EnrolmentState.Graduated }), turn.Year))
            : (Turned.Promoted, new PupilPromoted(turn.Year, to with { Grade = grade + 1, Since = turn.On }, pupil.Facts));
    }
}
