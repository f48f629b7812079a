using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeftBehind.Pages;

/// <summary>
/// Pulls once, at start, what each source has beyond the watermark: a consumer added late, or whose queue was lost, does
/// not wait for the next page to notice. Waits for sources that are not up yet.
/// </summary>
internal sealed class LaneCatchUp(IEnumerable<Lane> lanes, ILogger<LaneCatchUp> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(lanes.Select(lane => CatchUpAsync(lane, stoppingToken)));

    private async Task CatchUpAsync(Lane lane, CancellationToken ct)
    {
        for (var attempt = 1; !ct.IsCancellationRequested; attempt++)
        {
            try
            {
                await lane.CatchUpAsync(ct);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogInformation("Lane {Source} could not catch up yet ({Error})", lane.Source, e.GetType().Name);
                await Task.Delay(Backoff.After(attempt), ct);
            }
        }
    }
}
