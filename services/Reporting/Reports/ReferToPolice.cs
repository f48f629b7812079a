using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Responses;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Reports;

/// <summary>Refers a report to the police, whose response it opens.</summary>
public sealed record ReferToPolice(Guid Response, DateTimeOffset At, string By)
{
    public static IEnumerable<object> Decide(ReferToPolice command, Report report, DateTimeOffset now)
    {
        if (report.LinkedTo is not null)
            throw new RejectedException("The report joined the child's open case; that one is referred.");
        if (report.Response is not null)
            return report.ReferredAt == command.At ? [] : throw new RejectedException("The report was referred to the police at another time.");
        if (report.SetAside is not null)
            throw new RejectedException("The report was set aside; what is found now is reported anew.");
        if (command.At > now)
            throw new RejectedException("The notice to the police lies in the future.");
        if (command.At < report.DiscoveredAt)
            throw new RejectedException("The police cannot have learned of it before it was discovered.");
        return [new ReferredToPolice(command.Response, command.At, command.By)];
    }
}

/// <summary>Way in of <see cref="ReferToPolice"/>.</summary>
public sealed class ReferReports(EventStore store, CaseDuties duties, ResponseAnswer answers, TimeProvider clock)
{
    public async Task<V1.Response> AnswerAsync(V1.ReferToPoliceRequest request, ServerCallContext context)
    {
        var (id, now, ct) = (Requests.Id(request.ReportId, "report_id"), clock.GetUtcNow(), context.CancellationToken);
        var at = Requests.Time(request.At, "at");
        return await store.RunAsync(async work =>
        {
            var report = (await work.LoadAsync<Report>([id], ct))[id];
            context.Require(report);
            // A report has one response, so its id follows from the report's.
            var responseId = CallMeta.StreamOf("response", "", id);
            var response = (await work.LoadAsync<Response>([responseId], ct))[responseId];
            var events = ReferToPolice.Decide(new(responseId, at, context.GetCaller().Subject), report, now).ToList();
            if (events.Count > 0)
            {
                report = work.Keep(report, events, context.Meta(at));
                response = work.Keep(response, [new ResponseOpened(report.Case, at)], report, context.Meta(at));
                OpenReports.Write(work, [report]);
                await duties.ReferredAsync(work, report, context.Meta(at), ct);
            }
            return answers.Of(response, report);
        }, ct);
    }
}
