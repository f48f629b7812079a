using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;
using LeftBehind.Registry.Matching;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Erasure;

/// <summary>
/// Way in of <see cref="EraseChild"/>: events, keys and every row made of the child's data in one transaction. The comparison of
/// files waits meanwhile, else one that had opened the child's name before would write it into the index after.
/// </summary>
public sealed class EraseChildren(EventStore store, PersonKeyTable personKeys, TimeProvider clock) : V1.Erasure.ErasureBase
{
    /// <inheritdoc/>
    public override async Task<V1.ErasedChild> EraseChild(V1.EraseChildRequest request, ServerCallContext context)
    {
        var (id, ct) = (Requests.Id(request.ChildId, "child_id"), context.CancellationToken);
        var command = new EraseChild(Requests.Word<ErasureGround>(request.Ground, "ground"), Texts.DocumentNo(request.DocumentNo, "document_no", 1, 100));
        if (request.ExpectedVersion < 1)
            throw Requests.Invalid("expected_version: at least 1");
        await using var matching = await store.Database.OpenConnectionAsync(ct);
        await using var alone = await matching.BeginTransactionAsync(ct);
        await SuspectDuplicates.AloneAsync(matching, alone, store.Schema, ct);
        return await store.RunAsync(async work =>
        {
            var files = await work.LoadAsync<Child>([id], ct);
            await Canonical.LoadAsync(work, files, ct);
            var child = Canonical.Of(files, id);
            context.Require(child.Exists ? child.Facts.Residence : null);
            if (!child.Erased && child.Version != request.ExpectedVersion)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the file is at version {child.Version}"));
            if (!child.Erased)
                child = await EraseAsync(work, command, child, context.Meta(clock.GetUtcNow()), ct);
            return new V1.ErasedChild { ChildId = child.Id.ToString(), Version = child.Version };
        }, ct);
    }

    private async Task<Child> EraseAsync(StoreWork work, EraseChild command, Child child, EventMeta meta, CancellationToken ct)
    {
        var files = await WholeAsync(work, child, ct);
        var rows = await RowsOfChild.LoadAsync(work, files, ct);
        foreach (var file in files.Values.ToList())
            foreach (var @event in Erasure.EraseChild.Decide(command, file, file.Pupils.Concat(rows.PupilsOf(file))))
            {
                work.Append(file.Id, @event, meta);
                files[file.Id] = file.After(@event);
            }
        var keys = files.Values.Select(f => f.KeyId).ToHashSet();
        var households = await work.LoadAsync<Household>(files.Values.SelectMany(f => f.Households).Distinct(), ct);
        var erased = files.Keys.ToHashSet();
        foreach (var household in households.Values)
            foreach (var @event in Erasure.EraseChild.OfHousehold(household, erased).ToList())
            {
                work.Append(household.Id, @event, meta);
                if (@event is HouseholdErased)
                    keys.UnionWith(household.Keys);
            }
        await personKeys.Destroy(work.Connection, work.Transaction, keys, ct);
        var persons = households.Values.SelectMany(h => h.Members.Where(m => m.Value.ChildId is { } c && erased.Contains(c)).Select(m => m.Key)).ToHashSet();
        await rows.ForgetAsync(work, persons, ct);
        return files[child.Id];
    }

    /// <summary>The file with all that were merged into it: they are one child.</summary>
    private static async Task<Dictionary<Guid, Child>> WholeAsync(StoreWork work, Child child, CancellationToken ct)
    {
        var whole = new Dictionary<Guid, Child> { [child.Id] = child };
        while (whole.Values.SelectMany(f => f.Joined.Keys).Where(id => !whole.ContainsKey(id)).Distinct().ToList() is { Count: > 0 } joined)
            foreach (var (id, file) in await work.LoadAsync<Child>(joined, ct))
                whole[id] = file;
        return whole;
    }
}
