using System.Text.Json;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Reports;

/// <summary>Policy: a pupil whom its school reaches nowhere after unexcused absence is reported as missing (policy: 强制报告, 失踪), with or without a child's file.</summary>
public sealed class ReportMissingChildren(PersonKeyTable personKeys, CaseDuties duties, TimeProvider clock)
    : ReportFoundChildren(nameof(ReportMissingChildren), Rule, "missing_suspected", personKeys, duties, clock)
{
    /// <summary>Who reports.</summary>
    public const string Rule = "platform/missing-suspected";

    public override string Source => "education";

    /// <summary>The report that a fact makes.</summary>
    public static Guid IdOf(Guid fact) => IdOf(nameof(ReportMissingChildren), fact);

    protected override FoundChild Read(string json) => JsonSerializer.Deserialize<MissingSuspected>(json, EventTypes.Json) is { } pupil
        ? new(pupil.ChildId, pupil.Division, Situation.Missing, pupil.SuspectedAt) : throw new JsonException("A fact is null.");
}
