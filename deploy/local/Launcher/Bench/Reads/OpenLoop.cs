using System.Diagnostics;
using System.Runtime.InteropServices;
using Grpc.Core;
using LeftBehind.Launcher.Bench.Meters;

namespace LeftBehind.Launcher.Bench.Reads;

/// <summary>Calls at a fixed rate, each begun when it is due whether or not the ones before have ended.</summary>
internal static partial class OpenLoop
{
    private const long Failed = -1;

    internal static async Task<Latencies> RunAsync(int perSecond, TimeSpan duration, Func<int, Task> call)
    {
        var count = (int)(perSecond * duration.TotalSeconds);
        var calls = new Task<long>[count];
        // A thread of its own: timers of the pool wake to the millisecond only.
        await Task.Factory.StartNew(() =>
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < count; i++)
            {
                var (number, due) = (i, TimeSpan.FromSeconds((double)i / perSecond));
                while (due - watch.Elapsed is { Ticks: > 0 } early)
                    _ = Sleep((uint)Math.Max(1, early.TotalMicroseconds));
                calls[i] = Task.Run(() => TimeAsync(number, due, watch, call));
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var took = await Task.WhenAll(calls);
        return Latencies.Of(took.Where(t => t != Failed), took.Count(t => t == Failed));
    }

    private static async Task<long> TimeAsync(int number, TimeSpan due, Stopwatch watch, Func<int, Task> call)
    {
        try
        {
            await call(number);
            return (long)(watch.Elapsed - due).TotalMicroseconds;
        }
        catch (RpcException error) when (error.StatusCode is not StatusCode.Cancelled)
        {
            return Failed;
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);
}
