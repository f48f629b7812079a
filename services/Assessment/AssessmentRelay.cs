using LeftBehind.Assessment.Assessments;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using Told = LeftBehind.Contracts.Assessment;

namespace LeftBehind.Assessment;

/// <summary>
/// Which facts leave the house, in what words: every step of an assessment, without who took part, and duties.
/// Subject: the child's file when known, else the assessment.
/// </summary>
public sealed class AssessmentRelay : IRelay
{
    public int Version => 1;

    public IEnumerable<RelayedFact> Translate(StoredEvent stored)
    {
        var id = stored.Stream;
        if (ObligationTelling.Of(id, stored.Data) is { } duty)
        {
            yield return new(id, duty);
            yield return new(duty.After.Subject.Id, duty);
        }
        if (stored.Data is not IAssessmentEvent { Of: var of })
            yield break;
        var subject = of.Child ?? id;
        switch (stored.Data)
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
    }
}
