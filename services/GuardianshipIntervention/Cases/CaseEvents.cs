using LeftBehind.Contracts;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Petitions;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>About whom a case is: one child, one respondent.</summary>
public sealed record CaseSubject(Guid Child, DivisionId Division, Respondent Respondent)
{
    /// <summary>A parent is a guardian (民法典 §27); a carer is none (民法典总则编解释 §13).</summary>
    public bool IsParent => Respondent is not Respondent.EntrustedCarer;
}

/// <summary>An event of a case.</summary>
public abstract record CaseEvent(CaseSubject Of)
{
    /// <summary>What is told of the case after it; events of earlier releases kept none.</summary>
    public CaseFacts? After { get; init; }

    /// <summary>The event, carrying what the case is after it.</summary>
    public static CaseEvent On(InterventionCase before, CaseEvent @event, DateTimeOffset at) =>
        @event with { After = CaseTelling.FactsOf(before.After(@event), at) };
}

[StoredName("case_opened")]
public sealed record CaseOpened(CaseSubject Of, Conduct Conduct) : CaseEvent(Of);

[StoredName("step_recorded")]
public sealed record StepRecorded(CaseSubject Of, Step Step) : CaseEvent(Of);

/// <summary>The child moved, and the case with it.</summary>
[StoredName("case_moved")]
public sealed record CaseMoved(CaseSubject Of, DivisionId From) : CaseEvent(Of);

/// <summary>County civil affairs gave the case to an account of the police or of justice; whoever had it of that department has it no longer.</summary>
[StoredName("case_assigned")]
public sealed record CaseAssigned(CaseSubject Of, Assignee To) : CaseEvent(Of);

[StoredName("evidence_recorded")]
public sealed record EvidenceRecorded(CaseSubject Of, Evidence Item) : CaseEvent(Of);

/// <summary>The respondent disputes an item, or no longer does.</summary>
[StoredName("evidence_disputed")]
public sealed record EvidenceDisputed(CaseSubject Of, Guid Item, bool Disputed) : CaseEvent(Of);

/// <summary>Registry tells whether the child's care is entrusted, which is what the fourth ground asks.</summary>
[StoredName("care_followed")]
public sealed record CareFollowed(CaseSubject Of, bool Entrusted) : CaseEvent(Of);

/// <summary>A court's act, or how the case ended; of a carer found unfit with the act of an organ that tells which carer it was.</summary>
[StoredName("court_act_recorded")]
public sealed record CourtActRecorded(CaseSubject Of, CourtRecord Record) : CaseEvent(Of)
{
    /// <summary>Of a carer found unfit: the conduct of the highest act; null of earlier releases.</summary>
    public Conduct? OnConduct { get; init; }

    /// <summary>Of a carer found unfit: when that act was done.</summary>
    public DateTimeOffset? ConductAt { get; init; }
}

/// <summary>The court named the guardian.</summary>
[StoredName("guardian_named")]
public sealed record GuardianNamed(CaseSubject Of, GuardianKind Guardian) : CaseEvent(Of);

/// <summary>The child's personal data was erased, and what the evidence tells in words with it.</summary>
[StoredName("evidence_texts_erased")]
public sealed record EvidenceTextsErased(CaseSubject Of) : CaseEvent(Of);
