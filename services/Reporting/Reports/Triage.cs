using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;

namespace LeftBehind.Reporting.Reports;

/// <summary>How urgent a report is on receipt. Platform default; the policy itself only says "in the first moment" (第一时间).</summary>
public static class Triage
{
    public static Urgency Of(Situation situation, bool immediateDanger, ReportedCategory? category = null) => (situation, immediateDanger) switch
    {
        (_, true) or (Situation.Missing or Situation.DomesticViolence, _) => Urgency.Emergency,
        _ when category is { } named && Categories.IsEmergency(named) => Urgency.Emergency,
        (Situation.LivingAlone or Situation.OtherHarm, _) => Urgency.High,
        _ => Urgency.Ordinary,
    };

    /// <summary>A further report can only raise the urgency of a case.</summary>
    public static Urgency Raised(Urgency before, Urgency told) => told > before ? told : before;
}

/// <summary>A person judges the urgency of a case, as often as needed, never downwards.</summary>
public sealed record TriageReport(Urgency Urgency, string By)
{
    public static IEnumerable<object> Decide(TriageReport command, Report report)
    {
        if (report.Triaged && report.Case.Urgency == command.Urgency)
            return [];
        if (!report.IsOpenCase)
            throw new RejectedException($"The report is {report.State}; only an open case is triaged.");
        if (command.Urgency < report.Case.Urgency)
            throw new RejectedException("An urgency is never lowered.");
        return [new ReportTriaged(command.Urgency, command.By)];
    }
}
