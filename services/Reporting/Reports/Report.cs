using System.Collections.Immutable;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Reports;

/// <summary>What of a case leaves the house with each fact.</summary>
/// <param name="Report">The report that opened the case; of a further report, itself.</param>
/// <param name="Child">The child's file, when known.</param>
/// <param name="Division">Village of the place, or the town.</param>
/// <param name="Urgency">Never lowered.</param>
/// <param name="Shielded">It concerns an organisation or account of the installation.</param>
public sealed record CaseFacts(Guid Report, Guid? Child, DivisionId Division, Urgency Urgency, bool Shielded);

/// <summary>The organisation or account that a report is about.</summary>
public sealed record Concerned(string? Organisation, string? Account)
{
    public bool Is(string account, string? organisation) =>
        (Account is not null && Account == account) || (Organisation is not null && Organisation == organisation);
}

/// <summary>Received. Description and reporter are sealed under a key each: they are different persons.</summary>
[StoredName("harm_reported")]
public sealed record HarmReported(
    CaseFacts Case, Situation Situation, ReporterKind Reporter, string ReportedBy, DateTimeOffset DiscoveredAt, DateTimeOffset ReportedAt,
    Guid TextKey, Sealed Description, Sealed ReporterIdentity, Concerned? Concerned, string Digest);

/// <summary>On a further report: it joined the child's open case.</summary>
[StoredName("report_linked")]
public sealed record ReportLinked(CaseFacts Report, Guid Case, Urgency Urgency);

/// <summary>On the case: a further report joined. What it found is answered too; the urgency can only rise.</summary>
[StoredName("repeat_received")]
public sealed record RepeatReceived(Guid Report, Situation Situation, Urgency Urgency, Concerned? Concerned);

[StoredName("referred_to_police")]
public sealed record ReferredToPolice(Guid Response, DateTimeOffset PoliceNotifiedAt, string By);

/// <summary>Concluded with the closing of its response.</summary>
[StoredName("report_concluded")]
public sealed record ReportConcluded(Guid Response);

/// <summary>The child's personal data was erased, and the texts with it: their key is destroyed in the same transaction.</summary>
[StoredName("report_texts_erased")]
public sealed record ReportTextsErased;

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

    /// <summary>A case that further reports on the child join.</summary>
    public bool IsOpenCase => Exists && LinkedTo is null && !Concluded;

    public Report After(object @event) => @event switch
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
        },
        ReportLinked e => this with { LinkedTo = e.Case },
        RepeatReceived e => this with
        {
            Joined = Joined.Add(e.Report),
            Situations = Situations.Contains(e.Situation) ? Situations : Situations.Add(e.Situation),
            Concerns = e.Concerned is { } c ? Concerns.Add(c) : Concerns,
            Case = Case with { Urgency = e.Urgency, Shielded = Case.Shielded || e.Concerned is not null },
        },
        ReferredToPolice e => this with { Response = e.Response, PoliceNotifiedAt = e.PoliceNotifiedAt, ReferredBy = e.By },
        ReportConcluded => this with { Concluded = true },
        ReportTextsErased => this with { TextsErased = true },
        _ => this,
    };
}
