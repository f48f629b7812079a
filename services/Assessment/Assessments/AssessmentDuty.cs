using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.Assessment.Assessments;

/// <summary>
/// The duty of the town to finalise an assessment (policy: 各镇人民政府（街道办事处）…进行调查评估). The policy names no time: until when is a platform
/// default, and said so with each breach.
/// </summary>
public static class AssessmentDuty
{
    public const string Kind = "assessment.finalise";

    /// <summary>One assessment, one duty.</summary>
    private const string Key = "finalise";

    private const int OrdinaryWorkingDays = 10;
    private const double AtRiskAfter = 0.8;
    private static readonly TimeSpan EscalatesAfter = TimeSpan.FromDays(1);

    private static readonly ObligationTerms Emergency = Within("24小时", Clock.Natural(TimeSpan.FromHours(24)));
    private static readonly ObligationTerms High = Within("3日", Clock.Natural(TimeSpan.FromDays(3)));
    private static readonly ObligationTerms Ordinary = Within($"{OrdinaryWorkingDays}个工作日", Clock.WorkingDays(OrdinaryWorkingDays));

    /// <summary>24 natural hours, 3 natural days, or the end of the 10th working day in China, from when the town was informed.</summary>
    public static ObligationTerms TermsOf(Urgency urgency) => urgency switch
    {
        Urgency.Emergency => Emergency,
        Urgency.High => High,
        _ => Ordinary,
    };

    /// <summary>The first moment that is too late; UTC.</summary>
    public static DateTimeOffset DueAt(Urgency urgency, DateTimeOffset informedAt, WorkCalendar calendar) => TermsOf(urgency).DueAt(informedAt, calendar)!.Value;

    /// <summary>The duty that an assessment opens, of its town's civil affairs.</summary>
    public static NewObligation Of(Guid assessment, AssessmentOpened opened, DivisionTree tree, EventMeta meta) =>
        new(TermsOf(opened.Urgency), SubjectOf(assessment), TownOf(tree, opened.Of.Division), OwnerDepartment.CivilAffairs, opened.OpenedAt, meta, Key);

    /// <summary>Finalised: the duty is done.</summary>
    public static Fulfilment Done(Guid assessment, EventMeta meta) => new(SubjectOf(assessment), Kind, meta, Key);

    /// <summary>Superseded: it is owed no more; the one that took its place has a duty of its own.</summary>
    public static Waiver Superseded(Guid assessment, EventMeta meta) => new(SubjectOf(assessment), Kind, "Another assessment took its place.", meta, Key);

    private static ObligationSubject SubjectOf(Guid assessment) => new("assessment", assessment);

    internal static DivisionId TownOf(DivisionTree tree, DivisionId place) =>
        place.Level is DivisionLevel.Village && tree.Parent(place) is { Level: DivisionLevel.Town } town ? town : place;

    private static ObligationTerms Within(string time, Clock clock) =>
        new(Kind, ObligationBasis.PlatformDefault, $"平台默认：自镇（街道）获知之日起{time}内；政策（建立评估帮扶机制）未规定期限", clock)
        { AtRisk = AtRisk.After(AtRiskAfter), EscalatesAfter = EscalatesAfter };
}
