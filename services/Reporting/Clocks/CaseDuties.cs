using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;

namespace LeftBehind.Reporting.Clocks;

/// <summary>
/// What is to be done with a case at once, measured from when it could have been: told to the police (报告), and the police sent out (出警).
/// Neither has a due time in any rule, so each has an alert and goes to the level above (platform defaults), and is never breached.
/// </summary>
public sealed class CaseDuties(ObligationBook book, DivisionTree tree, ReportingRules rules)
{
    /// <summary>A case is referred once, its response dispatched once.</summary>
    private const string Key = "once";

    public ObligationTerms ReferTerms { get; } = new("reporting.referToPolice", ObligationBasis.Policy,
        "政策（建立强制报告机制）：应当在第一时间向公安机关报告；提醒和上报时间为平台默认", Clock.Immediate(rules.ReferAlertAfter))
    { EscalatesAfter = rules.EscalatesAfter };

    public ObligationTerms DispatchTerms { get; } = new("reporting.dispatch", ObligationBasis.Policy,
        "政策（建立应急处置机制）：公安机关要及时受理有关报告，第一时间出警调查；提醒和上报时间为平台默认", Clock.Immediate(rules.DispatchAlertAfter))
    { EscalatesAfter = rules.EscalatesAfter };

    /// <summary>Cases were opened: county civil affairs see that the police learn of them.</summary>
    public Task OpenedAsync(StoreWork work, IReadOnlyCollection<(Report Report, EventMeta Meta)> opened, CancellationToken ct) => opened.Count == 0 ? Task.CompletedTask
        : book.OpenAsync(work, [.. opened.Select(o => new NewObligation(
            ReferTerms, Of(o.Report), tree.CountyOf(o.Report.Case.Division), OwnerDepartment.CivilAffairs, o.Report.ReceivedAt, o.Meta, Key))], ct);

    /// <summary>The police learned of it, and are to be sent out.</summary>
    public async Task ReferredAsync(StoreWork work, Report report, EventMeta meta, CancellationToken ct)
    {
        await book.FulfilAsync(work, [new(Of(report), ReferTerms.Kind, meta, Key)], ct);
        await book.OpenAsync(work, new NewObligation(DispatchTerms, new(Response.StreamType, report.Response!.Value), tree.CountyOf(report.Case.Division),
            OwnerDepartment.Police, report.ReferredAt!.Value, meta, Key), ct);
    }

    public Task DispatchedAsync(StoreWork work, Guid response, EventMeta meta, CancellationToken ct) =>
        book.FulfilAsync(work, [new(new(Response.StreamType, response), DispatchTerms.Kind, meta, Key)], ct);

    /// <summary>It was set aside, or stands with the case it joined.</summary>
    public Task LetGoAsync(StoreWork work, Report report, EventMeta meta, CancellationToken ct) =>
        book.WaiveAsync(work, [new(Of(report), ReferTerms.Kind, $"The report is {report.State}; the reason is kept with it.", meta, Key)], ct);

    private static ObligationSubject Of(Report report) => new(Report.StreamType, report.Id);
}

internal static class Counties
{
    /// <summary>The police act at the county, as the access table has it.</summary>
    public static DivisionId CountyOf(this DivisionTree tree, DivisionId place) =>
        tree.Path(place).Cast<DivisionId?>().FirstOrDefault(d => d!.Value.Level is DivisionLevel.County) ?? place;
}
