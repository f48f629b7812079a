using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Responses;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Reports;

/// <summary>
/// A report as far as the caller may see it. Sealed texts are opened for a stated purpose only, and that is recorded in the
/// transaction that reads them, before anything is answered (未成年人网络保护条例 §36).
/// </summary>
public sealed class GetReport(EventStore store, DivisionTree tree, PersonKeyTable personKeys)
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.text_read (
            at timestamptz not null default now(), caller text not null, department text not null, role text not null,
            division text not null, purpose text not null, report uuid not null, reporter_shown boolean not null);
        create index if not exists text_read_report on {schema}.text_read (report, at);
        """;

    public async Task<V1.Report> AnswerAsync(V1.GetReportRequest request, ServerCallContext context)
    {
        var (id, ct) = (Requests.Id(request.ReportId, "report_id"), context.CancellationToken);
        var purpose = request.Purpose.Length > 0 ? Texts.Readable(request.Purpose, "purpose", 4, 200) : "";
        var report = (await store.ReadAsync<Report>([id], ct))[id];
        if (context.Require(report) is not Detail.Full)
            return Receipt(report);
        var response = await ResponseOfAsync(report, ct);
        var answer = InFull(report);
        if (purpose.Length > 0)
            await OpenAsync(answer, report, response, purpose, context.GetCaller(), ct);
        else if (response is not null)
            answer.Response = ResponseAnswer.Of(response, report);
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

    private static V1.Report Receipt(Report report) => new()
    {
        ReportId = report.Id.ToString(), ReceivedAt = Requests.Written(report.ReportedAt), ReceiptOnly = true,
        // That the child has an open case is not the reporter's to know.
        Standing = report.LinkedTo is null ? StandingOf(report) : V1.Standing.Received,
    };

    private V1.Report InFull(Report report) => new()
    {
        ReportId = report.Id.ToString(), ReceivedAt = Requests.Written(report.ReportedAt), Standing = StandingOf(report),
        ReporterKind = Enum.Parse<V1.ReporterKind>(report.Reporter.ToString()),
        Situations = { report.Situations.Select(s => Enum.Parse<V1.Situation>(s.ToString())) },
        Urgency = Enum.Parse<V1.Urgency>(report.Case.Urgency.ToString()),
        DivisionCode = tree.Code(report.Case.Division).ToString(), ChildId = report.Case.Child?.ToString() ?? "",
        DiscoveredAt = Requests.Written(report.DiscoveredAt), PoliceNotifiedAt = Requests.Written(report.PoliceNotifiedAt),
        CaseId = report.LinkedTo?.ToString() ?? "", JoinedReportIds = { report.Joined.Select(j => j.ToString()) },
    };

    private async Task OpenAsync(V1.Report answer, Report report, Response? response, string purpose, Caller caller, CancellationToken ct)
    {
        var showReporter = Reach.MayKnowReporter(caller, await HandlersAsync(report, response, ct));
        Guid[] needed = showReporter ? [report.TextKey, report.ReporterIdentity!.KeyId] : [report.TextKey];
        var keys = await store.RunAsync(async work =>
        {
            work.Beside($"insert into {work.Schema}.text_read (caller, department, role, division, purpose, report, reporter_shown) values ($1, $2, $3, $4, $5, $6, $7)",
                caller.Subject, caller.Department.ToString(), caller.Role.ToString(), caller.Division.ToString(), purpose, report.Id, showReporter);
            return await personKeys.LoadMany(work.Connection, work.Transaction, needed, ct);
        }, ct);
        answer.Description = Open<string>(report.Description!, keys) ?? "";
        var reporter = showReporter ? Open<ReporterIdentity>(report.ReporterIdentity!, keys) : null;
        (answer.ReporterName, answer.ReporterPhone) = (reporter?.Name ?? "", reporter?.Phone ?? "");
        if (response is not null)
            answer.Response = ResponseAnswer.Of(response, report, reason => Open<string>(reason, keys) ?? "");
    }

    private static T? Open<T>(Sealed value, Dictionary<Guid, PersonKey> keys) where T : class =>
        keys.TryGetValue(value.KeyId, out var key) && key.TryUnsealJson<T>(value, out var content) ? content : null;

    private static V1.Standing StandingOf(Report report) => report switch
    {
        { LinkedTo: not null } => V1.Standing.Linked,
        { Concluded: true } => V1.Standing.Concluded,
        { Response: not null } => V1.Standing.ReferredToPolice,
        _ => V1.Standing.Received,
    };
}
