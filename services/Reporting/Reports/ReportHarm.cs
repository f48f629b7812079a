using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Reports;

/// <summary>Reports harm. The texts come sealed.</summary>
public sealed record ReportHarm(
    Guid? Child, DivisionId Division, Situation Situation, bool ImmediateDanger, ReporterKind Reporter, string ReportedBy, DateTimeOffset DiscoveredAt,
    Guid TextKey, Sealed Description, Sealed ReporterIdentity, Concerned? Concerned, string Digest)
{
    /// <summary>Events of the new report; none for a repeat of the same request.</summary>
    /// <param name="command">The command.</param>
    /// <param name="report">The report's stream.</param>
    /// <param name="openCase">The case that is open for the same child.</param>
    /// <param name="now">When it is reported.</param>
    public static IEnumerable<object> Decide(ReportHarm command, Report report, Report? openCase, DateTimeOffset now)
    {
        if (report.Exists)
            return report.Digest == command.Digest ? [] : throw new RejectedException("The request_id was used for a report of another content.");
        if (command.DiscoveredAt > now)
            throw new RejectedException("The discovery lies in the future.");
        var urgency = Triage.Of(command.Situation, command.ImmediateDanger);
        var facts = new CaseFacts(report.Id, command.Child, command.Division, urgency, command.Concerned is not null);
        var received = new HarmReported(facts, command.Situation, command.Reporter, command.ReportedBy, command.DiscoveredAt, now,
            command.TextKey, command.Description, command.ReporterIdentity, command.Concerned, command.Digest);
        return openCase is { IsOpenCase: true }
            ? [received, new ReportLinked(facts with { Shielded = facts.Shielded || openCase.Case.Shielded }, openCase.Id, Triage.Raised(openCase.Case.Urgency, urgency))]
            : [received];
    }

    /// <summary>Events of the open case when a new report joins it.</summary>
    public static IEnumerable<object> Join(ReportHarm command, Guid report, Report openCase) =>
        openCase.IsOpenCase
            ? [new RepeatReceived(report, command.Situation,
                Triage.Raised(openCase.Case.Urgency, Triage.Of(command.Situation, command.ImmediateDanger)), command.Concerned)]
            : [];
}
