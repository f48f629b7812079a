using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
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
    Guid TextKey, Sealed Description, Sealed ReporterIdentity, Concerned? Concerned, string Digest,
    ReportedCategory? Category = null, bool? Anonymous = null, DateTimeOffset? PoliceToldAt = null, DateTimeOffset? ReceivedAt = null);

/// <summary>On a further report: it joined the child's open case.</summary>
[StoredName("report_linked")]
public sealed record ReportLinked(CaseFacts Report, Guid Case, Urgency Urgency);

/// <summary>On the case: a further report joined. What it found is answered too; the urgency can only rise.</summary>
[StoredName("repeat_received")]
public sealed record RepeatReceived(Guid Report, Situation Situation, Urgency Urgency, Concerned? Concerned);

[StoredName("referred_to_police")]
public sealed record ReferredToPolice(Guid Response, DateTimeOffset PoliceNotifiedAt, string By);

/// <summary>The police were sent out.</summary>
[StoredName("report_under_handling")]
public sealed record ReportUnderHandling(Guid Response);

/// <summary>A person judged the urgency of a case; never lower than before.</summary>
[StoredName("report_triaged")]
public sealed record ReportTriaged(Urgency Urgency, string By);

/// <summary>A person set it aside; nothing of it is lost.</summary>
[StoredName("report_set_aside")]
public sealed record ReportSetAside(SetAsideAs As, Sealed Reason, string By);

/// <summary>Concluded with the closing of its response.</summary>
[StoredName("report_concluded")]
public sealed record ReportConcluded(Guid Response);

/// <summary>The child's personal data was erased, and the texts with it: their key is destroyed in the same transaction.</summary>
[StoredName("report_texts_erased")]
public sealed record ReportTextsErased;

/// <summary>Where it stands after what was recorded just before: what leaves the house as the report's own fact.</summary>
[StoredName("report_stood")]
public sealed record ReportStood(ReportFacts After);

/// <summary>As what a person may set a report aside.</summary>
public enum SetAsideAs { Unfounded = 1, OutOfScope }
