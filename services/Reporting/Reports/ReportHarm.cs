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
    public ReportedCategory? Category { get; init; }
    public bool Anonymous { get; init; }

    /// <summary>When it was reported to whoever typed it; null = now.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>When the reporter told the police, if it did.</summary>
    public DateTimeOffset? PoliceToldAt { get; init; }

    private Urgency Urgency => Triage.Of(Situation, ImmediateDanger, Category);

    /// <summary>Events of the new report; none for a repeat of the same request.</summary>
    /// <param name="command">The command.</param>
    /// <param name="report">The report's stream.</param>
    /// <param name="openCase">The case that is open for the same child.</param>
    /// <param name="now">When it is reported.</param>
    public static IEnumerable<object> Decide(ReportHarm command, Report report, Report? openCase, DateTimeOffset now)
    {
        if (report.Exists)
            return report.Digest == command.Digest ? [] : throw new RejectedException("The request_id was used for a report of another content.");
        RequireTimes(command, command.ReportedAt ?? now, now);
        var urgency = command.Urgency;
        var facts = new CaseFacts(report.Id, command.Child, command.Division, urgency, command.Concerned is not null);
        var received = new HarmReported(facts, command.Situation, command.Reporter, command.ReportedBy, command.DiscoveredAt, command.ReportedAt ?? now,
            command.TextKey, command.Description, command.ReporterIdentity, command.Concerned, command.Digest,
            command.Category, command.Anonymous ? true : null, command.PoliceToldAt, command.ReportedAt is null ? null : now);
        return openCase is { IsOpenCase: true }
            ? [received, new ReportLinked(facts with { Shielded = facts.Shielded || openCase.Case.Shielded }, openCase.Id, Triage.Raised(openCase.Case.Urgency, urgency))]
            : [received];
    }

    /// <summary>Events of the open case when a new report joins it.</summary>
    public static IEnumerable<object> Join(ReportHarm command, Guid report, Report openCase) =>
        openCase.IsOpenCase
            ? [new RepeatReceived(report, command.Situation,
                Triage.Raised(openCase.Case.Urgency, command.Urgency), command.Concerned)]
            : [];

    /// <summary>Found, then reported; what the police were told of was found before.</summary>
    private static void RequireTimes(ReportHarm command, DateTimeOffset reportedAt, DateTimeOffset now)
    {
        if (command.DiscoveredAt > now)
            throw new RejectedException("The discovery lies in the future.");
        if (reportedAt > now)
            throw new RejectedException("The report lies in the future.");
        if (command.DiscoveredAt > reportedAt)
            throw new RejectedException("The discovery lies after the report.");
        if (command.PoliceToldAt is { } police && (police > now || police < command.DiscoveredAt))
            throw new RejectedException("The police cannot have learned of it in the future or before it was discovered.");
    }
}
