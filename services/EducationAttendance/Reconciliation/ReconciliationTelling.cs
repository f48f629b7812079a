using LeftBehind.Contracts.Education;
using LeftBehind.Pages;

namespace LeftBehind.EducationAttendance.Reconciliation;

/// <summary>What leaves the house of a difference: every event, once of the case and once of the pupil. Reasons stay inside. Pure.</summary>
public static class ReconciliationTelling
{
    /// <summary>The facts of one event; none of any other.</summary>
    public static IEnumerable<RelayedFact> Of(Guid stream, object @event)
    {
        if (@event is not IReconciliationEvent e)
            yield break;
        var told = new ReconciliationRecorded(stream, e.Pupil, ChangeOf(e), e.After);
        yield return new(stream, told);
        yield return new(e.Pupil, told);
    }

    private static ReconciliationChange ChangeOf(IReconciliationEvent e) => e switch
    {
        DifferenceFound => ReconciliationChange.Found,
        DifferenceGone => ReconciliationChange.Gone,
        DifferenceDecided => ReconciliationChange.Decided,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };
}
