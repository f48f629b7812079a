using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Clocks;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Reports;

/// <summary>Ways in of what people decide about one report: loads it, checks the caller's reach and the version it read, decides, appends.</summary>
public sealed class HandleReports(EventStore store, SealedWords words, CaseDuties duties, ReportAnswer answers, TimeProvider clock)
{
    internal delegate Task<IEnumerable<object>> Decision(StoreWork work, Report report, DateTimeOffset now);

    /// <summary>What follows in the same transaction.</summary>
    internal delegate Task Follow(StoreWork work, Report report, EventMeta meta, CancellationToken ct);

    public Task<V1.Report> TriageAsync(V1.TriageReportRequest request, ServerCallContext context)
    {
        // Ordinary is the number nought, so every word is one.
        var urgency = Enum.IsDefined(request.Urgency) ? Enum.Parse<Contracts.Reporting.Urgency>(request.Urgency.ToString()) : throw Requests.Invalid("urgency: unknown");
        return RunAsync(request.ReportId, request.ExpectedVersion, context,
            (_, report, _) => Task.FromResult(TriageReport.Decide(new(urgency, context.GetCaller().Subject), report)));
    }

    public Task<V1.Report> SetAsideAsync(V1.SetAsideReportRequest request, ServerCallContext context)
    {
        var (what, reason) = (Requests.Word<SetAsideAs>(request.As, "as"), Texts.Prose(request.Reason, "reason", 4, 1000));
        return RunAsync(request.ReportId, request.ExpectedVersion, context, async (work, report, _) =>
        {
            var why = await words.SealAsync(work, report, reason, context.CancellationToken);
            return SetAsideReport.Decide(new(what, why, context.GetCaller().Subject), report);
        }, async (work, report, meta, ct) =>
        {
            OpenCases.Conclude(work, report.Id);
            await duties.LetGoAsync(work, report, meta, ct);
        });
    }

    /// <summary>A repeat is answered as it is, whatever version it expects; what was read before somebody changed it decides nothing.</summary>
    internal Task<V1.Report> RunAsync(string reportId, long expected, ServerCallContext context, Decision decide, Follow? follow = null, DateTimeOffset? at = null)
    {
        var (id, now, ct) = (Requests.Id(reportId, "report_id"), clock.GetUtcNow(), context.CancellationToken);
        if (expected < 1)
            throw Requests.Invalid("expected_version: at least 1");
        return store.RunAsync(async work =>
        {
            var report = (await work.LoadAsync<Report>([id], ct))[id];
            context.Require(report);
            List<object> events;
            try
            {
                events = [.. await decide(work, report, now)];
            }
            catch (RejectedException) when (report.Version != expected)
            {
                throw Moved(report);
            }
            if (events.Count == 0)
                return answers.InFull(report);
            if (report.Version != expected)
                throw Moved(report);
            var meta = context.Meta(at ?? now);
            report = work.Keep(report, events, meta);
            OpenReports.Write(work, [report]);
            if (follow is not null)
                await follow(work, report, meta, ct);
            return answers.InFull(report);
        }, ct);
    }

    private static RpcException Moved(Report report) => new(new(StatusCode.Aborted, $"expected_version: the report is at {report.Version}"));
}
