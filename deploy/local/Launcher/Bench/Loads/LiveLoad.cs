using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Launcher.Bench.Meters;
using LeftBehind.Launcher.Calls;
using LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Launcher.Bench.Loads;

/// <summary>Open loop: emergencies that a school reports, one every 50 ms, and a duty officer of the county who watches the live list.</summary>
internal sealed class LiveLoad(LocalCalls calls, string village)
{
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, TimeSpan> seen = [];
    private readonly TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From the intended call until the officer sees the report.</summary>
    internal async Task<Latencies> MeasureAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        using var call = calls.LiveReports.WatchReports(new() { DivisionCode = BenchProfile.County }, calls.Bureau(BenchProfile.County, cancellation));
        var watching = WatchAsync(call.ResponseStream, watch, cancellation);
        await complete.Task.WaitAsync(Patience, cancellation);
        var (began, caller, reports) = (watch.Elapsed, calls.As(Department.Education, Role.School, village, cancellation: cancellation), new List<Task<(string Id, TimeSpan Due)>>());
        for (var slot = 0; slot < duration / Slot; slot++)
        {
            var due = began + Slot * slot;
            if (due - watch.Elapsed is { Ticks: > 0 } early)
                await Task.Delay(early, cancellation);
            reports.Add(ReportAsync(due, caller));
        }
        var told = await Task.WhenAll(reports);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        using var timer = new PeriodicTimer(Slot);
        while (told.Any(r => !seen.ContainsKey(r.Id)))
            await timer.WaitForNextTickAsync(limit.Token);
        call.Dispose();
        await watching;
        return Latencies.Of(told.Select(r => (long)(seen[r.Id] - r.Due).TotalMicroseconds));
    }

    private async Task WatchAsync(IAsyncStreamReader<LiveAnswer> answers, Stopwatch watch, CancellationToken cancellation)
    {
        try
        {
            while (await answers.MoveNext(cancellation))
            {
                foreach (var report in answers.Current.Reports)
                    seen.TryAdd(report.ReportId, watch.Elapsed);
                if (answers.Current.Complete)
                    complete.TrySetResult();
            }
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Cancelled)
        {
            // The officer goes home.
        }
    }

    private async Task<(string Id, TimeSpan Due)> ReportAsync(TimeSpan due, CallOptions caller)
    {
        var report = await calls.Reports.ReportHarmAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), ReporterKind = ReporterKind.School, Situation = Situation.DomesticViolence, DivisionCode = village, ImmediateDanger = true,
            DiscoveredAt = DateTimeOffset.UtcNow.AddMinutes(-1).ToString("O", CultureInfo.InvariantCulture),
        }, caller);
        return (report.ReportId, due);
    }
}
