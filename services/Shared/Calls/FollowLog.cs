using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Divisions;
using Microsoft.Extensions.Hosting;

namespace LeftBehind.Calls;

/// <summary>A call that follows a log: it looks a few times a second, until its caller breaks off or has no right to it any more, the service stops, or divisions change.</summary>
public sealed class FollowLog(IHostApplicationLifetime lifetime, DivisionTree tree, TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs until the call ends.</summary>
    /// <param name="begin">Tells what stands; answers up to where that is.</param>
    /// <param name="goOn">Tells what is new after a place; answers up to where that is, the place itself when nothing is.</param>
    /// <param name="context">The call; told that it is to be made again when the service stops.</param>
    public async Task RunAsync(Func<CancellationToken, Task<LogCursor>> begin, Func<LogCursor, CancellationToken, Task<LogCursor>> goOn, ServerCallContext context)
    {
        var (watched, admission) = (new WatchedTree(tree), context.GetAdmission());
        using var admitted = new CancellationTokenSource(admission.HoldsFor(clock.GetUtcNow()), clock);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping, admitted.Token);
        try
        {
            var at = await begin(ends.Token);
            using var tick = new PeriodicTimer(Between, clock);
            do
            {
                watched.EnsureUnchanged();
                at = await goOn(at, ends.Token);
            }
            while (await tick.WaitForNextTickAsync(ends.Token));
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(new(StatusCode.Unavailable, "the service stops; call again with the last cursor"));
        }
        catch (OperationCanceledException) when (admitted.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            throw admission.Over();
        }
    }
}
