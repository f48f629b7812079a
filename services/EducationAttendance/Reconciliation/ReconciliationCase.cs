using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;
using LeftBehind.Sealing;
using static LeftBehind.Contracts.Education.ReconciliationState;

namespace LeftBehind.EducationAttendance.Reconciliation;

/// <summary>What the rule or a person does to a difference.</summary>
public enum ReconciliationAct { Find, Lose, Decide }

/// <summary>One row of the table: an act, the states it may be done in (null: before the first), and the state it leads to.</summary>
public sealed record ReconciliationTransition(ReconciliationAct Act, IReadOnlyList<ReconciliationState?> From, ReconciliationState To);

/// <summary>One kind of difference of one pupil. One stream, however often it goes and comes back. Pure.</summary>
public sealed record ReconciliationCase(Guid Id) : IFolded<ReconciliationCase>
{
    /// <summary>What is allowed when. A decided difference is not found again while it lasts: only once it was gone.</summary>
    public static readonly IReadOnlyList<ReconciliationTransition> Transitions =
    [
        new(ReconciliationAct.Find, [null, Gone], Open),
        new(ReconciliationAct.Lose, [Open, Decided], Gone),
        new(ReconciliationAct.Decide, [Open], Decided),
    ];

    public static string StreamType => "reconciliation-case";

    public static ReconciliationCase New(Guid id) => new(id);

    public static Guid IdOf(Guid pupil, ReconciliationKind kind) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{pupil:N}/{(short)kind}")).AsSpan(0, 16));

    public Guid Pupil { get; private init; }
    public ReconciliationFacts? Facts { get; private init; }
    public long Version { get; private init; }

    /// <summary>The version at which it was found last; tells what is owed then from what was before.</summary>
    public long FoundAt { get; private init; }

    /// <summary>The reason of the decision that stands.</summary>
    public Sealed? Reason { get; private init; }

    public ImmutableDictionary<Guid, ReconciliationDecision> Requests { get; private init; } = ImmutableDictionary<Guid, ReconciliationDecision>.Empty;

    public static bool Allows(ReconciliationAct act, ReconciliationState? at) => Transitions.Single(t => t.Act == act).From.Contains(at);

    /// <summary>The rule finds it; nothing where it is known.</summary>
    public IEnumerable<IReconciliationEvent> Find(Guid pupil, ReconciliationKind kind, DivisionId school, DateOnly on) =>
        Allows(ReconciliationAct.Find, Facts?.State) ? [new DifferenceFound(pupil, new(kind, Open, school, on))] : [];

    /// <summary>The rule finds it no more.</summary>
    public IEnumerable<IReconciliationEvent> Lose(DateOnly on) =>
        Allows(ReconciliationAct.Lose, Facts?.State) ? [new DifferenceGone(Pupil, Facts! with { State = Gone, Since = on })] : [];

    /// <summary>A person decides on it; a request that was taken before decides nothing anew.</summary>
    public IEnumerable<IReconciliationEvent> Decide(Guid request, ReconciliationDecision decision, Sealed reason, DateOnly on)
    {
        if (Requests.TryGetValue(request, out var taken))
            return taken == decision ? [] : throw new RejectedException("request_id: decided otherwise before");
        if (!Allows(ReconciliationAct.Decide, Facts?.State))
            throw new RejectedException(Facts?.State is Decided ? "it was decided on before" : "the two agree, there is nothing to decide");
        return [new DifferenceDecided(Pupil, request, reason, Facts! with { State = Decided, Since = on, Decision = decision })];
    }

    public ReconciliationCase After(object @event)
    {
        var next = @event is IReconciliationEvent e ? this with { Pupil = e.Pupil, Facts = e.After, Version = Version + 1 } : this;
        return @event switch
        {
            DifferenceFound => next with { FoundAt = next.Version, Reason = null },
            DifferenceDecided d => next with { Reason = d.Reason, Requests = Requests.SetItem(d.Request, d.After.Decision!.Value) },
            _ => next,
        };
    }
}
