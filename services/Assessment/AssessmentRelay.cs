using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.Plans;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using Told = LeftBehind.Contracts.Assessment;

namespace LeftBehind.Assessment;

/// <summary>
/// Which facts leave the house, in what words: every step of an assessment, without answers and who took part, and duties. Subject: the
/// child's file when known, else the assessment; of what is counted, the assessment or the duty.
/// </summary>
public sealed class AssessmentRelay : IRelay
{
    /// <summary>Since 2 every event tells the assessment as it is after it, and plans are told.</summary>
    public int Version => 2;

    public IEnumerable<RelayedFact> Translate(StoredEvent stored)
    {
        var id = stored.Stream;
        if (ObligationTelling.Of(id, stored.Data) is { } duty)
        {
            yield return new(id, duty);
            yield return new(duty.After.Subject.Id, duty);
        }
        foreach (var fact in OfPlan(stored))
            yield return fact;
        if (stored.Data is not AssessmentEvent @event)
            yield break;
        var (of, subject) = (@event.Of, @event.Of.Child ?? id);
        switch (@event)
        {
            case AssessmentOpened e:
                yield return new(subject, new Told.AssessmentOpened(id, of.Child, of.Division, e.Urgency, e.DueAt));
                break;
            case AssessmentFinalised e:
                yield return new(subject, new Told.AssessmentFinalised(id, of.Child, of.Division, e.Grade, e.Risk));
                break;
            case PlanDrafted e:
                yield return new(subject, new Told.PlanDrafted(id, of.Child, of.Division, e.Services));
                break;
            case PlanApproved:
                yield return new(subject, new Told.PlanApproved(id, of.Child, of.Division));
                break;
        }
        var recorded = new Told.AssessmentRecorded(id, AssessmentTelling.ChangeOf(@event), @event.After ?? AssessmentTelling.Untold(@event));
        yield return new(id, recorded, Since: 2);
        // The child's timeline has the others in words of their own.
        if (of.Child is { } child && @event is FieldworkRecorded or AssessmentDrafted or AssessmentReviewed or AssessmentSuperseded or AssessmentMoved)
            yield return new(child, recorded, Since: 2);
    }

    /// <summary>The draft and the approval are told of the assessment, in words of their own; every change of the plan itself.</summary>
    private static IEnumerable<RelayedFact> OfPlan(StoredEvent stored)
    {
        if (stored.Data is not PlanEvent { Of: var of, After: { } after } @event)
            yield break;
        var told = @event switch
        {
            AssistancePlanDrafted => new Told.PlanDrafted(of.Assessment, of.Child, of.Division, [.. after.Services.Select(s => s.Kind)]),
            AssistancePlanApproved => new Told.PlanApproved(of.Assessment, of.Child, of.Division),
            _ => (object?)null,
        };
        if (told is not null && @event.Known is not true)
            yield return new(of.Child ?? of.Assessment, told, Since: 2);
        var recorded = new Told.PlanRecorded(stored.Stream, PlanTelling.ChangeOf(@event), after);
        yield return new(stored.Stream, recorded, Since: 2);
        if (told is null && of.Child is { } child)
            yield return new(child, recorded, Since: 2);
    }
}
