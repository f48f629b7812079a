using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.Pages;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;
using LeftBehind.Protos.Platform.V1;
using Npgsql;

namespace LeftBehind.Platform.Feed;

/// <summary>The change feed: what is behind the cursor, then what comes. Whoever breaks off goes on with the last cursor, and misses and skips nothing.</summary>
public sealed class ChangeFeedService(NpgsqlDataSource database, SourceIdentity identity, DivisionTree tree, IHostApplicationLifetime lifetime, TimeProvider clock)
    : ChangeFeed.ChangeFeedBase
{
    private const int AnAnswer = 500;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private readonly FeedLog log = new(database);

    public override async Task ReadChanges(ReadChangesRequest request, IServerStreamWriter<Changes> responseStream, ServerCallContext context)
    {
        var division = DivisionRequests.Find(tree, request.DivisionCode, clock);
        context.Require(division);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var watched = new WatchedTree(tree);
        var (divisions, ct) = (tree.ValuesWithin(division!.Value).ToArray(), ends.Token);
        try
        {
            var incarnation = await identity.IncarnationAsync(ct);
            var at = request.Cursor.Length == 0 ? new(incarnation, 0) : LogCursor.Read(request.Cursor, incarnation);
            using var tick = new PeriodicTimer(Look, clock);
            at = await TellAsync(at, divisions, context.GetCaller(), responseStream, ct, always: true);
            while (await tick.WaitForNextTickAsync(ct))
            {
                watched.EnsureUnchanged();
                at = await TellAsync(at, divisions, context.GetCaller(), responseStream, ct);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(new(StatusCode.Unavailable, "the service stops; call again with the last cursor"));
        }
    }

    /// <summary>All that is new, however much it is; in the end once that this was all, where something was told or <paramref name="always"/>.</summary>
    private async Task<LogCursor> TellAsync(LogCursor at, long[] divisions, Caller caller, IServerStreamWriter<Changes> answers, CancellationToken ct, bool always = false)
    {
        for (var begun = at; ;)
        {
            var (sequence, facts) = await log.SinceAsync(at.Sequence, divisions, ct);
            if (sequence == at.Sequence)
            {
                if (always || at != begun)
                    await answers.WriteAsync(new() { Cursor = at.ToString(), CaughtUp = true }, ct);
                return at;
            }
            at = at with { Sequence = sequence };
            // The cursor moves with the last part of a look: whoever breaks off before it is told the look again.
            var parts = facts.Select(f => Shown(f, caller)).OfType<Change>().Chunk(AnAnswer).ToList();
            foreach (var part in parts.SkipLast(1))
                await answers.WriteAsync(new() { Changes_ = { part } }, ct);
            await answers.WriteAsync(new() { Changes_ = { parts.LastOrDefault() ?? [] }, Cursor = at.ToString() }, ct);
        }
    }

    private Change? Shown(LoggedFact fact, Caller caller) => FactWords.Shown(fact.Fact, fact.Meta, caller) is { } entry
        ? new()
        {
            EventId = fact.Id.ToString(), SubjectId = fact.Subject.ToString(), Kind = fact.Kind.ToString().ToLowerInvariant(),
            DivisionCode = tree.Code(fact.Village).ToString(), Entry = entry,
        }
        : null;
}
