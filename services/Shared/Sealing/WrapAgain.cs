using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeftBehind.Sealing;

/// <summary>
/// Rotation of the master key: after a start with a new one, wraps every key of a person again that a former one wrapped, a
/// thousand at a time, while the service works. Once it says that it is done, the former keys may leave the configuration.
/// </summary>
public sealed class WrapAgain(NpgsqlDataSource database, PersonKeyTable keys, MasterKey master, ILogger<WrapAgain> log) : BackgroundService
{
    private const int AtATime = 1000;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var last = Guid.Empty;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await keys.DestroyAgainAsync(database, stoppingToken) is > 0 and var again)
                    log.LogWarning("{Keys} keys that were destroyed had come back, with a backup perhaps, and are destroyed again", again);
                while (await keys.WrapAgainAsync(database, last, AtATime, stoppingToken) is { } wrapped)
                    last = wrapped;
                log.LogInformation("Every key of a person is wrapped by master key {MasterKey}", master.Id);
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Keys of persons could not be wrapped again ({Error}); it is tried again", e.GetType().Name);
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
