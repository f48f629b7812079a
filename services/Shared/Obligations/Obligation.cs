using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.EventLog;

namespace LeftBehind.Obligations;

/// <summary>
/// One obligation and what may happen to it: Opened, then AtRisk, Breached and Escalated as its time runs, until it is Fulfilled
/// or Waived. Breach is what the clock says, so it is decided here with the moment as an argument. Pure.
/// </summary>
public sealed record Obligation(Guid Id) : IFolded<Obligation>
{
    private const int ShortestReason = 4;
    private const int LongestReason = 500;

    /// <inheritdoc/>
    public static string StreamType => "obligation";

    /// <inheritdoc/>
    public static Obligation New(Guid id) => new(id);

    /// <summary>The same duty has the same id, so whoever opens it again meets it. The key tells duties of one kind and subject apart.</summary>
    public static Guid IdOf(string kind, ObligationSubject subject, string key) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{kind}/{subject.Kind}/{subject.Id:N}/{key}")).AsSpan(0, 16));

    /// <summary>The key of a duty that has no other: when its time began.</summary>
    public static string KeyOf(DateTimeOffset startsAt) => startsAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>How it began; null while it does not exist.</summary>
    public ObligationOpened? Opened { get; private init; }

    /// <summary>Since when it is at risk, or its alert was given.</summary>
    public DateTimeOffset? AtRiskAt { get; private init; }

    /// <summary>When it was breached; stays known whatever follows.</summary>
    public DateTimeOffset? BreachedAt { get; private init; }

    /// <summary>The level it was brought before.</summary>
    public DivisionLevel? EscalatedTo { get; private init; }

    /// <summary>How it was fulfilled.</summary>
    public ObligationFulfilled? Fulfilled { get; private init; }

    /// <summary>How it was waived.</summary>
    public ObligationWaived? Waived { get; private init; }

    /// <summary>Whether its time runs, or ran out with nothing done.</summary>
    public bool Runs => Opened is not null && Fulfilled is null && Waived is null;

    /// <summary>Where it stands.</summary>
    public ObligationState State => this switch
    {
        { Waived: not null } => ObligationState.Waived,
        { Fulfilled.Late: true } => ObligationState.FulfilledLate,
        { Fulfilled: not null } => ObligationState.Fulfilled,
        { BreachedAt: not null } => ObligationState.Breached,
        { AtRiskAt: not null } => ObligationState.AtRisk,
        _ => ObligationState.Open,
    };

    /// <summary>When something next happens to it by the clock alone; null when nothing does.</summary>
    public DateTimeOffset? NextAt => ByTheClock().Select(e => (DateTimeOffset?)e.At).Min();

    /// <inheritdoc/>
    public Obligation After(object @event) => @event switch
    {
        ObligationOpened e => this with { Opened = e },
        ObligationAtRisk e => this with { AtRiskAt = e.At },
        ObligationBreached e => this with { BreachedAt = e.At },
        ObligationEscalated e => this with { EscalatedTo = e.To },
        ObligationFulfilled e => this with { Fulfilled = e },
        ObligationWaived e => this with { Waived = e },
        _ => this,
    };

    /// <summary>Opens it; nothing when it was opened before, whatever became of it.</summary>
    public IReadOnlyList<IObligationEvent> Open(ObligationOpened asked) => Opened is null ? [asked] : [];

    /// <summary>What the clock has brought by now, each at its own moment, however late this is asked.</summary>
    public IReadOnlyList<IObligationEvent> Turn(DateTimeOffset now) => [.. ByTheClock().Where(e => e.At <= now)];

    /// <summary>Done at a moment: late from its due time on, and then a breach, whether the sweep saw it or not.</summary>
    public IReadOnlyList<IObligationEvent> Fulfil(DateTimeOffset at)
    {
        if (!Runs)
            return [];
        var turned = Turn(at);
        return [.. turned, new ObligationFulfilled(Opened!.Of, Opened.Of.DueAt <= at, EscalatedAfter(turned), at)];
    }

    /// <summary>Let go, for a reason that names nobody.</summary>
    public IReadOnlyList<IObligationEvent> Waive(string reason, DateTimeOffset at)
    {
        var why = reason.Trim();
        if (why.Length is < ShortestReason or > LongestReason)
            throw new RejectedException($"A duty is waived for a reason of {ShortestReason} to {LongestReason} characters.");
        if (PersonalNumbers.AreIn(why))
            throw new RejectedException("The reason of a waiver holds no ID or phone number.");
        if (!Runs)
            return [];
        var turned = Turn(at);
        return [.. turned, new ObligationWaived(Opened!.Of, why, EscalatedAfter(turned), at)];
    }

    /// <summary>What the clock still has in store, in order.</summary>
    private IEnumerable<IObligationEvent> ByTheClock()
    {
        if (!Runs)
            yield break;
        var of = Opened!.Of;
        if (AtRiskAt is null && Opened.AtRiskAt is { } atRisk)
            yield return new ObligationAtRisk(of, atRisk);
        if (BreachedAt is null && of.DueAt is { } due)
            yield return new ObligationBreached(of, due);
        if (EscalatedTo is null && Opened.EscalatesAt is { } escalates && of.Division.Level > DivisionLevel.Province)
            yield return new ObligationEscalated(of, of.Division.Level - 1, escalates);
    }

    private DivisionLevel? EscalatedAfter(IEnumerable<IObligationEvent> turned) =>
        turned.OfType<ObligationEscalated>().Select(e => (DivisionLevel?)e.To).FirstOrDefault() ?? EscalatedTo;
}
