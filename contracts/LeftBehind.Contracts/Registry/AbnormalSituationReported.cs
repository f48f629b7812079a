using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Contracts.Registry;

/// <summary>
/// A visit found something abnormal: the village tells its town (policy: 发现异常情况要及时向镇人民政府（街道办事处）报告), and Assessment
/// opens on it. Subject: the child's file. Notes of the visit do not travel.
/// </summary>
/// <param name="SituationId">The situation; one a visit and child, and one more if a correction finds more.</param>
/// <param name="ChildId">The child's file.</param>
/// <param name="Division">Village of the child's residence.</param>
/// <param name="VisitId">The visit that found it.</param>
/// <param name="Findings">What was abnormal.</param>
/// <param name="Urgency">The gravest of the findings'. Platform default.</param>
/// <param name="FoundAt">When the visit was; UTC.</param>
/// <param name="ReportedAt">When the town was told; UTC. The assessment's time runs from here.</param>
[StoredName("abnormal_situation_reported")]
public sealed record AbnormalSituationReported(
    Guid SituationId, Guid ChildId, DivisionId Division, Guid VisitId, IReadOnlyList<VisitFinding> Findings, Urgency Urgency,
    DateTimeOffset FoundAt, DateTimeOffset ReportedAt);

/// <summary>
/// What a visit found, at most one of each area: living 10–19, carer 20–29, schooling 30–39, health 40–49, safety 50–59, mood 60–69.
/// Within an area 1 is in order, 2 is noted, from 5 on it is abnormal (异常情况). The numbers are the protocol's. Platform default.
/// </summary>
public enum VisitFinding
{
    /// <summary>居住生活条件正常.</summary>
    LivingInOrder = 11,
    /// <summary>生活困难: noted.</summary>
    LivingPoor = 12,
    /// <summary>独自居住: a child under 16 lives alone (未成年人保护法 §21).</summary>
    LivingAlone = 15,
    /// <summary>照护人在场.</summary>
    CarerPresent = 21,
    /// <summary>照护人暂时不在: noted.</summary>
    CarerAway = 22,
    /// <summary>无人照护.</summary>
    CarerAbsent = 25,
    /// <summary>照护人不能或不履行照护职责.</summary>
    CarerUnfit = 26,
    /// <summary>正常就学.</summary>
    SchoolAttended = 31,
    /// <summary>缺课: noted.</summary>
    SchoolMissed = 32,
    /// <summary>失学.</summary>
    SchoolLeft = 35,
    /// <summary>健康.</summary>
    HealthGood = 41,
    /// <summary>患病: noted.</summary>
    HealthPoor = 42,
    /// <summary>病情危重或未得到救治.</summary>
    HealthInDanger = 45,
    /// <summary>安全.</summary>
    SafetyInOrder = 51,
    /// <summary>存在安全隐患: noted.</summary>
    HazardSeen = 52,
    /// <summary>疑似遭受伤害. Who finds it reports it as well (未成年人保护法 §11).</summary>
    HarmSuspected = 55,
    /// <summary>下落不明.</summary>
    ChildMissing = 56,
    /// <summary>情绪稳定.</summary>
    MoodStable = 61,
    /// <summary>情绪低落: noted.</summary>
    MoodLow = 62,
    /// <summary>有自伤、轻生等倾向.</summary>
    MoodAlarming = 65,
}

/// <summary>What follows from a finding.</summary>
public static class VisitFindings
{
    /// <summary>The area that a finding is of; a visit tells one finding of each at most.</summary>
    public static int Area(this VisitFinding finding) => (int)finding / 10;

    /// <summary>Whether the town is told (异常情况).</summary>
    public static bool IsAbnormal(this VisitFinding finding) => (int)finding % 10 >= 5;

    /// <summary>How quickly an abnormal finding must be answered. Platform default.</summary>
    public static Urgency UrgencyOf(this VisitFinding finding) => finding switch
    {
        VisitFinding.HarmSuspected or VisitFinding.ChildMissing or VisitFinding.HealthInDanger or VisitFinding.MoodAlarming => Urgency.Emergency,
        VisitFinding.LivingAlone or VisitFinding.CarerAbsent or VisitFinding.CarerUnfit => Urgency.High,
        _ => Urgency.Ordinary,
    };
}
