using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Figures;

/// <summary>
/// Whether a left-behind child has what the policy promises each of them: 学业有教, 监护有人, 生活有助, 健康有保, 安全有护. The policy names the five goals and no
/// thresholds: what fails one is a platform default. What would decide a goal and was not collected leaves it open. Pure.
/// </summary>
internal static class CountGoals
{
    private static readonly string Met = "met", Failed = "failed", NotCollected = "notCollected";

    public static void Of(List<short> cells, ChildFacts child, SubjectFacts subject)
    {
        var (care, visits, screening) = (subject.Care?.Facts.After, subject.Visits?.Facts.After, subject.Screening?.Facts.After);
        Add("educated", Educated(subject.Schooling?.Now ?? Schooling.NotCollected));
        Add("guarded", Guarded(child, care));
        Add("supported", Supported(child));
        Add("healthy", Healthy(child));
        Add("safe", Safe(visits, care, screening));

        void Add(string goal, string bucket) => cells.Add(Measures.Number(Measures.LeftBehind, goal, bucket));
    }

    /// <summary>学业有教: in school, or too young for one that is compulsory.</summary>
    private static string Educated(Schooling schooling) => schooling switch
    {
        Schooling.NotCollected => NotCollected,
        Schooling.DroppedOut or Schooling.NotInSchool => Failed,
        _ => Met,
    };

    /// <summary>监护有人: somebody who may care does, and the rule does not find the child alone.</summary>
    private static string Guarded(ChildFacts child, CareFacts? care) => (child, care) switch
    {
        ({ Guardian: GuardianKind.Missing } or { Carer: CarerKind.None }, _) or (_, { Unattended: true } or { Entrusted: Entrustment.Unfit }) => Failed,
        ({ Carer: CarerKind.NotCollected }, not { Entrusted: Entrustment.Entrusted }) => NotCollected,
        _ => Met,
    };

    /// <summary>生活有助: a child in difficulty gets aid.</summary>
    private static string Supported(ChildFacts child) => (child.Category.IsInDifficulty(), child.Aid) switch
    {
        (false, _) => Met,
        (_, null) => NotCollected,
        (_, AidKinds.None) => Failed,
        _ => Met,
    };

    /// <summary>健康有保: of a child that is gravely ill or severely disabled the cost is helped with.</summary>
    private static string Healthy(ChildFacts child) => child switch
    {
        { Illness: Illness.Serious } or { Disability: DisabilityGrade.Grade1 or DisabilityGrade.Grade2 } => child.Aid switch
        {
            null => NotCollected,
            { } aid => (aid & (AidKinds.Medical | AidKinds.ExtremePoverty | AidKinds.BasicLivingAllowance)) != 0 ? Met : Failed,
        },
        { Illness: null, Disability: null } => NotCollected,
        _ => Met,
    };

    /// <summary>安全有护: visited in time, in touch with the parents, and no hazard stands from the last screening.</summary>
    private static string Safe(VisitFacts? visits, CareFacts? care, ScreeningFacts? screening) => (visits, care, screening) switch
    {
        ({ Overdue: true }, _, _) or (_, { Contact: ParentContact.Missed }, _) => Failed,
        (_, _, { WinterHoliday: ScreeningState.HazardFound } or { SummerHoliday: ScreeningState.HazardFound } or { AfterSchool: ScreeningState.HazardFound }) => Failed,
        (null or { LastVisitOn: null }, _, _) => NotCollected,
        _ => Met,
    };
}
