using System.Collections.Immutable;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>About whom a case is: one child, one respondent.</summary>
public sealed record CaseSubject(Guid Child, DivisionId Division, Respondent Respondent);

/// <summary>What a competent organ did, as its document says.</summary>
/// <param name="Request">The request that recorded it.</param>
public sealed record Step(Guid Request, Conduct Conduct, InterventionAct Act, string Organ, string DocumentNo, DateTimeOffset OccurredAt)
{
    /// <summary>The same act of the same document, whoever recorded it.</summary>
    public bool IsSameDocument(Step other) => (Act, Organ, DocumentNo) == (other.Act, other.Organ, other.DocumentNo);
}

[StoredName("case_opened")]
public sealed record CaseOpened(CaseSubject Of, Conduct Conduct);

[StoredName("step_recorded")]
public sealed record StepRecorded(CaseSubject Of, Step Step);

/// <summary>The child moved, and the case with it.</summary>
[StoredName("case_moved")]
public sealed record CaseMoved(CaseSubject Of, DivisionId From);

/// <summary>What deciders need of a case.</summary>
public sealed record InterventionCase(Guid Id) : IFolded<InterventionCase>
{
    public static string StreamType => "case";

    public static InterventionCase New(Guid id) => new(id);

    public CaseSubject? Of { get; init; }

    /// <summary>In the order in which they were recorded.</summary>
    public ImmutableList<Step> Steps { get; init; } = [];

    public bool Exists => Of is not null;

    public InterventionCase After(object @event) => @event switch
    {
        CaseOpened e => this with { Of = e.Of },
        CaseMoved e => this with { Of = e.Of },
        StepRecorded e => this with { Steps = Steps.Add(e.Step) },
        _ => this,
    };
}
