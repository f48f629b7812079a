using LeftBehind.Contracts.Education;
using LeftBehind.Pages;

namespace LeftBehind.EducationAttendance.LawLessons;

/// <summary>What leaves the house of a school's law lessons: every event, with what holds after it. Pure.</summary>
public static class LawTermTelling
{
    /// <summary>The facts of one event; none of any other.</summary>
    public static IEnumerable<RelayedFact> Of(Guid stream, object @event)
    {
        if (@event is ILawTermEvent e)
            yield return new(stream, new LawTermRecorded(stream, e is LawTermBegun ? LawTermChange.Begun : LawTermChange.LessonGiven, e.After));
    }
}
