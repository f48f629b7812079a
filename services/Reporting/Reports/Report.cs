using System.Collections.Immutable;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Accountability;
using LeftBehind.Reporting.Hotline;
using LeftBehind.Reporting.Linking;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Reports;

/// <summary>What deciders need of a report, and of the case it opened.</summary>
public sealed record Report(Guid Id) : IFolded<Report>
{
    public static string StreamType => "report";

    public static Report New(Guid id) => new(id);

    public bool Exists { get; init; }
    public CaseFacts Case { get; init; } = new(Guid.Empty, null, default, Urgency.Ordinary, false);
    public ImmutableList<Situation> Situations { get; init; } = [];
    public ImmutableList<Guid> Joined { get; init; } = [];
    public ImmutableList<Concerned> Concerns { get; init; } = [];
    public ReporterKind Reporter { get; init; }
    public string ReportedBy { get; init; } = "";
    public DateTimeOffset DiscoveredAt { get; init; }
    public DateTimeOffset ReportedAt { get; init; }
    public DateTimeOffset? PoliceNotifiedAt { get; init; }
    public string? ReferredBy { get; init; }
    public Guid TextKey { get; init; }
    public Sealed? Description { get; init; }
    public Sealed? ReporterIdentity { get; init; }
    public string Digest { get; init; } = "";
    public Guid? LinkedTo { get; init; }
    public Guid? Response { get; init; }
    public bool Concluded { get; init; }
    public bool TextsErased { get; init; }
    public ReportedCategory? Category { get; init; }
    public bool Anonymous { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ReferredAt { get; init; }
    public bool Triaged { get; init; }
    public bool UnderHandling { get; init; }
    public ReportSetAside? SetAside { get; init; }

    /// <summary>Open cases of the place that were proposed and neither joined nor dismissed.</summary>
    public ImmutableList<Guid> Proposed { get; init; } = [];
    public ImmutableList<Guid> Dismissed { get; init; } = [];
    public ImmutableList<FailureToReportFound> Failures { get; init; } = [];
    public ImmutableList<AccountabilityRecorded> Accountability { get; init; } = [];
    public ImmutableList<ReporterCommended> Commendations { get; init; } = [];

    /// <summary>Calls to 12355 that told more of it.</summary>
    public ImmutableList<ReportUpdated> Updates { get; init; } = [];

    /// <summary>Events of the stream, for commands that expect one.</summary>
    public long Version { get; init; }

    /// <summary>A case that further reports on the child join.</summary>
    public bool IsOpenCase => Exists && LinkedTo is null && !Concluded && SetAside is null;

    /// <summary>Where it stands.</summary>
    public ReportState State => this switch
    {
        { SetAside.As: SetAsideAs.Unfounded } => ReportState.Unfounded,
        { SetAside: not null } => ReportState.OutOfScope,
        { LinkedTo: not null } => ReportState.Linked,
        { Concluded: true } => ReportState.Concluded,
        { UnderHandling: true } => ReportState.UnderHandling,
        { Response: not null } => ReportState.ReferredToPolice,
        { Triaged: true } => ReportState.Triaged,
        _ => ReportState.Received,
    };

    /// <summary>What leaves the house of it.</summary>
    public ReportFacts Facts => new(
        Case.Child, Case.Division, Situations[0], Category, Reporter, Anonymous, Case.Urgency, State, DiscoveredAt, ReportedAt, Case.Shielded);

    public Report After(object @event) => (@event switch
    {
        HarmReported e => this with
        {
            Exists = true,
            Case = e.Case,
            Situations = [e.Situation],
            Concerns = e.Concerned is { } c ? [c] : [],
            Reporter = e.Reporter,
            ReportedBy = e.ReportedBy,
            DiscoveredAt = e.DiscoveredAt,
            ReportedAt = e.ReportedAt,
            TextKey = e.TextKey,
            Description = e.Description,
            ReporterIdentity = e.ReporterIdentity,
            Digest = e.Digest,
            Category = e.Category,
            Anonymous = e.Anonymous is true,
            PoliceNotifiedAt = e.PoliceToldAt,
            ReceivedAt = e.ReceivedAt ?? e.ReportedAt,
        },
        LinksProposed e => this with { Proposed = [.. e.Cases] },
        LinkDismissed e => this with { Proposed = Proposed.Remove(e.Case), Dismissed = Dismissed.Add(e.Case) },
        // Whom its case must not meet, it must not meet either.
        ReportLinked e => this with { LinkedTo = e.Case, Proposed = [], Case = Case with { Child = e.Report.Child, Shielded = e.Report.Shielded } },
        RepeatReceived e => this with
        {
            Joined = Joined.Add(e.Report),
            Situations = Situations.Contains(e.Situation) ? Situations : Situations.Add(e.Situation),
            Concerns = e.Concerned is { } c ? Concerns.Add(c) : Concerns,
            Case = Case with { Urgency = e.Urgency, Shielded = Case.Shielded || e.Concerned is not null },
        },
        ReferredToPolice e => this with
        {
            Response = e.Response,
            ReferredAt = e.PoliceNotifiedAt,
            // Whoever reported may have told the police before.
            PoliceNotifiedAt = PoliceNotifiedAt < e.PoliceNotifiedAt ? PoliceNotifiedAt : e.PoliceNotifiedAt,
            ReferredBy = e.By,
        },
        ReportTriaged e => this with { Triaged = true, Case = Case with { Urgency = e.Urgency } },
        ReportSetAside e => this with { SetAside = e },
        ReportUnderHandling => this with { UnderHandling = true },
        ReportConcluded => this with { Concluded = true },
        ReportTextsErased => this with { TextsErased = true },
        FailureToReportFound e => this with { Failures = Failures.Add(e) },
        AccountabilityRecorded e => this with { Accountability = Accountability.Add(e) },
        ReportUpdated e => this with { Updates = Updates.Add(e) },
        ReporterCommended e => this with { Commendations = Commendations.Add(e) },
        _ => this,
    }) with
    { Version = Version + 1 };
}
