using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Divisions;
using LeftBehind.DivisionCopy;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Platform.Divisions.Proposals;
using Npgsql;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Divisions;

/// <summary>
/// A person of the province confirms changes of the tree: each becomes an event of Platform's log, all in one transaction. The figures take it in its place of the
/// log, the other services hear of it through the relay.
/// </summary>
public sealed class ConfirmDivisionChanges(EventStore store, DivisionTree tree, DivisionFollower follower, ProposeDivisionList propose, TimeProvider clock)
{
    private const int MostChanges = 500;

    public async Task<V1.ConfirmedChanges> AnswerAsync(V1.ConfirmDivisionChangesRequest request, ServerCallContext context)
    {
        var (id, caller, now, ct) = (Requests.Id(request.RequestId, "request_id"), context.GetCaller(), clock.GetUtcNow(), context.CancellationToken);
        if (request.ExpectedVersion < 0)
            throw Requests.Invalid("expected_version: 0 before the first change");
        // Lists are compared before the store's turn: that may take a while.
        var asked = await AskedAsync(request, caller, ct);
        var answer = await store.RunAsync(async work =>
        {
            var stream = (await work.LoadAsync<DivisionStream>([DivisionStream.StreamId], ct))[DivisionStream.StreamId];
            if (await TakenAsync(work, caller, id, ct) is { Count: > 0 } taken)
                return Answer(taken[^1], taken.Select(version => stream.Changes[(int)version - 1]));
            if (asked.By is { } changesThen && changesThen != stream.Changes.Count)
                throw Stale(stream);
            var changes = asked.Changes ?? throw new RejectedException("proposal_ids: what is named is not proposed, or no longer");
            Check(tree.Unchanged.After(stream.Changes), changes, caller, WorkCalendar.DayOf(now));
            if (stream.Changes.Count != request.ExpectedVersion)
                throw Stale(stream);
            foreach (var (place, change) in changes.Index())
                work.Append(DivisionStream.StreamId, change, context.Meta(now) with { EffectiveOn = change.EffectiveOn }, IdOf(caller, id, place));
            return Answer(stream.Changes.Count + changes.Count, changes);
        }, ct);
        await follower.LookAsync(ct);
        return answer;
    }

    /// <summary>The changes of the request; of a list those of the proposals named, null where one of them is not proposed, and after how many changes they were proposed.</summary>
    private async Task<(List<IDivisionChange>? Changes, int? By)> AskedAsync(V1.ConfirmDivisionChangesRequest request, Caller caller, CancellationToken ct)
    {
        if (request.List.Length == 0)
            return request.Changes.Count is > 0 and <= MostChanges ? ([.. request.Changes.Select(ReadChange.Of)], null) : throw Requests.Invalid($"changes: 1 to {MostChanges}");
        if (request.Changes.Count > 0)
            throw Requests.Invalid("changes: none where a list is named");
        if (request.ProposalIds.Count is 0 or > MostChanges)
            throw Requests.Invalid($"proposal_ids: 1 to {MostChanges}");
        var (ids, document) = (request.ProposalIds.Select((text, i) => Requests.Id(text, $"proposal_ids[{i}]")).ToHashSet(), Texts.DocumentNo(request.Document, "document", 1, 100));
        var (proposals, by) = await propose.ProposeAsync(request.List, caller.Division, document, ct);
        var named = proposals.Where(p => ids.Contains(p.Id) && p.Changes.Count > 0).ToList();
        var changes = named.SelectMany(p => p.Changes).ToList();
        return named.Count < ids.Count ? (null, by)
            : changes.Count <= MostChanges ? (changes, by) : throw Requests.Invalid($"proposal_ids: {MostChanges} changes at most");
    }

    private static RpcException Stale(DivisionStream stream) => new(new(StatusCode.Aborted, $"expected_version: {stream.Changes.Count} changes are confirmed"));

    /// <summary>Each by the tree that those before it make; a division outside the caller's is not found.</summary>
    private static void Check(DivisionHistory now, List<IDivisionChange> changes, Caller caller, DateOnly today)
    {
        foreach (var (place, change) in changes.Index())
        {
            if (ChangeShape.Of(now, change).Named.Any(division => !now.IsWithin(division, caller.Division)))
                throw ScopeGuard.NotFound();
            if (ForbiddenChanges.Of(now, change, today) is { } fault)
                throw new RejectedException($"changes[{place}]: {fault}");
            now = now.After(change);
        }
    }

    private static V1.ConfirmedChanges Answer(long version, IEnumerable<IDivisionChange> changes) => new()
    {
        Version = version,
        EstablishedIds =
        {
            changes.SelectMany(change => change switch
            {
                DivisionEstablished c => [c.Division],
                DivisionSplit c => c.Parts.Select(p => p.Division),
                VillagesExtracted c => [c.Division],
                _ => [],
            }).Select(d => d.ToString()),
        },
    };

    private static Guid IdOf(Caller caller, Guid request, int place) => CallMeta.StreamOf($"division_change/{place}", caller.Subject, request);

    /// <summary>The versions under which the changes of a request stand already.</summary>
    private static async Task<List<long>> TakenAsync(StoreWork work, Caller caller, Guid request, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select version from {work.Schema}.mt_events where stream_id = $1 and id = any($2) order by version", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = DivisionStream.StreamId });
        command.Parameters.Add(new() { Value = Enumerable.Range(0, MostChanges).Select(place => IdOf(caller, request, place)).ToArray() });
        var versions = new List<long>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            versions.Add(reader.GetInt64(0));
        return versions;
    }
}
