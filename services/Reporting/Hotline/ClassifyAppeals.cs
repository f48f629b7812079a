using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Hotline;

/// <summary>
/// Way in of <see cref="ClassifyAppeal"/>, with what it makes or joins in the same transaction. The report's id follows from the appeal's, and words and caller stay under
/// their keys, which from then on are the report's.
/// </summary>
public sealed class ClassifyAppeals(HandleAppeals handle, ReceiveReports reports, AppealDuties duties, DivisionTree tree, WorkCalendar calendar, KeyedDigest digests)
{
    /// <summary>No account holds a slash.</summary>
    public static Guid ReportOf(Guid appeal) => CallMeta.StreamOf("report", "hotline/appeal", appeal);

    public Task<V1.Appeal> AnswerAsync(V1.ClassifyAppealRequest request, ServerCallContext context)
    {
        var (@class, at) = (Requests.Word<AppealClass>(request.Class, "class"), Requests.Time(request.At, "at"));
        if ((@class is AppealClass.Report) != (request.Harm is not null))
            throw Requests.Invalid("harm: what a report tells, and nothing else does");
        if ((@class is AppealClass.Update) != (request.AboutCase is not V1.ClassifyAppealRequest.AboutOneofCase.None))
            throw Requests.Invalid("about: the appeal or report that an update is about, and nothing else");
        var (aboutAppeal, aboutReport) = (Requests.OptionalId(request.AboutAppealId, "about_appeal_id"), Requests.OptionalId(request.AboutReportId, "about_report_id"));
        return handle.RunAsync(request.AppealId, request.ExpectedVersion, at, context, async (work, appeal, now) =>
        {
            var (ct, by) = (context.CancellationToken, context.GetCaller().Subject);
            var (about, report) = (await AppealAsync(work, aboutAppeal, context), await CaseAsync(work, aboutReport, context));
            var harm = @class is AppealClass.Report ? Harm(request.Harm!, appeal, now) : null;
            var command = new ClassifyAppeal(@class, harm is null ? report?.Id : ReportOf(appeal.Id), about?.Id, harm?.Concerned, duties.AnswerDueOn(at, calendar), at, by);
            var events = ClassifyAppeal.Decide(command, appeal, about, report, now).ToList();
            if (events.Count == 0)
                return events;
            if (harm is not null)
                await reports.TakeAsync(work, ReportOf(appeal.Id), harm, now, context.Meta(now), ct);
            if (about is not null)
                work.Keep(about, [.. ClassifyAppeal.Join(command, appeal)], context.Meta(at));
            else if (report is not null && harm is null)
                OpenReports.Write(work, [work.Keep(report, [.. ClassifyAppeal.JoinReport(command, appeal)], context.Meta(at))]);
            return events;
        });
    }

    private static async Task<Appeal?> AppealAsync(StoreWork work, Guid? id, ServerCallContext context)
    {
        if (id is not { } about)
            return null;
        var appeal = (await work.LoadAsync<Appeal>([about], context.CancellationToken))[about];
        // Whoever calls may call any platform; its id is all that is told of it, and not to whom it concerns.
        return appeal.Exists && !appeal.IsConcerned(context.GetCaller()) ? appeal : throw ScopeGuard.NotFound();
    }

    /// <summary>The report an update is about, or the case that it joined.</summary>
    private static async Task<Report?> CaseAsync(StoreWork work, Guid? id, ServerCallContext context)
    {
        if (id is not { } about)
            return null;
        var report = (await work.LoadAsync<Report>([about], context.CancellationToken))[about];
        if (report.LinkedTo is { } joined)
            report = (await work.LoadAsync<Report>([joined], context.CancellationToken))[joined];
        return report.Exists && !report.IsConcerned(context.GetCaller()) ? report : throw ScopeGuard.NotFound();
    }

    private ReportHarm Harm(V1.HarmTold told, Appeal appeal, DateTimeOffset now)
    {
        var received = appeal.Received!;
        var request = new V1.ReportHarmRequest
        {
            ReporterKind = told.ReporterKind, Situation = told.Situation, Category = told.Category, ChildId = appeal.Child?.ToString() ?? "", DiscoveredAt = told.DiscoveredAt,
            DivisionCode = told.DivisionCode.Length > 0 || appeal.Place is not { } place ? told.DivisionCode : tree.Code(place).ToString(),
            ImmediateDanger = told.ImmediateDanger || received.Danger, ConcernedOrganisation = told.ConcernedOrganisation, ConcernedAccount = told.ConcernedAccount,
            PoliceNotifiedAt = told.PoliceNotifiedAt,
        };
        var harm = ReadHarm.Of(request, received.By, tree, digests, now);
        return harm with
        {
            TextKey = received.TextKey,
            Description = received.Words,
            ReporterIdentity = received.Caller,
            Concerned = harm.Concerned ?? received.Concerned,
            Anonymous = !received.CallerKnown,
            ReportedBy = received.CallerKnown ? received.By : "",
            ReportedAt = received.At,
            Digest = appeal.Id.ToString("N"),
        };
    }
}
