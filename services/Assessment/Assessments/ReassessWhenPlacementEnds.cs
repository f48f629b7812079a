using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;

namespace LeftBehind.Assessment.Assessments;

/// <summary>
/// Policy: when a temporary placement ends, the child is assessed anew, once for each placement (未成年人保护法 §93: 具备履行监护职责条件的，
/// 可以将未成年人送回; that what follows is looked at, and how soon, is a platform default).
/// </summary>
public sealed class ReassessWhenPlacementEnds(WorkCalendar calendar, WriteAssessments assessments)
    : OpenAssessmentWhenInformed<PlacementRecorded>("reporting", "placement_recorded", nameof(ReassessWhenPlacementEnds), calendar, assessments)
{
    /// <summary>The same end is told of the placement and of the child; the placement's counts.</summary>
    protected override AssessmentOpened? Open(PlacementRecorded fact, Guid subject, DateTimeOffset occurredAt, WorkCalendar calendar) =>
        subject == fact.PlacementId ? OpeningOf(fact, occurredAt, calendar) : null;

    protected override Guid KeyOf(PlacementRecorded fact, Guid factId) => fact.PlacementId;

    /// <summary>The assessment that an end opens: High when the child was sent back to its family. Pure.</summary>
    public static AssessmentOpened? OpeningOf(PlacementRecorded told, DateTimeOffset endedAt, WorkCalendar calendar)
    {
        if (told.After.State is PlacementState.Placed)
            return null;
        var urgency = told.After.State is PlacementState.Returned ? Urgency.High : Urgency.Ordinary;
        return new(new(told.After.ChildId, told.After.Division), null, urgency, endedAt, AssessmentDuty.DueAt(urgency, endedAt, calendar), Trigger: AssessmentTrigger.PlacementEnded);
    }
}
