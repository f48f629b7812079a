using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.Linking;

/// <summary>Open cases of the same place, proposed when a report came that names no child. Nothing follows until a person decides.</summary>
[StoredName("links_proposed")]
public sealed record LinksProposed(IReadOnlyList<Guid> Cases);

/// <summary>A person decided that a proposed case is another harm.</summary>
[StoredName("link_dismissed")]
public sealed record LinkDismissed(Guid Case, string By);

/// <summary>Which cases a report without a child may belong to.</summary>
public static class ProposeLinks
{
    /// <summary>The most that are worth reading. Platform default.</summary>
    public const int Most = 20;

    public static IEnumerable<object> Decide(Report report, IEnumerable<Guid> openHere) =>
        report is { IsOpenCase: true, Case.Child: null } && openHere.Where(c => c != report.Id).Take(Most).ToList() is { Count: > 0 } cases
            ? [new LinksProposed(cases)]
            : [];
}

/// <summary>A person joins a report to an open case: one that names no child, or the same. The case keeps its urgency or rises.</summary>
public static class LinkReport
{
    /// <summary>Events of the report.</summary>
    public static IEnumerable<object> Decide(Report report, Report openCase)
    {
        if (report.LinkedTo is { } joined)
            return joined == openCase.Id ? [] : throw new RejectedException("The report joined another case.");
        if (!report.IsOpenCase || report.Response is not null)
            throw new RejectedException($"The report is {report.State}; only one that nobody answers yet joins a case.");
        if (report.Joined.Count > 0)
            throw new RejectedException("Others joined this report; it is a case itself.");
        if (!openCase.IsOpenCase || openCase.Id == report.Id)
            throw new RejectedException("The case is not open.");
        if (report.Case.Child is { } child && openCase.Case.Child != child)
            throw new RejectedException("The case is not known to be this child's.");
        // From now on it is known which child it is about, if the case knows: its words go with that child's erasure.
        var facts = report.Case with { Child = openCase.Case.Child, Shielded = report.Case.Shielded || openCase.Case.Shielded };
        return [new ReportLinked(facts, openCase.Id, Triage.Raised(openCase.Case.Urgency, report.Case.Urgency))];
    }

    /// <summary>Events of the case.</summary>
    public static IEnumerable<object> Join(Report report, Report openCase) =>
        [new RepeatReceived(report.Id, report.Situations[0], Triage.Raised(openCase.Case.Urgency, report.Case.Urgency), report.Concerns.FirstOrDefault())];
}

/// <summary>A person decides that a proposed case is another harm.</summary>
public static class DismissProposal
{
    public static IEnumerable<object> Decide(LinkDismissed dismissed, Report report) =>
        report.Proposed.Contains(dismissed.Case) ? [dismissed]
        : report.Dismissed.Contains(dismissed.Case) ? []
        : throw new RejectedException("The case was not proposed.");
}
