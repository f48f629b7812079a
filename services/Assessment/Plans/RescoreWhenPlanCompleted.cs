using LeftBehind.Assessment.Assessments;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using AssessmentOpened = LeftBehind.Assessment.Assessments.AssessmentOpened;

namespace LeftBehind.Assessment.Plans;

/// <summary>Policy: when a plan is completed, the risk is scored anew, once a plan. That it is, and how soon, is a platform default. Pure.</summary>
public static class RescoreWhenPlanCompleted
{
    public static AssessmentOpened OpeningOf(PlanCompleted completed, WorkCalendar calendar) => new(
        new(completed.Of.Child, completed.Of.Division), null, Urgency.Ordinary, completed.At, AssessmentDuty.DueAt(Urgency.Ordinary, completed.At, calendar),
        Trigger: AssessmentTrigger.PlanCompleted);
}
