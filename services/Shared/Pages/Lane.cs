using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Microsoft.Extensions.Logging;

namespace LeftBehind.Pages;

/// <summary>
/// A consumer's side of one source: takes pages so that every fact has its effect exactly once and in order.
/// Only facts above the watermark are handled; a missing page is pulled from the source; a page that keeps failing is
/// handled event by event and the failing streams are parked; an unknown incarnation stops the lane.
/// </summary>
public sealed class Lane(EventStore store, IPageHandler handler, IPageSource source, ILogger<Lane> log)
{
    private readonly LanePassage passage = new(store, handler, log);

    /// <summary>The source this lane listens to.</summary>
    public string Source => handler.Source;

    /// <summary>What is done with its facts.</summary>
    internal IPageHandler Handler => handler;

    /// <summary>Takes a page; returns when its facts are handled or parked. Waits, without losing it, while the lane is stopped.</summary>
    public async Task TakeAsync(EventPage page, CancellationToken ct)
    {
        for (var waits = 1; !await TakenAsync(page, Pass.Forward, pulled: false, ct); waits++)
            await Task.Delay(Backoff.After(waits), ct);
    }

    /// <summary>
    /// Pulls everything that the source has beyond the watermark; for a consumer that was added late or lost its queue.
    /// Waits while the lane is stopped.
    /// </summary>
    public async Task CatchUpAsync(CancellationToken ct)
    {
        for (var waits = 1; ; waits++)
        {
            var lane = await store.RunAsync(work => LaneTable.ReadAsync(work, Source, ct), ct);
            if (lane?.StoppedBecause is null && await PullAsync(lane?.Watermark ?? 0, 0, ct))
                return;
            await Task.Delay(Backoff.After(waits), ct);
        }
    }

    /// <summary>True when the page is behind us, false when it has to wait. A failing page is tried again, an outage is waited out.</summary>
    private async Task<bool> TakenAsync(EventPage page, Pass pass, bool pulled, CancellationToken ct)
    {
        var (failures, waits, pulledFrom) = (0, 0, -1L);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                var (outcome, lane) = await passage.TakeAsync(page, pass, oneByOne: failures >= LanePassage.AttemptsBeforeParking, ct);
                if (outcome is Outcome.Done)
                    return true;
                if (outcome is Outcome.Stopped || outcome is Outcome.Gap && pulled)
                    return false;
                // The source had nothing to tell, though the page says that it has: perhaps not yet.
                if (lane.Watermark == pulledFrom)
                    await Task.Delay(Backoff.After(++waits), ct);
                pulledFrom = lane.Watermark;
                if (outcome is Outcome.Gap)
                    await PullAsync(lane.Watermark, page.Floor, ct);
                else
                    await PullNewlyRelayedAsync(page.RelayVersion, lane, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                failures += Outages.IsOutage(e) ? 0 : 1;
                log.LogWarning("Lane {Source}: page ({Floor}, {Ceiling}] failed with {Error}, {Failures} failures",
                    Source, page.Floor, page.Ceiling, Outages.Describe(e), failures);
                await Task.Delay(Backoff.After(++waits), ct);
            }
        }
    }

    /// <summary>Takes what the source tells of (from, upTo]; false when a page has to wait.</summary>
    private async Task<bool> PullAsync(long from, long upTo, CancellationToken ct)
    {
        await foreach (var page in source.ReplayAsync(Source, from, upTo, 0, ct))
        {
            PageMetrics.PagesReplayed.Add(1);
            if (!await TakenAsync(page, Pass.Forward, pulled: true, ct))
                return false;
            if (page.Ceiling < from)
            {
                await passage.StopAsync(page, $"the source's log ends at {page.Ceiling}, before the watermark", ct);
                return false;
            }
        }
        return true;
    }

    /// <summary>The source tells facts now that it kept in the house before: pull those of the past, then go on.</summary>
    private async Task PullNewlyRelayedAsync(int version, LaneState lane, CancellationToken ct)
    {
        var from = lane.At(Pass.NewlyRelayed, version);
        if (from < lane.Watermark)
            await foreach (var page in source.ReplayAsync(Source, from, lane.Watermark, lane.RelayVersion, ct))
                // A replica of the release before would tell nothing of them.
                if (page.RelayVersion < version || !await TakenAsync(page, Pass.NewlyRelayed, pulled: true, ct))
                    return;
        await store.RunAsync(async work =>
        {
            var now = await LaneTable.ReadAsync(work, Source, ct) ?? lane;
            if (now.Incarnation == lane.Incarnation && now.At(Pass.NewlyRelayed, version) >= now.Watermark)
                LaneTable.Write(work, now with { RelayVersion = version, NewerUpTo = 0 });
        }, ct);
    }
}
