using System.Text.Json;
using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Reports;

/// <summary>Policy: a child that Registry's rule finds unattended is reported (policy: 强制报告, 脱离监护单独居住).</summary>
public sealed class ReportUnattendedChildren(PersonKeyTable personKeys, CaseDuties duties, TimeProvider clock)
    : ReportFoundChildren(nameof(ReportUnattendedChildren), Rule, "unattended_child_detected", personKeys, duties, clock)
{
    /// <summary>Who reports.</summary>
    public const string Rule = "platform/unattended-child";

    public override string Source => "registry";

    /// <summary>The report that a fact makes.</summary>
    public static Guid IdOf(Guid fact) => IdOf(nameof(ReportUnattendedChildren), fact);

    protected override FoundChild Read(string json) => JsonSerializer.Deserialize<UnattendedChildDetected>(json, EventTypes.Json) is { } child
        ? new(child.ChildId, child.Division, Situation.LivingAlone, child.DetectedAt) : throw new JsonException("A fact is null.");
}
