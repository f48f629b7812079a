using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeftBehind.EventLog;

/// <summary>
/// Work that comes with time and not with a message: looks at start and then every so often, for ever. What fails is warned of and
/// looked at again the next time. It runs in every replica, so it must be harmless there, and end each batch at a commit: whatever
/// kills it, the next run goes on where it stopped.
/// </summary>
/// <param name="between">How long it rests between two looks.</param>
/// <param name="clock">What time it is.</param>
/// <param name="log">Told of failures, by their type alone.</param>
public abstract class Sweep(TimeSpan between, TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>What time it is.</summary>
    protected DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Takes all that is due by now; answers how much that was.</summary>
    public abstract Task<int> SweepAsync(CancellationToken ct);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(between, clock);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("{Sweep} failed ({Error}); it is tried again", GetType().Name, e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
