using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.Intake;

/// <summary>Tells what becomes of rows from a cursor on, and goes on telling. A reader that was cut off begins again at its cursor.</summary>
public sealed class FollowReceipts(EventStore store, FollowLog follow)
{
    /// <summary>So many numbers are looked at in one query and told in one answer.</summary>
    private const long AtATime = 1000;

    /// <summary>Of one source; NOT_FOUND when it is another partner's.</summary>
    public Task OfSourceAsync(FollowReceiptsRequest request, IServerStreamWriter<ReceiptChanges> answers, ServerCallContext context)
    {
        context.RequireSource(request.Source);
        // No source holds a control character, and the database refuses some of them.
        return request.Source.Any(char.IsControl) ? throw ScopeGuard.NotFound() : RunAsync(new(request.Source, []), request.Cursor, answers, context);
    }

    /// <summary>Of all who pushed for these divisions, which the caller was asked about.</summary>
    public Task OfDivisionsAsync(long[] divisions, string cursor, IServerStreamWriter<ReceiptChanges> answers, ServerCallContext context) =>
        RunAsync(new(null, divisions), cursor, answers, context);

    private Task RunAsync(WhoseRows whose, string cursor, IServerStreamWriter<ReceiptChanges> answers, ServerCallContext context) => follow.RunAsync(
        async ct =>
        {
            var incarnation = await Incarnation.ReadAsync(store.Database, store.Schema, ct);
            var at = cursor.Length == 0 ? new(incarnation, 0) : LogCursor.Read(cursor, incarnation);
            return await TellAsync(at, whose, answers, always: true, ct);
        },
        (at, ct) => TellAsync(at, whose, answers, always: false, ct), context);

    /// <summary>All that is new, however much it is; in the end once that this was all, where something was looked at or <paramref name="always"/>.</summary>
    private async Task<LogCursor> TellAsync(LogCursor at, WhoseRows whose, IServerStreamWriter<ReceiptChanges> answers, bool always, CancellationToken ct)
    {
        var (begun, last) = (at, await ReceiptChangeTable.LastAsync(store, ct));
        while (at.Sequence < last)
        {
            var until = Math.Min(last, at.Sequence + AtATime);
            var changes = await ReceiptChangeTable.BetweenAsync(store, at.Sequence, until, whose, ct);
            at = at with { Sequence = until };
            if (changes.Count > 0)
                await answers.WriteAsync(new() { Changes = { changes }, Cursor = at.ToString() }, ct);
        }
        if (always || at != begun)
            await answers.WriteAsync(new() { Cursor = at.ToString(), CaughtUp = true }, ct);
        return at;
    }
}

/// <summary>The feed's rpc, of whichever service maps it.</summary>
public sealed class ReceiptFeedService(FollowReceipts follow) : ReceiptFeed.ReceiptFeedBase
{
    /// <inheritdoc/>
    public override Task FollowReceipts(FollowReceiptsRequest request, IServerStreamWriter<ReceiptChanges> responseStream, ServerCallContext context) =>
        follow.OfSourceAsync(request, responseStream, context);
}
