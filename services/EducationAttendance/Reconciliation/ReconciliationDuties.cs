using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.EducationAttendance.Reconciliation;

/// <summary>Who owes the settlement of a difference, and by when. Pure.</summary>
public static class ReconciliationDuties
{
    /// <summary>Overdue, the level above is told.</summary>
    public static readonly ObligationTerms Settle = new(
        "education.reconcile", ObligationBasis.PlatformDefault, "平台默认：学籍与主档不一致的，十个工作日内核对；政策篇四（一人一档、动态管理）未规定期限", Clock.WorkingDays(10))
    { EscalatesAfter = TimeSpan.Zero };

    /// <summary>A file is opened by civil affairs of the town; whatever else differs is asked of the county's education first, whose roll it is.</summary>
    public static (DivisionLevel Level, OwnerDepartment Department) OwnerOf(ReconciliationKind kind) => kind is ReconciliationKind.NotInRegistry
        ? (DivisionLevel.Town, OwnerDepartment.CivilAffairs) : (DivisionLevel.County, OwnerDepartment.Education);

    public static NewObligation Opening(ReconciliationCase found, DivisionTree tree, DateTimeOffset from, EventMeta meta)
    {
        var (level, department) = OwnerOf(found.Facts!.Kind);
        return new(Settle, Subject(found), tree.Path(found.Facts.School).First(d => tree.Level(d) == level), department, from, meta, KeyOf(found));
    }

    /// <summary>The two agree, or a person has decided.</summary>
    public static Fulfilment Done(ReconciliationCase found, EventMeta meta) => new(Subject(found), Settle.Kind, meta, KeyOf(found));

    private static ObligationSubject Subject(ReconciliationCase found) => new(ReconciliationCase.StreamType, found.Id);

    private static string KeyOf(ReconciliationCase found) => found.FoundAt.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
