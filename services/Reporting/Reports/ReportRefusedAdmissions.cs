using System.Text.Json;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Reports;

/// <summary>
/// Policy: a child whom a school refused to admit is reported (policy: 强制报告, 不法侵害; 义务教育法 §11, §12, §57), with or without a child's file. The report concerns the school, and is hidden
/// from whoever has it as organisation.
/// </summary>
public sealed class ReportRefusedAdmissions(PersonKeyTable personKeys, CaseDuties duties, TimeProvider clock)
    : ReportFoundChildren(nameof(ReportRefusedAdmissions), Rule, "admission_refused", personKeys, duties, clock)
{
    /// <summary>Who reports.</summary>
    public const string Rule = "platform/admission-refused";

    public override string Source => "education";

    /// <summary>The report that a fact makes.</summary>
    public static Guid IdOf(Guid fact) => IdOf(nameof(ReportRefusedAdmissions), fact);

    protected override FoundChild Read(string json) => JsonSerializer.Deserialize<AdmissionRefused>(json, EventTypes.Json) is { } refused
        ? new(refused.ChildId, refused.Division, Situation.OtherHarm, refused.RecordedAt, new(refused.SchoolNo, null)) : throw new JsonException("A fact is null.");
}
