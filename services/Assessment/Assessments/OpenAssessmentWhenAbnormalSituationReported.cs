using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;

namespace LeftBehind.Assessment.Assessments;

/// <summary>Policy: when a village tells its town of an abnormal situation that a visit found, an assessment is opened (policy: 接到…报告后进行调查评估).</summary>
public sealed class OpenAssessmentWhenAbnormalSituationReported(WorkCalendar calendar, WriteAssessments assessments)
    : OpenAssessmentWhenInformed<AbnormalSituationReported>("registry", "abnormal_situation_reported", nameof(OpenAssessmentWhenAbnormalSituationReported), calendar, assessments)
{
    protected override AssessmentOpened Open(AbnormalSituationReported fact, Guid subject, DateTimeOffset occurredAt, WorkCalendar calendar) => OpeningOf(fact, calendar);

    /// <summary>The assessment that a situation opens. Pure.</summary>
    public static AssessmentOpened OpeningOf(AbnormalSituationReported told, WorkCalendar calendar) =>
        new(new(told.ChildId, told.Division), null, told.Urgency, told.ReportedAt, AssessmentDuty.DueAt(told.Urgency, told.ReportedAt, calendar), told.SituationId,
            AssessmentTrigger.AbnormalSituation);
}
