using System.Text.RegularExpressions;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;

namespace LeftBehind.Obligations;

/// <summary>
/// The rule of one kind of duty. What follows from it is written down when a duty opens: a rule that changes later changes
/// no duty that runs. Pure.
/// </summary>
public sealed partial record ObligationTerms
{
    /// <summary>The kind is unique in the installation, the service first: <c>assessment.finalise</c>. The citation names the rule with its article.</summary>
    public ObligationTerms(string kind, ObligationBasis basis, string citation, Clock clock)
    {
        if (!KindForm().IsMatch(kind))
            throw new ArgumentException("A kind is a service's name, a dot, and what is to be done.", nameof(kind));
        ArgumentException.ThrowIfNullOrWhiteSpace(citation);
        (Kind, Basis, Citation, Clock) = (kind, basis, citation, clock);
    }

    /// <summary>What is to be done.</summary>
    public string Kind { get; }

    /// <summary>What it rests on.</summary>
    public ObligationBasis Basis { get; }

    /// <summary>The rule with its article.</summary>
    public string Citation { get; }

    /// <summary>How its time runs.</summary>
    public Clock Clock { get; }

    /// <summary>When it is at risk before it is due; null warns nobody. A duty that is due at once has its alert instead.</summary>
    public AtRisk? AtRisk { get; init; }

    /// <summary>How long after the breach, or the alert of a duty due at once, the level above is told; null never, zero with it.</summary>
    public TimeSpan? EscalatesAfter { get; init; }

    /// <summary>The first moment that is too late; null for a duty that is due at once.</summary>
    public DateTimeOffset? DueAt(DateTimeOffset startsAt, WorkCalendar calendar) => Clock.DueAt(startsAt, calendar) is { } due ? Exact(due) : null;

    /// <summary>From when it is at risk: never before it starts; null when nobody is warned.</summary>
    public DateTimeOffset? AtRiskAt(DateTimeOffset startsAt, WorkCalendar calendar) => (Clock, DueAt(startsAt, calendar)) switch
    {
        (Clock.ImmediateClock immediate, _) => Exact(startsAt + immediate.AlertAfter),
        (_, { } due) when AtRisk?.From(startsAt, due) is { } from => Exact(from < startsAt ? startsAt : from),
        _ => null,
    };

    /// <summary>When the level above is told.</summary>
    public DateTimeOffset? EscalatesAt(DateTimeOffset startsAt, WorkCalendar calendar) =>
        EscalatesAfter is { } after && (DueAt(startsAt, calendar) ?? AtRiskAt(startsAt, calendar)) is { } from ? Exact(from + after) : null;

    /// <summary>Events and rows keep milliseconds in UTC; finer times would stand in one and not in the other.</summary>
    internal static DateTimeOffset Exact(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());

    [GeneratedRegex(@"\A[a-z]+(\.[a-z][A-Za-z]*)+\z")]
    private static partial Regex KindForm();
}

/// <summary>When a duty is at risk before it is due. Platform default wherever it is used: no law warns.</summary>
public abstract record AtRisk
{
    private AtRisk() { }

    /// <summary>So long before it is due.</summary>
    public static AtRisk Before(TimeSpan lead) =>
        lead > TimeSpan.Zero ? new Lead(lead) : throw new ArgumentOutOfRangeException(nameof(lead));

    /// <summary>After this share of its time, counted in hours of every day: 0.8 when four fifths have passed.</summary>
    public static AtRisk After(double share) =>
        share is > 0 and < 1 ? new Share(share) : throw new ArgumentOutOfRangeException(nameof(share));

    internal abstract DateTimeOffset From(DateTimeOffset startsAt, DateTimeOffset dueAt);

    private sealed record Lead(TimeSpan Time) : AtRisk
    {
        internal override DateTimeOffset From(DateTimeOffset startsAt, DateTimeOffset dueAt) => dueAt - Time;
    }

    private sealed record Share(double Of) : AtRisk
    {
        internal override DateTimeOffset From(DateTimeOffset startsAt, DateTimeOffset dueAt) => startsAt + (dueAt - startsAt) * Of;
    }
}
