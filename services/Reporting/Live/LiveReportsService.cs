using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Live;

/// <summary>The live work list: what stands, then what changes. Each watcher looks at the log a few times a second, by its key alone.</summary>
public sealed class LiveReportsService(EventStore store, SourceIdentity identity, DivisionTree tree, IHostApplicationLifetime lifetime, TimeProvider clock)
    : V1.LiveReports.LiveReportsBase
{
    private const int AnAnswer = 100;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private readonly LiveLog log = new(store);

    public override async Task WatchReports(V1.WatchReportsRequest request, IServerStreamWriter<V1.LiveAnswer> responseStream, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var (divisions, ct) = (tree.ValuesWithin(division!.Value).ToHashSet(), ends.Token);
        try
        {
            var incarnation = await identity.IncarnationAsync(ct);
            var at = request.Cursor.Length == 0
                ? await TellListAsync(new(incarnation, 0), divisions, responseStream, context, ct)
                : await TellCursorAsync(LogCursor.Read(request.Cursor, incarnation), responseStream, ct);
            using var tick = new PeriodicTimer(Look, clock);
            do
                at = await TellChangesAsync(at, divisions, responseStream, context, ct);
            while (await tick.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(new(StatusCode.Unavailable, "the service stops; call again with the last cursor"));
        }
    }

    /// <summary>Whoever broke off within the list begins anew: until it is complete, its cursor lies before everything.</summary>
    private async Task<LogCursor> TellListAsync(LogCursor at, HashSet<long> divisions, IServerStreamWriter<V1.LiveAnswer> answers, ServerCallContext context, CancellationToken ct)
    {
        var (sequence, reports, responses) = await log.NowAsync(divisions, ct);
        var shown = Shown(reports, responses, divisions, context.GetCaller()).OrderByDescending(r => r.Urgency).ThenBy(r => r.ReportedAt, StringComparer.Ordinal).ToList();
        var end = at with { Sequence = sequence };
        foreach (var part in shown.Chunk(AnAnswer).SkipLast(1))
            await answers.WriteAsync(new() { Reports = { part }, Cursor = at.ToString() }, ct);
        await answers.WriteAsync(new() { Reports = { shown.Chunk(AnAnswer).LastOrDefault() ?? [] }, Cursor = end.ToString(), Complete = true }, ct);
        return end;
    }

    private static async Task<LogCursor> TellCursorAsync(LogCursor at, IServerStreamWriter<V1.LiveAnswer> answers, CancellationToken ct)
    {
        await answers.WriteAsync(new() { Cursor = at.ToString(), Complete = true }, ct);
        return at;
    }

    /// <summary>All that changed since, however much it is.</summary>
    private async Task<LogCursor> TellChangesAsync(LogCursor at, HashSet<long> divisions, IServerStreamWriter<V1.LiveAnswer> answers, ServerCallContext context, CancellationToken ct)
    {
        while (true)
        {
            var (sequence, reports, responses) = await log.SinceAsync(at.Sequence, ct);
            if (sequence == at.Sequence)
                return at;
            at = at with { Sequence = sequence };
            var shown = Shown(reports, responses, divisions, context.GetCaller()).ToList();
            if (shown.Count > 0)
                await answers.WriteAsync(new() { Reports = { shown }, Cursor = at.ToString(), Complete = true }, ct);
        }
    }

    private IEnumerable<V1.LiveReport> Shown(IEnumerable<Report> reports, Dictionary<Guid, Response> responses, HashSet<long> divisions, Caller caller) =>
        from report in reports
        where divisions.Contains(report.Case.Division.Value) && !report.IsConcerned(caller)
        let response = report.Response is { } id ? responses[id] : null
        select new V1.LiveReport
        {
            ReportId = report.Id.ToString(), Standing = Enum.Parse<V1.Standing>(report.State.ToString()), Open = report.IsOpenCase,
            Urgency = Enum.Parse<V1.Urgency>(report.Case.Urgency.ToString()), Situations = { report.Situations.Select(s => Enum.Parse<V1.Situation>(s.ToString())) },
            DivisionCode = tree.Code(report.Case.Division).ToString(), ReportedAt = Requests.Written(report.ReportedAt), ResponseId = response?.Id.ToString() ?? "",
            ResponseState = response is null ? V1.ResponseState.Unspecified : Enum.Parse<V1.ResponseState>(response.State.ToString()),
        };
}
