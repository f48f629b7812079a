using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.EducationAttendance.Admissions;

/// <summary>The county's education gets the child admitted. Pure.</summary>
public static class AdmissionDuties
{
    /// <summary>Overdue, the level above is told after 24 hours.</summary>
    public static readonly ObligationTerms Admit = new("education.admitChild", ObligationBasis.PlatformDefault,
        "平台默认：拒绝入学登记后五个工作日内安排入学；义务教育法 §11、§12（免试、就近入学）、§57（责令限期改正）未规定期限", Clock.WorkingDays(5))
    { EscalatesAfter = TimeSpan.FromHours(24) };

    /// <summary>A refusal is owed one admission.</summary>
    private const string Key = "admit";

    public static NewObligation Opening(AdmissionRefusal refusal, DivisionTree tree, EventMeta meta) => new(
        Admit, Subject(refusal), tree.Path(refusal.Facts!.School).First(d => tree.Level(d) is Contracts.DivisionLevel.County), OwnerDepartment.Education, meta.OccurredAt, meta, Key);

    public static bool IsDone(AdmissionRefusal refusal) => refusal.Facts is { Outcome: not (null or AdmissionOutcome.NoRefusal) };

    public static Fulfilment Done(AdmissionRefusal refusal, EventMeta meta) => new(Subject(refusal), Admit.Kind, meta, Key);

    /// <summary>It was none.</summary>
    public static Waiver LetGo(AdmissionRefusal refusal, EventMeta meta) => new(Subject(refusal), Admit.Kind, "查无拒收", meta, Key);

    private static ObligationSubject Subject(AdmissionRefusal refusal) => new(AdmissionRefusal.StreamType, refusal.Id);
}
