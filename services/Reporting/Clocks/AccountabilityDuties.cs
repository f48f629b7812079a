using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.Clocks;

/// <summary>An organisation that failed to report is held to account by the organ above it; the county sees to that.</summary>
public sealed class AccountabilityDuties(ObligationBook book, DivisionTree tree)
{
    private const int WorkingDays = 30;

    public static ObligationTerms Terms { get; } = new("reporting.holdAccountable", ObligationBasis.PlatformDefault,
        $"平台默认：认定未履行报告义务之日起{WorkingDays}个工作日内追责；政策（建立强制报告机制）由上级机关和有关部门严肃追责，未规定期限；造成严重后果的依未成年人保护法第117条处分",
        Clock.WorkingDays(WorkingDays))
    { AtRisk = AtRisk.After(0.8), EscalatesAfter = TimeSpan.FromDays(3) };

    public Task FoundAsync(StoreWork work, Report report, string organisation, EventMeta meta, CancellationToken ct) =>
        book.OpenAsync(work, new NewObligation(Terms, new(Report.StreamType, report.Id), tree.CountyOf(report.Case.Division), OwnerDepartment.CivilAffairs,
            meta.OccurredAt, meta, KeyOf(organisation)), ct);

    public Task HeldAsync(StoreWork work, Report report, string organisation, EventMeta meta, CancellationToken ct) =>
        book.FulfilAsync(work, [new(new(Report.StreamType, report.Id), Terms.Kind, meta, KeyOf(organisation))], ct);

    private static string KeyOf(string organisation) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(organisation)));
}
