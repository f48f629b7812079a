using JasperFx;
using JasperFx.Events.Daemon;
using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeftBehind.EventLog;

/// <summary>
/// Of all processes of a service one leads: relay and folds run there alone. The leader holds a lock on a connection of its own
/// that is idle between two pings. Killed, it loses the lock with its socket; frozen, with the ping that does not come. Whoever
/// thaws still believes to lead until its next ping; its pages are told twice and ignored, its folds fail on moved progress.
/// </summary>
public sealed class Leader(IDocumentStore marten, EventStore store, LeaderLock held, TimeProvider clock, ILogger<Leader> log) : BackgroundService
{
    /// <summary>How often a leader pings and a successor asks.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PausedFor = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var term = await held.TakeAsync(store.Schema, Beat, stoppingToken);
                log.LogInformation("Leads {Schema}: relay and folds run here", store.Schema);
                await LeadAsync(term, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Does not lead {Schema} ({Error}), asks again", store.Schema, e.GetType().Name);
                await Task.Delay(Beat, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task LeadAsync(LeaderLock.Term term, CancellationToken ct)
    {
        using var daemon = await marten.BuildProjectionDaemonAsync(logger: log);
        try
        {
            while (true)
            {
                foreach (var shard in ((StoreOptions)marten.Options).Projections.AllShards().Select(s => s.Name))
                    if (daemon.CurrentAgents().FirstOrDefault(a => a.Name.Equals(shard)) is not { } agent || HasPaused(agent))
                        await daemon.StartAgentAsync(shard.Identity, ct);
                await Task.Delay(Beat, ct);
                await term.PingAsync(ct);
            }
        }
        finally
        {
            // What a page was about to write goes back with its transaction and is done again by whoever leads next. Asked to drain, an agent that has nothing to
            // do lets its five seconds pass.
            await Task.WhenAll(daemon.CurrentAgents().Select(agent => agent.HardStopAsync()));
            await daemon.StopAllAsync();
        }
    }

    /// <summary>A shard that failed is tried again after a while, for ever: no event is skipped.</summary>
    private bool HasPaused(ISubscriptionAgent agent) =>
        agent is { Status: AgentStatus.Paused, PausedTime: { } since } && clock.GetUtcNow() - since > PausedFor;
}
