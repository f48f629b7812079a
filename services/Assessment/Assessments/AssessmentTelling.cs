using LeftBehind.Contracts.Assessment;

namespace LeftBehind.Assessment.Assessments;

/// <summary>What is told of an assessment. Pure.</summary>
public static class AssessmentTelling
{
    /// <summary>What an event says changed.</summary>
    public static AssessmentChange ChangeOf(AssessmentEvent @event) => @event switch
    {
        AssessmentOpened => AssessmentChange.Opened,
        FieldworkRecorded => AssessmentChange.FieldworkRecorded,
        AssessmentDrafted => AssessmentChange.Drafted,
        AssessmentReviewed => AssessmentChange.Reviewed,
        AssessmentFinalised => AssessmentChange.Finalised,
        AssessmentSuperseded => AssessmentChange.Superseded,
        AssessmentMoved => AssessmentChange.Moved,
        PlanDrafted => AssessmentChange.PlanDrafted,
        PlanApproved => AssessmentChange.PlanApproved,
        _ => throw new ArgumentOutOfRangeException(nameof(@event)),
    };

    /// <summary>
    /// Of an event of a release that kept nothing to tell: it knew an opening and an end, and what the end alone does not say is the least
    /// that can be meant.
    /// </summary>
    public static AssessmentFacts Untold(AssessmentEvent @event) => @event switch
    {
        AssessmentOpened e => new(e.Of.Child, e.Of.Division, e.Why, e.Urgency, AssessmentState.Opened, e.DueAt, null, null, null),
        AssessmentFinalised e => new(e.Of.Child, e.Of.Division, default, default, AssessmentState.Finalised, e.At.AddTicks(1), e.At, e.Grade, e.Risk),
        _ => new(@event.Of.Child, @event.Of.Division, default, default, AssessmentState.Finalised, default, default(DateTimeOffset), null, null),
    };
}
