using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Reporting.Reports;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Responses;

/// <summary>The police were asked to respond (应急处置).</summary>
[StoredName("response_opened")]
public sealed record ResponseOpened(CaseFacts Case, DateTimeOffset PoliceNotifiedAt);

/// <summary>The police were sent out (出警).</summary>
[StoredName("police_dispatched")]
public sealed record PoliceDispatched(DateTimeOffset At, string By);

[StoredName("police_on_scene")]
public sealed record PoliceOnScene(DateTimeOffset At, string By);

[StoredName("measure_taken")]
public sealed record MeasureTaken(Measure Measure, DateTimeOffset At, string Organ, string? DocumentNo, string By);

[StoredName("measure_not_needed")]
public sealed record MeasureNotNeeded(Measure Measure, Sealed Reason, DateTimeOffset At, string By);

[StoredName("parents_found_unreachable")]
public sealed record ParentsFoundUnreachable(DateTimeOffset At, string By);

[StoredName("town_notified")]
public sealed record TownNotified(CaseFacts Case, DateTimeOffset At, string By);

[StoredName("county_civil_affairs_notified")]
public sealed record CountyCivilAffairsNotified(DateTimeOffset At, string By);

[StoredName("response_closed")]
public sealed record ResponseClosed(CaseFacts Case, DateTimeOffset At, IReadOnlyList<ResponseObligation> OpenObligations, string By);

/// <summary>What proves or documents a measure; what it shows is sealed.</summary>
[StoredName("evidence_added")]
public sealed record EvidenceAdded(Guid Evidence, Measure Measure, EvidenceKind Kind, string? DocumentNo, DateTimeOffset At, Sealed Description, string By);

/// <summary>The search for a missing child was handed from one division to another.</summary>
[StoredName("search_handed_over")]
public sealed record SearchHandedOver(Guid Hop, DivisionId From, DivisionId To, DateTimeOffset At, string By);

[StoredName("search_accepted")]
public sealed record SearchAccepted(Guid Hop, DateTimeOffset At, string By);

/// <summary>Where it stands after what was recorded just before: what leaves the house as the response's own fact.</summary>
[StoredName("response_stood")]
public sealed record ResponseStood(ResponseFacts After);

/// <summary>证据种类 (刑事诉讼法 §50), as far as a response takes any.</summary>
public enum EvidenceKind { Document = 1, Physical, Testimony, StatementOfChild, ExpertOpinion, InspectionRecord, Recording }
