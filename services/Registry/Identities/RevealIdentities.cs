using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.ReadLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;
using LeftBehind.Registry.Matching;
using LeftBehind.Sealing;
using Npgsql;
using Household = LeftBehind.Registry.Households.Household;

namespace LeftBehind.Registry.Identities;

/// <summary>
/// Names the children behind ids to those who may know them. Every read is recorded in the same transaction, with purpose,
/// before anything is answered (未成年人网络保护条例 §36). A phone is a contact, told to those alone who read contacts. Ids outside the caller's divisions are left out, as unknown ones are.
/// </summary>
public sealed class RevealIdentities(EventStore store, PersonKeyTable personKeys)
{
    private const int MostIds = 200;

    public async Task<RevealedIdentities> AnswerAsync(RevealIdentitiesRequest request, Caller caller, CancellationToken ct)
    {
        var purpose = PersonalReads.Purpose(request.Purpose);
        if (request.ChildIds.Count is 0 or > MostIds)
            throw Invalid($"child_ids: 1 to {MostIds}");
        var ids = request.ChildIds.Select((text, i) => Guid.TryParse(text, out var id) ? id : throw Invalid($"child_ids[{i}]: not a UUID")).Distinct().ToList();
        return await store.RunAsync(async work =>
        {
            var asked = await work.LoadAsync<Child>(ids, ct);
            await Canonical.LoadAsync(work, asked, ct);
            var children = ids.Select(id => Canonical.Of(asked, id)).DistinctBy(c => c.Id).Where(c => c.Exists && caller.Sees(c.Facts.Residence)).ToList();
            var households = await work.LoadAsync<Household>(children.Select(c => c.Household), ct);
            var sealedNow = await SealedAsync(work, children, households.Values, ct);
            var keys = await personKeys.LoadMany(work.Connection, work.Transaction, [.. sealedNow.Values.Select(s => s.KeyId).Distinct()], ct);
            PersonalReads.Record(work, caller, "identity", purpose, children.Select(c => new ReadOf(c.Facts.Residence, c.Id)));
            return new RevealedIdentities { Identities = { children.Select(c => Open(c, sealedNow, keys, caller.Reads(FieldGroup.Contact))) } };
        }, ct);
    }

    private static Identity Open(Child child, Dictionary<Guid, Sealed> sealedNow, Dictionary<Guid, PersonKey> keys, bool withContact)
    {
        var details = Unseal<PersonalDetails>(child.Id, sealedNow, keys);
        return new()
        {
            ChildId = child.Id.ToString(), Name = details?.Name ?? "", IdNumber = details?.IdNumber ?? "", Phone = withContact ? details?.Phone ?? "" : "",
            Address = Unseal<string>(child.Household, sealedNow, keys) ?? "", BirthDate = child.Facts.BirthDate?.ToString("yyyy-MM-dd") ?? "",
            Sex = (Sex)child.Facts.Sex, Verified = child.Facts.Verified,
        };
    }

    private static T? Unseal<T>(Guid stream, Dictionary<Guid, Sealed> sealedNow, Dictionary<Guid, PersonKey> keys) where T : class =>
        sealedNow.TryGetValue(stream, out var value) && keys.TryGetValue(value.KeyId, out var key) && key.TryUnsealJson<T>(value, out var content) ? content : null;

    /// <summary>The sealed content told last on each stream: a child's identity, a household's address.</summary>
    private static async Task<Dictionary<Guid, Sealed>> SealedAsync(StoreWork work, List<Child> children, IEnumerable<Household> households, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select distinct on (stream_id) stream_id, coalesce(data->>'identity', data->>'address') from {work.Schema}.mt_events
            where stream_id = any($1) and type = any($2) order by stream_id, version desc
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = children.Select(c => c.Id).Concat(households.Select(h => h.Id)).ToArray() });
        command.Parameters.Add(new() { Value = new[] { "child_file_opened", "child_identity_corrected", "household_registered", "household_moved", "household_corrected" } });
        var found = new Dictionary<Guid, Sealed>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (!await reader.IsDBNullAsync(1, ct) && Sealed.TryParse(reader.GetString(1), out var value))
                found[reader.GetGuid(0)] = value;
        return found;
    }

    private static RpcException Invalid(string why) => new(new(StatusCode.InvalidArgument, why));
}
