using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Reporting.Reports;

/// <summary>How urgent a report is on receipt. Platform default; the policy itself only says "in the first moment" (第一时间).</summary>
public static class Triage
{
    public static Urgency Of(Situation situation, bool immediateDanger) => (situation, immediateDanger) switch
    {
        (_, true) or (Situation.Missing or Situation.DomesticViolence, _) => Urgency.Emergency,
        (Situation.LivingAlone or Situation.OtherHarm, _) => Urgency.High,
        _ => Urgency.Ordinary,
    };

    /// <summary>A further report can only raise the urgency of a case.</summary>
    public static Urgency Raised(Urgency before, Urgency told) => told > before ? told : before;
}
