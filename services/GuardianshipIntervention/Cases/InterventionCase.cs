using System.Collections.Immutable;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Petitions;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>What a competent organ did, as its document says.</summary>
/// <param name="Request">The request that recorded it.</param>
/// <param name="OrganKind">What kind of organ it is; null where nobody said.</param>
public sealed record Step(
    Guid Request, Conduct Conduct, InterventionAct Act, string Organ, string DocumentNo, DateTimeOffset OccurredAt, OrganKind? OrganKind = null)
{
    /// <summary>The same act of the same document, whoever recorded it.</summary>
    public bool IsSameDocument(Step other) => (Act, Organ, DocumentNo) == (other.Act, other.Organ, other.DocumentNo);
}

/// <summary>What deciders need of a case.</summary>
public sealed record InterventionCase(Guid Id) : IFolded<InterventionCase>
{
    public static string StreamType => "case";

    public static InterventionCase New(Guid id) => new(id);

    public CaseSubject? Of { get; init; }

    /// <summary>How many events it has.</summary>
    public long Version { get; init; }

    public CaseState State { get; init; }

    /// <summary>How the last protection order stands.</summary>
    public OrderState Order { get; init; }

    /// <summary>In the order in which they were recorded.</summary>
    public ImmutableList<Step> Steps { get; init; } = [];

    public ImmutableList<Evidence> Evidence { get; init; } = [];

    /// <summary>What was recorded of courts, and of how the case ended; in the order in which it was recorded.</summary>
    public ImmutableList<CourtRecord> Acts { get; init; } = [];

    /// <summary>Who meets the case beside county civil affairs; one account a department.</summary>
    public ImmutableList<Assignee> Assignees { get; init; } = [];

    /// <summary>Whether Registry tells that the child's care is entrusted.</summary>
    public bool CareEntrusted { get; init; }

    /// <summary>Whom the court named.</summary>
    public GuardianKind? Guardian { get; init; }

    /// <summary>Since which version a ground is wholly shown; null while none is.</summary>
    public long? GroundsSince { get; init; }

    public bool Exists => Of is not null;

    /// <summary>An intentional crime against the child was convicted (民法典 §38).</summary>
    public bool CrimeConvicted => Acts.Any(a => a.Act is CourtAct.CrimeConvicted);

    /// <summary>The last petition for revocation.</summary>
    public CourtRecord? Petition => Last(CourtAct.PetitionFiled);

    public CourtRecord? Last(params CourtAct[] acts) => Acts.FindLast(a => acts.Contains(a.Act));

    public InterventionCase After(object @event) => Changed(@event) with
    {
        Version = Version + 1,
        GroundsSince = @event is CaseEvent { After.Grounds: not PetitionGrounds.None } ? GroundsSince ?? Version + 1 : null,
    };

    private InterventionCase Changed(object @event) => @event switch
    {
        CaseOpened e => this with { Of = e.Of },
        CaseMoved e => this with { Of = e.Of },
        StepRecorded e => this with { Steps = Steps.Add(e.Step) },
        CaseAssigned e => this with { Assignees = Assignees.RemoveAll(a => a.Department == e.To.Department).Add(e.To) },
        EvidenceRecorded e => this with { Evidence = Evidence.Add(e.Item) },
        EvidenceDisputed e => this with { Evidence = [.. Evidence.Select(i => i.Request == e.Item ? i with { Disputed = e.Disputed } : i)] },
        CareFollowed e => this with { CareEntrusted = e.Entrusted },
        CourtActRecorded e => Transitions.Of(e.Record.Act) is var row
            ? this with { Acts = Acts.Add(e.Record), State = row.To ?? State, Order = row.OrderTo ?? Order }
            : this,
        EvidenceTextsErased => this with { Evidence = [.. Evidence.Select(i => i with { TextErased = true })] },
        GuardianNamed e => this with { Guardian = e.Guardian },
        _ => this,
    };
}
