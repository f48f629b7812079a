using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.Pages;
using Told = LeftBehind.Contracts.Guardianship;

namespace LeftBehind.GuardianshipIntervention;

/// <summary>Which facts leave the house, in what words: that a case was opened or moved, and each step, without organ and document. Subject: the child's file.</summary>
public sealed class GuardianshipRelay : IRelay
{
    public int Version => 1;

    public IEnumerable<RelayedFact> Translate(StoredEvent stored)
    {
        switch (stored.Data)
        {
            case CaseOpened e:
                yield return new(e.Of.Child, new Told.CaseOpened(stored.Stream, e.Of.Child, e.Of.Division, e.Of.Respondent, e.Conduct));
                break;
            case CaseMoved e:
                yield return new(e.Of.Child, new Told.CaseMoved(stored.Stream, e.Of.Child, e.From, e.Of.Division, e.Of.Respondent));
                break;
            case StepRecorded e:
                yield return new(e.Of.Child, new Told.StepRecorded(stored.Stream, e.Of.Child, e.Of.Division, e.Of.Respondent, e.Step.Conduct, e.Step.Act));
                break;
        }
    }
}
