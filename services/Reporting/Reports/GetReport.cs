using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.ReadLog;
using LeftBehind.Reporting.Responses;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Reports;

/// <summary>
/// A report as far as the caller may see it. Sealed texts are opened for a stated purpose only, and that is recorded in the
/// transaction that reads them, before anything is answered (未成年人网络保护条例 §36).
/// </summary>
public sealed class GetReport(EventStore store, ReportAnswer reports, ResponseAnswer responses, PersonKeyTable personKeys)
{
    public async Task<V1.Report> AnswerAsync(V1.GetReportRequest request, ServerCallContext context)
    {
        var (id, ct) = (Requests.Id(request.ReportId, "report_id"), context.CancellationToken);
        var purpose = PersonalReads.OptionalPurpose(request.Purpose);
        var report = (await store.ReadAsync<Report>([id], ct))[id];
        if (context.Require(report) is not Detail.Full)
            return ReportAnswer.Receipt(report);
        var response = await ResponseOfAsync(report, ct);
        var answer = reports.InFull(report);
        answer.ProposedCaseIds.Add(await ProposedAsync(report, context.GetCaller(), ct));
        if (purpose.Length > 0)
            await OpenAsync(answer, report, response, purpose, context.GetCaller(), ct);
        else if (response is not null)
            answer.Response = responses.Of(response, report);
        return answer;
    }

    private async Task<Response?> ResponseOfAsync(Report report, CancellationToken ct) =>
        report.Response is { } id ? (await store.ReadAsync<Response>([id], ct))[id] : null;

    /// <summary>Who handles a report: whoever referred it, or the case it joined, and whoever acted in the response.</summary>
    private async Task<IEnumerable<string>> HandlersAsync(Report report, Response? response, CancellationToken ct)
    {
        if (report.LinkedTo is not { } caseId)
            return [.. response?.Handlers ?? [], report.ReferredBy ?? ""];
        var joined = (await store.ReadAsync<Report>([caseId], ct))[caseId];
        return [.. (await ResponseOfAsync(joined, ct))?.Handlers ?? [], joined.ReferredBy ?? ""];
    }

    /// <summary>A proposed case is no more shown to whom it concerns than any.</summary>
    private async Task<IEnumerable<string>> ProposedAsync(Report report, Caller caller, CancellationToken ct) => report.Proposed.Count == 0 ? []
        : (await store.ReadAsync<Report>(report.Proposed, ct)).Values.Where(c => c.IsOpenCase && !c.IsConcerned(caller)).Select(c => c.Id.ToString()).Order(StringComparer.Ordinal);

    private async Task OpenAsync(V1.Report answer, Report report, Response? response, string purpose, Caller caller, CancellationToken ct)
    {
        var showReporter = Reach.MayKnowReporter(caller, await HandlersAsync(report, response, ct));
        Guid[] needed = [report.TextKey, .. report.Updates.Select(u => u.TextKey), .. showReporter ? new[] { report.ReporterIdentity!.KeyId } : []];
        var keys = await store.RunAsync(async work =>
        {
            PersonalReads.Record(work, caller, showReporter ? "report-with-reporter" : "report", purpose, ReportReads.Of(report));
            return await personKeys.LoadMany(work.Connection, work.Transaction, needed, ct);
        }, ct);
        answer.Description = Open<string>(report.Description!, keys) ?? "";
        var reporter = showReporter ? Open<ReporterIdentity>(report.ReporterIdentity!, keys) : null;
        (answer.ReporterName, answer.ReporterPhone) = (reporter?.Name ?? "", reporter?.Phone ?? "");
        answer.SetAsideReason = report.SetAside is { } aside ? Open<string>(aside.Reason, keys) ?? "" : "";
        foreach (var (shown, failure) in answer.Failures.Zip(report.Failures))
            shown.Note = Open<string>(failure.Note, keys) ?? "";
        foreach (var (shown, update) in answer.Updates.Zip(report.Updates))
            shown.Words = Open<string>(update.Words, keys) ?? "";
        if (response is not null)
            answer.Response = responses.Of(response, report, reason => Open<string>(reason, keys) ?? "");
    }

    private static T? Open<T>(Sealed value, Dictionary<Guid, PersonKey> keys) where T : class =>
        keys.TryGetValue(value.KeyId, out var key) && key.TryUnsealJson<T>(value, out var content) ? content : null;
}
