using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Accountability;

/// <summary>An organisation that had to report knew and did not do so at once (未履行报告义务).</summary>
[StoredName("failure_to_report_found")]
public sealed record FailureToReportFound(string Organisation, ReporterKind Kind, DateTimeOffset KnewAt, Sealed Note, DateTimeOffset At, string By);

/// <summary>What the superior organ did about it (policy: 其上级机关和有关部门要严肃追责; 未成年人保护法 §117).</summary>
[StoredName("accountability_recorded")]
public sealed record AccountabilityRecorded(
    string Organisation, AccountabilityMeasure Measure, string Organ, string DocumentNo, DateTimeOffset At, string By);

/// <summary>A voluntary reporter was commended (policy: 其他公民、社会组织积极向公安机关报告的，应及时给予表扬和奖励).</summary>
[StoredName("reporter_commended")]
public sealed record ReporterCommended(CommendationForm Form, string Organ, string? DocumentNo, DateTimeOffset At, string By);

/// <summary>What a superior organ may do.</summary>
public enum AccountabilityMeasure { Criticism = 1, RectificationOrdered, Disciplined, ReferredToCompetentOrgan }

public enum CommendationForm { Praise = 1, Reward }

/// <summary>Records a failure to report; a person finds it, the delay alone does not.</summary>
public static class RecordFailureToReport
{
    public static IEnumerable<object> Decide(FailureToReportFound found, Report report)
    {
        if (Reporters.DutyOf(found.Kind) is not ReporterDuty.Mandated)
            throw new RejectedException("Only who must report can fail to.");
        if (report.Failures.Find(f => f.Organisation == found.Organisation) is { } before)
            return before.Kind == found.Kind && before.KnewAt == found.KnewAt ? [] : throw new RejectedException("The failure was recorded otherwise.");
        if (found.KnewAt > found.At)
            throw new RejectedException("The organisation cannot have known in the future.");
        return [found];
    }
}

public static class RecordAccountability
{
    public static IEnumerable<object> Decide(AccountabilityRecorded recorded, Report report, DateTimeOffset now)
    {
        if (report.Failures.Find(f => f.Organisation == recorded.Organisation) is not { } failure)
            throw new RejectedException("No failure of this organisation to report was found.");
        if (recorded.Organ == recorded.Organisation)
            throw new RejectedException("Nobody holds itself to account; the organ above does.");
        if (report.Accountability.Any(a => a with { By = recorded.By } == recorded))
            return [];
        if (recorded.At > now || recorded.At < failure.KnewAt)
            throw new RejectedException("The time lies in the future or before the failure.");
        return [recorded];
    }
}

public static class CommendReporter
{
    public static IEnumerable<object> Decide(ReporterCommended commended, Report report, DateTimeOffset now)
    {
        if (Reporters.DutyOf(report.Reporter) is not ReporterDuty.Voluntary)
            throw new RejectedException("Only who reported of its own will is commended.");
        if (report.Anonymous)
            throw new RejectedException("Nobody is known to have reported.");
        if (report.Commendations.Any(c => c with { By = commended.By } == commended))
            return [];
        if (commended.At > now || commended.At < report.ReportedAt)
            throw new RejectedException("The time lies in the future or before the report.");
        return [commended];
    }
}
