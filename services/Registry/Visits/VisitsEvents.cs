using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Visits;

/// <summary>An event of a child's visits. Each carries the facts that leave the house, after the change.</summary>
public abstract record VisitsEvent
{
    /// <summary>The child's file.</summary>
    public Guid Child { get; init; }

    /// <summary>The group of facts that visits own.</summary>
    public VisitFacts After { get; init; } = ChildVisits.NothingTold;
}

/// <summary>How often, why or by whom the child is visited changed; the visit that is due follows.</summary>
[StoredName("visit_plan_changed")]
public sealed record VisitPlanChanged(VisitPlan Plan, IReadOnlyList<KeyListing> KeyList, VisitDuty? Duty) : VisitsEvent;

/// <summary>The child was visited, alone or with its siblings: the visit has one id on each of them.</summary>
[StoredName("visit_recorded")]
public sealed record VisitRecorded(Guid VisitId, DateTimeOffset VisitedAt, string By, VisitContent Content, VisitDuty? Duty) : VisitsEvent;

/// <summary>Its author corrected what was found; what stood before stays.</summary>
[StoredName("visit_corrected")]
public sealed record VisitCorrected(Guid VisitId, VisitContent Content) : VisitsEvent;

/// <summary>A visit was not made in time.</summary>
[StoredName("visit_missed")]
public sealed record VisitMissed(string Key, DateTimeOffset DueAt) : VisitsEvent;

/// <summary>The county waived the visit that was due; the next one follows.</summary>
[StoredName("visit_let_go")]
public sealed record VisitLetGo(string Key, VisitDuty? Duty) : VisitsEvent;

/// <summary>A worker was named for the child alone; without an account nobody is any more.</summary>
[StoredName("visit_worker_named")]
public sealed record WorkerNamed(DivisionId Village, string? Account, Sealed? Name, string NameDigest) : VisitsEvent;

/// <summary>A visit found something abnormal, which the town is told.</summary>
[StoredName("visit_situation_reported")]
public sealed record SituationReported(
    Guid SituationId, DivisionId Village, Guid VisitId, IReadOnlyList<VisitFinding> Findings, Urgency Urgency, DateTimeOffset FoundAt, DateTimeOffset ReportedAt) : VisitsEvent;

/// <summary>The town took note.</summary>
[StoredName("visit_situation_acknowledged")]
public sealed record SituationAcknowledged(Guid SituationId, DateTimeOffset At, string By) : VisitsEvent;

/// <summary>What a visit found of one child; the note is sealed under the child's key.</summary>
/// <param name="Findings">In order of number.</param>
/// <param name="VerifiesIdentity">入户核实.</param>
/// <param name="Note">Null when there is none.</param>
/// <param name="NoteDigest">Keyed; tells a repeat from another note.</param>
public sealed record VisitContent(IReadOnlyList<VisitFinding> Findings, bool VerifiesIdentity, Sealed? Note, string NoteDigest)
{
    /// <summary>What is abnormal in it.</summary>
    public IReadOnlyList<VisitFinding> Abnormal => [.. Findings.Where(f => f.IsAbnormal())];

    /// <summary>Whether another one tells the same.</summary>
    public bool IsSame(VisitContent other) => Findings.SequenceEqual(other.Findings) && VerifiesIdentity == other.VerifiesIdentity && NoteDigest == other.NoteDigest;
}
