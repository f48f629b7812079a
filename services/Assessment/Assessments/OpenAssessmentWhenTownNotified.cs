using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;

namespace LeftBehind.Assessment.Assessments;

/// <summary>Policy: when the police inform the town of a response, an assessment is opened (policy: 接到公安机关通报…进行调查评估).</summary>
public sealed class OpenAssessmentWhenTownNotified(WorkCalendar calendar, WriteAssessments assessments)
    : OpenAssessmentWhenInformed<TownNotified>("reporting", "town_notified", nameof(OpenAssessmentWhenTownNotified), calendar, assessments)
{
    protected override AssessmentOpened Open(TownNotified fact, Guid subject, DateTimeOffset occurredAt, WorkCalendar calendar) => OpeningOf(fact, calendar);

    /// <summary>The assessment that a notice opens. Pure.</summary>
    public static AssessmentOpened OpeningOf(TownNotified notice, WorkCalendar calendar) =>
        new(new(notice.ChildId, notice.Division), notice.ResponseId, notice.Urgency, notice.NotifiedAt, AssessmentDuty.DueAt(notice.Urgency, notice.NotifiedAt, calendar),
            Trigger: AssessmentTrigger.TownInformed);
}
