using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeftBehind.Pages;

/// <summary>
/// A consumer's side of one source: takes pages so that every fact has its effect exactly once and in order.
/// Only facts above the watermark are handled; a missing page is pulled from the source; a page that keeps failing is
/// handled fact by fact and the failing streams are parked; an unknown incarnation stops the lane.
/// </summary>
public sealed class Lane(EventStore store, IPageHandler handler, IPageSource source, ILogger<Lane> log)
{
    private const int AttemptsBeforeParking = 3;

    /// <summary>The source this lane listens to.</summary>
    public string Source => handler.Source;

    /// <summary>What is done with its facts.</summary>
    internal IPageHandler Handler => handler;

    /// <summary>Takes a page; returns when its facts are handled or parked. Waits, without losing it, while the lane is stopped.</summary>
    public async Task TakeAsync(EventPage page, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                var step = await StepAsync(page, factByFact: attempt > AttemptsBeforeParking, ct);
                if (step.Outcome is Outcome.Done)
                    return;
                if (step.Outcome is Outcome.Gap)
                    await PullAsync(step.Watermark, page.Floor, ct);
                else if (step.Outcome is Outcome.OlderRelay)
                    await PullNewlyRelayedAsync(page, step.RelayVersion, ct);
                else
                    await Task.Delay(Backoff.After(attempt), ct);
                attempt = step.Outcome is Outcome.Stopped ? attempt : 0;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("Lane {Source}: page ({Floor}, {Ceiling}] failed with {Error}, attempt {Attempt}",
                    Source, page.Floor, page.Ceiling, Describe(e), attempt);
                if (IsOutage(e))
                    attempt = Math.Min(attempt, AttemptsBeforeParking - 1);
                await Task.Delay(Backoff.After(attempt), ct);
            }
        }
    }

    /// <summary>Pulls everything that the source has beyond the watermark; for a consumer that was added late or lost its queue.</summary>
    public async Task CatchUpAsync(CancellationToken ct)
    {
        var state = await store.RunAsync(work => LaneTable.ReadAsync(work, Source, ct), ct);
        if (state?.StoppedBecause is null)
            await PullAsync(state?.Watermark ?? 0, 0, ct);
    }

    private enum Outcome { Done, Gap, Stopped, OlderRelay }

    private sealed record Step(Outcome Outcome, long Watermark, int RelayVersion);

    private async Task<Step> StepAsync(EventPage page, bool factByFact, CancellationToken ct)
    {
        while (true)
        {
            var step = await store.RunAsync(async work =>
            {
                var lane = await LaneTable.ReadAsync(work, Source, ct) ?? new(Source, page.Incarnation, 0, page.RelayVersion, null, false);
                if (lane.Incarnation != page.Incarnation)
                    return await StopAsync(work, lane, page.Incarnation);
                if (lane.StoppedBecause is not null)
                    return new Step(Outcome.Stopped, lane.Watermark, lane.RelayVersion);
                if (page.Floor > lane.Watermark)
                    return new Step(Outcome.Gap, lane.Watermark, lane.RelayVersion);
                if (page.RelayVersion > lane.RelayVersion)
                    return new Step(Outcome.OlderRelay, lane.Watermark, lane.RelayVersion);
                if (page.Ceiling <= lane.Watermark)
                {
                    PageMetrics.PagesRepeated.Add(1);
                    return new Step(Outcome.Done, lane.Watermark, lane.RelayVersion);
                }
                var fresh = page.Events.Where(f => f.Sequence > lane.Watermark && handler.Wants(f.Type)).ToList();
                if (factByFact && fresh.Count > 0)
                {
                    LaneTable.Write(work, lane);
                    return null;
                }
                await HandleAsync(work, lane, fresh, ct);
                LaneTable.Write(work, lane with { Watermark = page.Ceiling });
                return new Step(Outcome.Done, page.Ceiling, lane.RelayVersion);
            }, ct);
            if (step is not null)
                return step;
            await OneByOneAsync(page, ct);
            factByFact = false;
        }
    }

    private async Task<Step> StopAsync(StoreWork work, LaneState lane, Guid incarnation)
    {
        if (lane.StoppedBecause is null)
        {
            PageMetrics.LanesStopped.Add(1);
            log.LogCritical("Lane {Source} stopped: the source's store has incarnation {New}, the watermark counts in {Known}. "
                + "Check what was restored, then accept the incarnation.", Source, incarnation, lane.Incarnation);
        }
        LaneTable.Write(work, lane with { StoppedBecause = $"unknown incarnation {incarnation}" });
        await Task.CompletedTask;
        return new(Outcome.Stopped, lane.Watermark, lane.RelayVersion);
    }

    /// <summary>Handles facts; those of parked streams are parked behind the one that failed, so that order is kept.</summary>
    private async Task HandleAsync(StoreWork work, LaneState lane, List<PagedEvent> facts, CancellationToken ct)
    {
        if (facts.Count == 0)
            return;
        var parked = await LaneTable.ParkedStreamsAsync(work, Source, ct);
        if (parked.Count > 0)
        {
            foreach (var behind in facts.Where(f => parked.Contains(f.Stream)))
                LaneTable.Park(work, Source, behind, "behind a parked event of the same stream", 0);
            facts.RemoveAll(f => parked.Contains(f.Stream));
        }
        if (lane.Resyncing)
            facts = await KnownFacts.ExceptAsync(work, facts, ct);
        if (facts.Count == 0)
            return;
        using var spans = new PageSpans(Source, facts);
        await handler.HandleAsync(work, spans.Facts, ct);
        PageMetrics.FactsHandled.Add(facts.Count);
    }

    /// <summary>The page failed several times: every source event in its own transaction, the failing ones parked.</summary>
    private async Task OneByOneAsync(EventPage page, CancellationToken ct)
    {
        foreach (var facts in page.Events.GroupBy(f => f.Sequence).OrderBy(g => g.Key).Select(g => g.Where(f => handler.Wants(f.Type)).ToList()))
        {
            if (facts.Count == 0)
                continue;
            if (await TryOneAsync(facts, parkBecause: null, ct) is { } error)
                await TryOneAsync(facts, error, ct);
        }
    }

    /// <summary>Handles the facts of one source event, or parks them. Returns the kind of error when handling failed.</summary>
    private async Task<string?> TryOneAsync(List<PagedEvent> facts, string? parkBecause, CancellationToken ct)
    {
        try
        {
            await store.RunAsync(async work =>
            {
                var lane = await LaneTable.ReadAsync(work, Source, ct) ?? throw new InvalidOperationException("The lane has no row yet.");
                if (facts[0].Sequence <= lane.Watermark)
                    return;
                if (parkBecause is null)
                    await HandleAsync(work, lane, [.. facts], ct);
                else
                    foreach (var fact in facts)
                        LaneTable.Park(work, Source, fact, parkBecause, AttemptsBeforeParking);
                LaneTable.Write(work, lane with { Watermark = facts[0].Sequence });
            }, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && !IsOutage(e) && parkBecause is null)
        {
            return Describe(e);
        }
        if (parkBecause is not null)
        {
            PageMetrics.FactsParked.Add(facts.Count);
            log.LogError("Lane {Source}: parked event {Sequence} of type {Type}: {Error}", Source, facts[0].Sequence, facts[0].Type, parkBecause);
        }
        return null;
    }

    private async Task PullAsync(long from, long upTo, CancellationToken ct)
    {
        await foreach (var page in source.ReplayAsync(Source, from, upTo, 0, ct))
        {
            PageMetrics.PagesReplayed.Add(1);
            var step = await StepAsync(page, factByFact: false, ct);
            if (step.Outcome is not Outcome.Done)
                return;
        }
    }

    /// <summary>The source tells facts now that it kept in the house before: pull those of the past, then go on.</summary>
    private async Task PullNewlyRelayedAsync(EventPage current, int knownVersion, CancellationToken ct)
    {
        await foreach (var page in source.ReplayAsync(Source, 0, current.Floor, knownVersion, ct))
            await store.RunAsync(async work =>
            {
                var lane = (await LaneTable.ReadAsync(work, Source, ct))!;
                var facts = await KnownFacts.ExceptAsync(work, [.. page.Events.Where(f => handler.Wants(f.Type))], ct);
                await HandleAsync(work, lane, facts, ct);
            }, ct);
        await store.RunAsync(async work =>
        {
            var lane = (await LaneTable.ReadAsync(work, Source, ct))!;
            LaneTable.Write(work, lane with { RelayVersion = current.RelayVersion });
        }, ct);
    }

    /// <summary>The database or the source is away: that is no fault of any fact, so nothing is parked for it.</summary>
    private static bool IsOutage(Exception e) => e is NpgsqlException { IsTransient: true } or TimeoutException or Grpc.Core.RpcException
        or System.Net.Sockets.SocketException or IOException or OperationCanceledException
        || e is PostgresException p && (p.SqlState.StartsWith("57", StringComparison.Ordinal) || p.SqlState.StartsWith("53", StringComparison.Ordinal));

    /// <summary>The kind of an error, never its content: messages of parsers and databases may repeat what they read.</summary>
    private static string Describe(Exception e) => e is PostgresException p ? $"PostgreSQL {p.SqlState}" : e.GetType().Name;
}
