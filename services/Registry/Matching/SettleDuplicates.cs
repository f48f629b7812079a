using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Matching;

/// <summary>An officer settles a pair: merges it by a link, dismisses it, or takes a merge back. Both files must lie inside the caller's divisions.</summary>
public sealed class SettleDuplicates(EventStore store, WhatFollows follows, TimeProvider clock)
{
    public Task<V1.DuplicateSettled> ConfirmAsync(V1.ConfirmDuplicateRequest request, ServerCallContext context) =>
        SettleAsync(request.ChildId, request.OtherId, request.ExpectedVersion, context, (pair, review) =>
            (MergeFiles.Confirm(pair.Child, pair.Canonical, pair.Pupils, Today), ReviewState.Confirmed));

    public Task<V1.DuplicateSettled> DismissAsync(V1.DismissDuplicateRequest request, ServerCallContext context)
    {
        var reason = Requests.Word<DismissalReason>(request.Reason, "reason");
        return SettleAsync(request.ChildId, request.OtherId, request.ExpectedVersion, context, (pair, review) =>
            (MergeFiles.Dismiss(pair.Child, pair.Other.Id, reason, review?.State), ReviewState.Dismissed));
    }

    public Task<V1.DuplicateSettled> UnlinkAsync(V1.UnlinkDuplicateRequest request, ServerCallContext context)
    {
        var reason = Requests.Word<UnmergeReason>(request.Reason, "reason");
        return SettleAsync(request.ChildId, "", request.ExpectedVersion, context, (pair, review) =>
            (MergeFiles.Unlink(pair.Child, pair.Other, pair.Pupils, reason, file => pair.Files[file], Today), ReviewState.Dismissed));
    }

    private DateOnly Today => WorkCalendar.DayOf(clock.GetUtcNow());

    private async Task<V1.DuplicateSettled> SettleAsync(string childId, string otherId, long expectedVersion, ServerCallContext context,
        Func<Pair, ReviewedPair?, (IEnumerable<(Guid File, IChildEvent Event)> Events, ReviewState State)> decide)
    {
        var (id, ct) = (Requests.Id(childId, "child_id"), context.CancellationToken);
        var other = otherId.Length == 0 ? (Guid?)null : Requests.Id(otherId, "other_id");
        return await store.RunAsync(async work =>
        {
            var pair = await LoadAsync(work, id, other, context, ct);
            var review = (await DuplicateReview.LoadAsync(work, [(id, pair.Other.Id)], ct)).FirstOrDefault();
            var (decided, state) = decide(pair, review);
            var events = decided.ToList();
            if (events.Count > 0 && !(expectedVersion <= pair.Child.Version && expectedVersion >= (pair.Child.MergedInto is null ? pair.Child.Version : pair.Child.MergedAt)))
                throw new RpcException(new(StatusCode.Aborted, "the file changed since it was read; read it again"));
            var changed = pair.Files;
            foreach (var (file, @event) in events)
            {
                work.Append(file, @event, context.Meta(clock.GetUtcNow()));
                changed[file] = changed[file].After(@event);
            }
            if (events.Count > 0)
            {
                DuplicateReview.Write(work, [(review ?? Unsuspected(pair)) with { State = state }]);
                MatchDue.Write(work, changed[id].MergedInto is null && pair.Child.MergedInto is not null ? [id] : []);
                await follows.OfAsync(work, changed.Values, context.Meta(clock.GetUtcNow()), ct);
            }
            return new V1.DuplicateSettled { ChildId = Canonical.Of(changed, id).Id.ToString(), Version = changed[id].Version };
        }, ct);
    }

    private static async Task<Pair> LoadAsync(StoreWork work, Guid id, Guid? otherId, ServerCallContext context, CancellationToken ct)
    {
        var children = await work.LoadAsync<Child>(otherId is { } asked ? [id, asked] : [id], ct);
        await Canonical.LoadAsync(work, children, ct);
        var child = children[id];
        context.Require(child.Exists ? child.Facts.Residence : null);
        var other = children[otherId ?? child.MergedInto ?? id];
        context.Require(other.Exists ? other.Facts.Residence : null);
        var canonical = Canonical.Of(children, other.Id);
        context.Require(canonical.Facts.Residence);
        await Canonical.LoadJoinedAsync(work, children, ct);
        return new(child, other, canonical, children, [.. Canonical.PupilsOf(children, child)]);
    }

    /// <summary>A pair that a person found where no rule did.</summary>
    private ReviewedPair Unsuspected(Pair pair) => new(pair.Child.Id, pair.Other.Id, ReviewState.Suspected, 0, "", pair.Child.Facts.Residence,
        pair.Other.Facts.Residence, clock.GetUtcNow());

    private sealed record Pair(Child Child, Child Other, Child Canonical, Dictionary<Guid, Child> Files, IReadOnlyList<Guid> Pupils);
}
