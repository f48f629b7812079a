using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.ReadLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Identities;
using LeftBehind.Registry.Matching;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Care;

/// <summary>
/// A child's care. Who the carer is, is told for a stated purpose, and that is recorded in the
/// transaction that opens it, before anything is answered (未成年人网络保护条例 §36).
/// </summary>
public sealed class GetCare(EventStore store, PersonKeyTable personKeys)
{
    public async Task<V1.ChildCare> AnswerAsync(V1.GetCareRequest request, ServerCallContext context)
    {
        var (asked, caller, ct) = (Requests.Id(request.ChildId, "child_id"), context.GetCaller(), context.CancellationToken);
        var purpose = PersonalReads.OptionalPurpose(request.Purpose);
        var child = await Canonical.ReadAsync(store, asked, ct);
        context.Require(child.Exists ? child.Facts.Residence : null);
        var id = EntrustedCare.IdOf(child.Id);
        var care = (await store.ReadAsync<EntrustedCare>([id], ct))[id];
        var answer = CareAnswer.Of(child.Id, care);
        if (purpose.Length > 0 && care.Carer is { } carer)
            answer.Carer = await OpenAsync(child, carer.Identity, purpose, caller, ct);
        return answer;
    }

    private Task<V1.CarerIdentity?> OpenAsync(Child child, Sealed carer, string purpose, Caller caller, CancellationToken ct) => store.RunAsync(async work =>
    {
        PersonalReads.Record(work, caller, "carer", purpose, new ReadOf(child.Facts.Residence, child.Id));
        var keys = await personKeys.LoadMany(work.Connection, work.Transaction, [carer.KeyId], ct);
        return keys.GetValueOrDefault(carer.KeyId) is { } key && key.TryUnsealJson<CarerIdentity>(carer, out var known)
            ? new V1.CarerIdentity { Name = known.Name, IdNumber = known.IdNumber, Phone = known.Phone }
            : null;
    }, ct);
}
