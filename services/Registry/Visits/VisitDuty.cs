using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.Obligations;

namespace LeftBehind.Registry.Visits;

/// <summary>The visit that a child is due, as it stands in the child's visits. The duty of the town behind it has its own stream.</summary>
/// <param name="Key">Tells it from the child's other visits.</param>
/// <param name="Cadence">How often, when it began.</param>
/// <param name="Village">Where the child lived when it began.</param>
/// <param name="Town">Who owes it.</param>
/// <param name="StartsAt">From when its time runs; UTC.</param>
/// <param name="DueAt">The first moment that is too late; UTC.</param>
public sealed record VisitDuty(string Key, Cadence Cadence, DivisionId Village, DivisionId Town, DateTimeOffset StartsAt, DateTimeOffset DueAt)
{
    /// <summary>The obligation behind it.</summary>
    public Guid ObligationOf(Guid child) => Obligation.IdOf(VisitRules.Kind, VisitRules.SubjectOf(child), Key);
}

/// <summary>The rules of visits: until when, who owes them, and what is told to the town. Pure.</summary>
public sealed class VisitRules(DivisionTree tree, WorkCalendar calendar)
{
    public const string Kind = "registry.visit", SituationKind = "registry.acknowledgeSituation";

    private const string Regularly = "平台默认的频次；政策篇四：村（居）民委员会要定期或不定期走访、探视";
    private static readonly TimeSpan ToldAbove = TimeSpan.FromDays(1);

    private static readonly ObligationTerms
        Weekly = Visit(Clock.Days(7), 1), Monthly = Visit(Clock.Months(1), 3), Quarterly = Visit(Clock.Months(3), 7);

    /// <summary>The town takes note of what the village told it; at once, with an alert after 24 h (platform default).</summary>
    public static readonly ObligationTerms Situation = new(
        SituationKind, ObligationBasis.Policy, "政策篇四：发现异常情况要及时向镇人民政府（街道办事处）报告", Clock.Immediate(TimeSpan.FromHours(24)))
    {
        EscalatesAfter = TimeSpan.FromHours(24),
    };

    /// <summary>The duty's rule: until the end of the day a week, a month or three on, of the next working day where that is none.</summary>
    public static ObligationTerms TermsOf(Cadence cadence) => cadence switch
    {
        Cadence.Weekly => Weekly,
        Cadence.Monthly => Monthly,
        Cadence.Quarterly => Quarterly,
        _ => throw new ArgumentOutOfRangeException(nameof(cadence)),
    };

    /// <summary>A duty about a child.</summary>
    public static ObligationSubject SubjectOf(Guid child) => new("child", child);

    /// <summary>A visit due from a moment on; null when none is by rule.</summary>
    public VisitDuty? Due(string key, Cadence cadence, DivisionId village, DateTimeOffset from) =>
        cadence is Cadence.None ? null : new(key, cadence, village, TownOf(village), from.ToUniversalTime(), DueAt(cadence, from));

    /// <summary>Until when a visit is due.</summary>
    public DateTimeOffset DueAt(Cadence cadence, DateTimeOffset from) => TermsOf(cadence).DueAt(from, calendar)!.Value;

    /// <summary>The town owes the visits of its villages, so that one that is missed is brought before its county.</summary>
    public DivisionId TownOf(DivisionId village) => tree.Parent(village) ?? village;

    private static ObligationTerms Visit(Clock clock, int warnedDays) =>
        new(Kind, ObligationBasis.PlatformDefault, Regularly, clock) { AtRisk = AtRisk.Before(TimeSpan.FromDays(warnedDays)), EscalatesAfter = ToldAbove };
}
