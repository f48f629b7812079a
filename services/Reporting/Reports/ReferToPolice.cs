using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
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
            return report.PoliceNotifiedAt == command.At ? [] : throw new RejectedException("The report was referred to the police at another time.");
        if (command.At > now)
            throw new RejectedException("The notice to the police lies in the future.");
        if (command.At < report.DiscoveredAt)
            throw new RejectedException("The police cannot have learned of it before it was discovered.");
        return [new ReferredToPolice(command.Response, command.At, command.By)];
    }
}

/// <summary>Way in of <see cref="ReferToPolice"/>.</summary>
public sealed class ReferReports(EventStore store, TimeProvider clock)
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
            foreach (var @event in ReferToPolice.Decide(new(responseId, at, context.GetCaller().Subject), report, now))
            {
                var opened = new ResponseOpened(report.Case, at);
                work.Append(id, @event, context.Meta(at));
                work.Append(responseId, opened, context.Meta(at));
                (report, response) = (report.After(@event), response.After(opened));
            }
            return ResponseAnswer.Of(response, report);
        }, ct);
    }
}
