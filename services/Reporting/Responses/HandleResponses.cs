using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Reports;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Responses;

/// <summary>Ways in of the commands on a response: loads it with its report, checks the caller's reach, decides, appends.</summary>
public sealed class HandleResponses(EventStore store, ResponseDuties duties, CaseDuties immediate, ResponseAnswer answers, TimeProvider clock)
{
    /// <summary>Decides on a response, given its report and the time now.</summary>
    public delegate Task<IEnumerable<object>> Decision(StoreWork work, Response response, Report report, DateTimeOffset now);

    public Task<V1.Response> AnswerAsync(
        V1.NoticeRequest request, Func<Notice, Response, Report, DateTimeOffset, IEnumerable<object>> decide, ServerCallContext context)
    {
        var notice = new Notice(Requests.Time(request.At, "at"), context.GetCaller().Subject);
        return RunAsync(request.ResponseId, notice.At, context, (_, response, report, now) => Task.FromResult(decide(notice, response, report, now)));
    }

    public Task<V1.Response> CloseAsync(V1.CloseResponseRequest request, ServerCallContext context) =>
        RunAsync(request.ResponseId, clock.GetUtcNow(), context, (work, response, report, now) =>
        {
            var events = CloseResponse.Decide(new(context.GetCaller().Subject), response, report, now).ToList();
            if (events.Count > 0)
            {
                OpenReports.Write(work, [work.Keep(report, [new ReportConcluded(response.Id)], context.Meta(now))]);
                OpenCases.Conclude(work, report.Id);
            }
            return Task.FromResult<IEnumerable<object>>(events);
        });

    /// <summary>The town learns of every child of the case.</summary>
    public Task<V1.Response> NotifyTownAsync(V1.NoticeRequest request, ServerCallContext context)
    {
        var notice = new Notice(Requests.Time(request.At, "at"), context.GetCaller().Subject);
        return RunAsync(request.ResponseId, notice.At, context, async (work, response, report, now) =>
        {
            var events = Notify.Town(notice, response, report, now).ToList();
            return events.Count == 0 ? events : [.. events, .. Notify.Siblings(notice, report, (await work.LoadAsync<Report>(report.Joined, context.CancellationToken)).Values)];
        });
    }

    /// <summary>The police were sent out: the report is under handling, the immediate duty done.</summary>
    public Task<V1.Response> DispatchAsync(V1.NoticeRequest request, ServerCallContext context)
    {
        var notice = new Notice(Requests.Time(request.At, "at"), context.GetCaller().Subject);
        return RunAsync(request.ResponseId, notice.At, context, async (work, response, report, now) =>
        {
            var events = RecordDispatch.Decide(notice, response, report, now).ToList();
            if (events.Count > 0)
            {
                OpenReports.Write(work, [work.Keep(report, [new ReportUnderHandling(response.Id)], context.Meta(notice.At))]);
                await immediate.DispatchedAsync(work, response.Id, context.Meta(notice.At), context.CancellationToken);
            }
            return events;
        });
    }

    internal Task<V1.Response> RunAsync(string responseId, DateTimeOffset occurredAt, ServerCallContext context, Decision decide)
    {
        var (id, now, ct) = (Requests.Id(responseId, "response_id"), clock.GetUtcNow(), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var response = (await work.LoadAsync<Response>([id], ct))[id];
            var report = (await work.LoadAsync<Report>([response.Report], ct))[response.Report];
            context.Require(report);
            var before = response;
            response = work.Keep(response, [.. await decide(work, response, report, now)], report, context.Meta(occurredAt));
            await duties.FollowAsync(work, before, response, report, context.Meta(occurredAt), ct);
            return answers.Of(response, report);
        }, ct);
    }
}
