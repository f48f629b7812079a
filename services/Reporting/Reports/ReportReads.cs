using LeftBehind.Access;
using LeftBehind.Contracts.Obligations;
using LeftBehind.ReadLog;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Hotline;

namespace LeftBehind.Reporting.Reports;

/// <summary>Reads of reports and appeals in the record of reads. That one was read tells that it exists: it is hidden from those from whom the thing itself is.</summary>
public sealed class ReportReads(HideFromConcerned hide) : IHidesReads
{
    /// <summary>The report, and the child where it is known.</summary>
    public static ReadOf Of(Report report) => new(report.Case.Division, report.Case.Child is { } child ? [report.Id, child] : [report.Id]);

    /// <summary>The appeal, and the child where it is known.</summary>
    public static ReadOf Of(Appeal appeal) => new(appeal.Division, appeal.Child is { } child ? [appeal.Id, child] : [appeal.Id]);

    /// <summary>The table kept before had both in one column; what a stream is says which.</summary>
    public static FormerReads Former { get; } = new("text_read", "array[report]", $"""
        coalesce((select type from {ReportingModule.Schema}.mt_streams where id = report), '{Report.StreamType}')
            || case when not reporter_shown then '' when exists (select from {ReportingModule.Schema}.mt_streams where id = report and type = '{Appeal.StreamType}') then '-with-caller' else '-with-reporter' end
        """);

    /// <inheritdoc/>
    public Task<IReadOnlySet<Guid>> HiddenAsync(Caller caller, IReadOnlyCollection<(string What, Guid Opened)> opened, CancellationToken ct) =>
        hide.HiddenAsync(caller, [.. opened.Select(o => new ObligationSubject(o.What.StartsWith(Appeal.StreamType, StringComparison.Ordinal) ? Appeal.StreamType : Report.StreamType, o.Opened))], ct);
}
