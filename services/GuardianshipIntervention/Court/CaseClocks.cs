using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.Obligations;
using static LeftBehind.GuardianshipIntervention.Court.CourtAct;

namespace LeftBehind.GuardianshipIntervention.Court;

/// <summary>A time that ran or runs in a case.</summary>
/// <param name="DueAt">The first moment that is too late.</param>
/// <param name="EndedAt">When it was done, or took another's place; null while it runs.</param>
public sealed record CaseClock(string Kind, DateTimeOffset StartedAt, DateTimeOffset DueAt, DateTimeOffset? EndedAt, ObligationBasis Basis, string Citation)
{
    /// <summary>Too late by a moment: done after its time, or not done yet.</summary>
    public bool IsLate(DateTimeOffset now) => (EndedAt ?? now) >= DueAt;
}

/// <summary>The courts' times of a case, as its acts tell them and as its duties count them. Pure.</summary>
public static class CaseClocks
{
    public static IEnumerable<CaseClock> Of(InterventionCase of, WorkCalendar calendar)
    {
        for (var i = 0; i < of.Acts.Count; i++)
            if (TermsOf(of.Acts[i]) is { } terms)
            {
                var ends = EndsOf(of.Acts[i].Act);
                yield return new(terms.Kind, of.Acts[i].OccurredAt, terms.DueAt(of.Acts[i].OccurredAt, calendar)!.Value,
                    of.Acts.Skip(i + 1).FirstOrDefault(a => ends.Contains(a.Act))?.OccurredAt, terms.Basis, terms.Citation);
            }
    }

    private static ObligationTerms? TermsOf(CourtRecord act) => act.Act switch
    {
        OrderApplied => CaseDuties.TermsOf(act),
        PetitionFiled or PetitionExtended => CaseDuties.TermsOfJudgment(act),
        _ => null,
    };

    private static CourtAct[] EndsOf(CourtAct act) =>
        act is OrderApplied ? [OrderGranted, OrderRefused] : [PetitionExtended, PetitionWithdrawn, PetitionDismissed, GuardianshipRevoked];
}
