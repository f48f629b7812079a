using LeftBehind.Contracts.Guardianship;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Petitions;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>What is told of a case. Pure.</summary>
public static class CaseTelling
{
    /// <summary>All that is told of a case as it stands at a moment.</summary>
    public static CaseFacts FactsOf(InterventionCase of, DateTimeOffset at) => new(
        of.Of!.Division, of.Of.Respondent, of.State, StepOf(of), Grounds.ShownIn(of, at), of.Order, of.Guardian);

    /// <summary>Of an event of a release that kept nothing to tell: there was no court then, and how far organs had come is not collected.</summary>
    public static CaseFacts Untold(CaseSubject of) => new(of.Division, of.Respondent, CaseState.Open, CaseStep.NotCollected, PetitionGrounds.None, OrderState.None, null);

    /// <summary>What an event says changed.</summary>
    public static CaseChange ChangeOf(CaseEvent @event) => @event switch
    {
        CaseOpened => CaseChange.Opened,
        StepRecorded => CaseChange.StepRecorded,
        CaseMoved => CaseChange.Moved,
        CaseAssigned => CaseChange.Assigned,
        EvidenceRecorded => CaseChange.EvidenceRecorded,
        EvidenceDisputed => CaseChange.EvidenceDisputed,
        CareFollowed => CaseChange.CareFollowed,
        CourtActRecorded e => Enum.Parse<CaseChange>(e.Record.Act.ToString()),
        GuardianNamed => CaseChange.GuardianDesignated,
        EvidenceTextsErased => CaseChange.TextsErased,
        _ => throw new ArgumentOutOfRangeException(nameof(@event)),
    };

    /// <summary>
    /// The last step of the petition's proceedings where there are any; else a protection order, for a court stands above every organ;
    /// else the highest step of the organs.
    /// </summary>
    public static CaseStep StepOf(InterventionCase of)
    {
        var ofCourts = of.Acts.Select(a => Transitions.Of(a.Act).Step).OfType<CaseStep>().ToList();
        return ofCourts.FindLastIndex(s => s is not CaseStep.ProtectionOrder) is >= 0 and var last ? ofCourts[last]
            : ofCourts.Count > 0 ? CaseStep.ProtectionOrder
            : Ladder.Highest(of.Steps) is { } highest ? Enum.Parse<CaseStep>(highest.Act.ToString())
            : CaseStep.NotCollected;
    }
}
