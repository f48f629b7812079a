using LeftBehind.Contracts.Guardianship;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using Told = LeftBehind.Contracts.Guardianship;

namespace LeftBehind.GuardianshipIntervention;

/// <summary>
/// Which facts leave the house, in what words: each change of a case with all that is told of it, without organs, documents and texts; the guardian
/// a court named, and a carer found unfit; and duties. Subject: the child's file; of what is counted, the case or the duty.
/// </summary>
public sealed class GuardianshipRelay : IRelay
{
    /// <summary>Since 2 every event tells the case as it is after it; since 3 a carer found unfit is told apart.</summary>
    public int Version => 3;

    public IEnumerable<RelayedFact> Translate(StoredEvent stored)
    {
        if (ObligationTelling.Of(stored.Stream, stored.Data) is { } duty)
        {
            yield return new(stored.Stream, duty);
            yield return new(duty.After.Subject.Id, duty);
        }
        if (stored.Data is not CaseEvent @event)
            yield break;
        var (of, id) = (@event.Of, stored.Stream);
        switch (@event)
        {
            case Cases.CaseOpened e:
                yield return new(of.Child, new Told.CaseOpened(id, of.Child, of.Division, of.Respondent, e.Conduct));
                break;
            case Cases.CaseMoved e:
                yield return new(of.Child, new Told.CaseMoved(id, of.Child, e.From, of.Division, of.Respondent));
                break;
            case Cases.StepRecorded e:
                yield return new(of.Child, new Told.StepRecorded(id, of.Child, of.Division, of.Respondent, e.Step.Conduct, e.Step.Act));
                break;
            case GuardianNamed e:
                yield return new(of.Child, new GuardianDesignated(id, of.Child, of.Division, of.Respondent, e.Guardian), Since: 2);
                break;
        }
        var recorded = new CaseRecorded(id, of.Child, CaseTelling.ChangeOf(@event), @event.After ?? CaseTelling.Untold(of));
        yield return new(id, recorded, Since: 2);
        // The child's timeline has openings, moves, steps and the guardian in their own words.
        if (@event is not (Cases.CaseOpened or Cases.CaseMoved or Cases.StepRecorded or GuardianNamed))
            yield return new(of.Child, recorded, Since: 2);
        if (@event is CourtActRecorded { OnConduct: { } conduct, ConductAt: { } at })
            yield return new(of.Child, new EntrustedCarerFoundUnfit(id, of.Child, of.Division, conduct, at.ToUniversalTime()), Since: 3);
    }
}
