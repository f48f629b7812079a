using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Microsoft.Extensions.Logging;

namespace LeftBehind.Pages;

internal enum Outcome { Done, Gap, Stopped, OlderRelay }

internal sealed record Passed(Outcome Outcome, LaneState Lane);

/// <summary>One page through a lane: its effects and the lane's new place in one transaction, or in one per event where a page keeps failing.</summary>
internal sealed class LanePassage(EventStore store, IPageHandler handler, ILogger log)
{
    /// <summary>Attempts at a whole page before its events are taken one by one and the failing ones parked.</summary>
    public const int AttemptsBeforeParking = 3;

    /// <summary>Takes the page if it is the next one; says why not otherwise.</summary>
    public async Task<Passed> TakeAsync(EventPage page, Pass pass, bool oneByOne, CancellationToken ct)
    {
        if (oneByOne)
            await OneByOneAsync(page, pass, ct);
        return await store.RunAsync(async work =>
        {
            var lane = await ReadAsync(work, page, ct);
            if (Admit(work, lane, page, pass) is { } outcome)
                return new Passed(outcome, lane);
            var last = lane.At(pass, page.RelayVersion);
            await HandleAsync(work, lane, pass, [.. page.Events.Where(f => f.Sequence > last && handler.Wants(f.Type))], ct);
            var moved = lane.Moved(pass, page.RelayVersion, page.Ceiling);
            LaneTable.Write(work, moved);
            return new(Outcome.Done, moved);
        }, ct);
    }

    /// <summary>Stops the lane until operations have looked at the source.</summary>
    public Task StopAsync(EventPage page, string because, CancellationToken ct) =>
        store.RunAsync(async work => Stop(work, await ReadAsync(work, page, ct), because), ct);

    private async Task<LaneState> ReadAsync(StoreWork work, EventPage page, CancellationToken ct) =>
        await LaneTable.ReadAsync(work, handler.Source, ct) ?? new(handler.Source, page.Incarnation, 0, page.RelayVersion);

    /// <summary>Null when the page is the next one.</summary>
    private Outcome? Admit(StoreWork work, LaneState lane, EventPage page, Pass pass)
    {
        if (lane.Ended.Contains(page.Incarnation))
            return Outcome.Done;
        if (lane.Incarnation != page.Incarnation)
            Stop(work, lane, $"unknown incarnation {page.Incarnation}");
        if (lane.Incarnation != page.Incarnation || lane.StoppedBecause is not null)
            return Outcome.Stopped;
        var last = lane.At(pass, page.RelayVersion);
        if (page.Floor > last)
            return Outcome.Gap;
        if (pass is Pass.Forward && page.RelayVersion > lane.RelayVersion)
            return Outcome.OlderRelay;
        if (page.Ceiling > last)
            return null;
        PageMetrics.PagesRepeated.Add(1);
        return Outcome.Done;
    }

    private void Stop(StoreWork work, LaneState lane, string because)
    {
        if (lane.StoppedBecause is null)
        {
            PageMetrics.LanesStopped.Add(1);
            log.LogCritical("Lane {Source} stopped: {Because}; the watermark {Watermark} counts in {Known}. "
                + "Check what was restored, then accept the incarnation.", handler.Source, because, lane.Watermark, lane.Incarnation);
        }
        LaneTable.Write(work, lane with { StoppedBecause = because });
    }

    /// <summary>Handles facts; those of parked streams are parked behind the one that failed, so that order is kept.</summary>
    private async Task HandleAsync(StoreWork work, LaneState lane, Pass pass, List<PagedEvent> facts, CancellationToken ct)
    {
        if (facts.Count > 0 && (pass is Pass.NewlyRelayed || facts[0].Sequence <= lane.KnownUpTo))
            facts = await KnownFacts.ExceptAsync(work, facts, ct);
        if (facts.Count == 0)
            return;
        var parked = await LaneTable.ParkedStreamsAsync(work, handler.Source, ct);
        foreach (var behind in facts.Where(f => parked.Contains(f.Stream)))
            LaneTable.Park(work, lane, behind, "behind a parked event of the same stream", 0);
        facts.RemoveAll(f => parked.Contains(f.Stream));
        if (facts.Count == 0)
            return;
        if (lane.Epoch > 0)
            facts = facts.ConvertAll(lane.InEpoch);
        using var spans = new PageSpans(handler.Source, facts);
        await handler.HandleAsync(work, spans.Facts, ct);
        PageMetrics.FactsHandled.Add(facts.Count);
    }

    private async Task OneByOneAsync(EventPage page, Pass pass, CancellationToken ct)
    {
        foreach (var told in page.Events.Where(f => handler.Wants(f.Type)).GroupBy(f => f.Sequence).OrderBy(g => g.Key))
        {
            List<PagedEvent> facts = [.. told];
            try
            {
                await TakeOneAsync(page, pass, facts, parkBecause: null, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested && !Outages.IsOutage(e))
            {
                await TakeOneAsync(page, pass, facts, Outages.Describe(e), ct);
                PageMetrics.FactsParked.Add(facts.Count);
                log.LogError("Lane {Source}: parked event {Sequence} of type {Type}: {Error}", handler.Source, facts[0].Sequence, facts[0].Type, Outages.Describe(e));
            }
        }
    }

    /// <summary>Handles, or parks, the facts of one source event.</summary>
    private Task TakeOneAsync(EventPage page, Pass pass, List<PagedEvent> facts, string? parkBecause, CancellationToken ct) =>
        store.RunAsync(async work =>
        {
            var lane = await ReadAsync(work, page, ct);
            if (Admit(work, lane, page, pass) is not null || facts[0].Sequence <= lane.At(pass, page.RelayVersion))
                return;
            if (parkBecause is null)
                await HandleAsync(work, lane, pass, [.. facts], ct);
            else
                foreach (var fact in facts)
                    LaneTable.Park(work, lane, fact, parkBecause, AttemptsBeforeParking);
            LaneTable.Write(work, lane.Moved(pass, page.RelayVersion, facts[0].Sequence));
        }, ct);
}
