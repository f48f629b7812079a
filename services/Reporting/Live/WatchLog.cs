using Grpc.Core;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.Pages;

namespace LeftBehind.Reporting.Live;

/// <summary>Tells a watcher what stands, then what changes, by the log's key alone.</summary>
public sealed class WatchLog(SourceIdentity identity, FollowLog follow)
{
    private const int AnAnswer = 100;

    /// <summary>Runs until the call ends.</summary>
    /// <param name="cursor">As the caller sent it; empty = from the beginning.</param>
    /// <param name="now">What stands, and where the log ended then.</param>
    /// <param name="since">What changed after a place in the log, as it stands, and up to where that is told.</param>
    /// <param name="shown">What of it is shown to the caller, in order.</param>
    /// <param name="write">Sends an answer: items, cursor, whether the list is complete.</param>
    /// <param name="context">The call.</param>
    internal Task RunAsync<TState, TItem>(
        string cursor, Func<CancellationToken, Task<(long Sequence, TState Items)>> now, Func<long, CancellationToken, Task<(long Sequence, TState Items)>> since,
        Func<TState, IEnumerable<TItem>> shown, Func<IReadOnlyCollection<TItem>, string, bool, Task> write, ServerCallContext context)
    {
        return follow.RunAsync(BeginAsync, TellChangesAsync, context);

        async Task<LogCursor> BeginAsync(CancellationToken ct)
        {
            var incarnation = await identity.IncarnationAsync(ct);
            if (cursor.Length == 0)
                return await TellListAsync(new(incarnation, 0), ct);
            var at = LogCursor.Read(cursor, incarnation);
            await write([], at.ToString(), true);
            return at;
        }

        // Whoever broke off within the list begins anew: until it is complete, its cursor lies before everything.
        async Task<LogCursor> TellListAsync(LogCursor begin, CancellationToken ct)
        {
            var (sequence, items) = await now(ct);
            var parts = shown(items).Chunk(AnAnswer).ToList();
            foreach (var part in parts.SkipLast(1))
                await write(part, begin.ToString(), false);
            var end = begin with { Sequence = sequence };
            await write(parts.LastOrDefault() ?? [], end.ToString(), true);
            return end;
        }

        // All that changed since, however much it is.
        async Task<LogCursor> TellChangesAsync(LogCursor at, CancellationToken ct)
        {
            while (true)
            {
                var (sequence, items) = await since(at.Sequence, ct);
                if (sequence == at.Sequence)
                    return at;
                at = at with { Sequence = sequence };
                var told = shown(items).ToList();
                if (told.Count > 0)
                    await write(told, at.ToString(), true);
            }
        }
    }
}
