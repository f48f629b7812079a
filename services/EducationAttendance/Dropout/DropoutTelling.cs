using LeftBehind.Contracts.Education;
using LeftBehind.Pages;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>What leaves the house of a dropout case: every event with what holds after it, and that a child is suspected missing by itself. Notes and documents stay inside. Pure.</summary>
public static class DropoutTelling
{
    /// <summary>The facts of one event; none of any other.</summary>
    public static IEnumerable<RelayedFact> Of(Guid stream, object @event)
    {
        if (@event is IDropoutEvent e)
            yield return new(e.Pupil, new DropoutRecorded(stream, e.Pupil, e.After));
        if (@event is HomeVisited { Outcome: VisitOutcome.Unreachable } v)
            yield return new(v.ChildId ?? v.Pupil, new MissingSuspected(v.Pupil, v.ChildId, v.School, v.At));
    }
}
