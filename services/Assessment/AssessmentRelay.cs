using LeftBehind.Assessment.Assessments;
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
    /// <summary>Since 2 every event tells the assessment as it is after it.</summary>
    public int Version => 2;

    public IEnumerable<RelayedFact> Translate(StoredEvent stored)
    {
        var id = stored.Stream;
        if (ObligationTelling.Of(id, stored.Data) is { } duty)
        {
            yield return new(id, duty);
            yield return new(duty.After.Subject.Id, duty);
        }
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
        if (of.Child is { } child && @event is FieldworkRecorded or AssessmentDrafted or AssessmentReviewed or AssessmentSuperseded)
            yield return new(child, recorded, Since: 2);
    }
}
