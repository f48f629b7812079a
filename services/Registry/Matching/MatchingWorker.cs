using System.Diagnostics;
using LeftBehind.EventLog;
using Microsoft.Extensions.Hosting;

namespace LeftBehind.Registry.Matching;

/// <summary>
/// Walks the files that are due for comparison. It works a tenth of the time at most, unless configured otherwise, so that a bulk push keeps its pace; what a
/// quiet day brings is compared within a second.
/// </summary>
public sealed class MatchingWorker(EventStore store, SuspectDuplicates suspect, RegistryRules rules, TimeProvider clock, ILogger<MatchingWorker> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var swept = clock.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            var rest = Idle;
            try
            {
                if (clock.GetElapsedTime(swept) > BetweenSweeps)
                {
                    await NameIndex.ForgetErasedAsync(store.Database, store.Schema, stoppingToken);
                    swept = clock.GetTimestamp();
                }
                var began = Stopwatch.GetTimestamp();
                if (await suspect.StepAsync(stoppingToken) > 0)
                    rest = rules.RestForMatching * Stopwatch.GetElapsedTime(began);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Files due for comparison could not be taken ({Error}); they are taken again", e.GetType().Name);
            }
            await Task.Delay(rest, clock, stoppingToken);
        }
    }
}
