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

    /// <summary>Why a town owes no more what another owes now.</summary>
    public const string Moved = "The child moved; it is owed where the child lives now.";

    /// <summary>One assessment, one duty at a time.</summary>
    private const string First = "finalise";

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

    /// <summary>The duty of an assessment, of its town's civil affairs; its time runs from the opening, whoever owes it by now.</summary>
    public static NewObligation Of(AssessmentFile file, DivisionTree tree, EventMeta meta) =>
        new(TermsOf(file.Opened!.Urgency), SubjectOf(file.Id), TownOf(tree, file.Of!.Division), OwnerDepartment.CivilAffairs, file.Opened.OpenedAt, meta, KeyOf(file.Moves));

    /// <summary>Finalised: the duty is done.</summary>
    public static Fulfilment Done(AssessmentFile file, EventMeta meta) => new(SubjectOf(file.Id), Kind, meta, KeyOf(file.Moves));

    /// <summary>Superseded: it is owed no more; the one that took its place has a duty of its own.</summary>
    public static Waiver Superseded(AssessmentFile file, EventMeta meta) => new(SubjectOf(file.Id), Kind, "Another assessment took its place.", meta, KeyOf(file.Moves));

    /// <summary>Moved: the town before owes it no more.</summary>
    public static Waiver Left(AssessmentFile before, EventMeta meta) => new(SubjectOf(before.Id), Kind, Moved, meta, KeyOf(before.Moves));

    private static string KeyOf(int moves) => moves == 0 ? First : $"{First}/{moves}";

    private static ObligationSubject SubjectOf(Guid assessment) => new("assessment", assessment);

    internal static DivisionId TownOf(DivisionTree tree, DivisionId place) =>
        place.Level is DivisionLevel.Village && tree.Parent(place) is { Level: DivisionLevel.Town } town ? town : place;

    private static ObligationTerms Within(string time, Clock clock) =>
        new(Kind, ObligationBasis.PlatformDefault, $"平台默认：自镇（街道）获知之日起{time}内；政策（建立评估帮扶机制）未规定期限", clock)
        { AtRisk = AtRisk.After(AtRiskAfter), EscalatesAfter = EscalatesAfter };
}
