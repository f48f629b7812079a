using LeftBehind.Divisions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeftBehind.DivisionCopy;

/// <summary>
/// Brings this process's tree to what is kept of its changes: at start, before it answers, and within a second of each that follows. Every replica looks for
/// itself, so that it does not matter which of them took the change.
/// </summary>
public sealed class DivisionFollower(NpgsqlDataSource database, DivisionTree tree, DivisionLog kept, TimeProvider clock, ILogger<DivisionFollower> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim one = new(1);
    private long seen;

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            var head = await kept.HeadAsync(database, ct);
            if (head == seen)
                return;
            // What comes between the two queries is taken now, and looked at once more.
            tree.Follow(tree.Unchanged.After(await kept.ChangesAsync(database, ct)));
            seen = head;
            log.LogInformation("The division tree stands at change {Changes}", tree.History.Changes);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryAsync(stoppingToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        one.Dispose();
        base.Dispose();
    }

    private async Task TryAsync(CancellationToken ct)
    {
        try
        {
            await LookAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("The division tree could not be looked after ({Error})", e.GetType().Name);
        }
    }
}
