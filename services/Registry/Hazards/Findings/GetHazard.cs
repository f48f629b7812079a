using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.ReadLog;
using LeftBehind.Registry.Identities;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Hazards.Findings;

/// <summary>A hazard with its note. The note may name people: the read is recorded with its purpose, before it is answered (未成年人网络保护条例 §36).</summary>
public sealed class GetHazard(EventStore store, DivisionTree tree, PersonKeyTable personKeys)
{
    public Task<V1.HazardRecord> AnswerAsync(V1.GetHazardRequest request, ServerCallContext context)
    {
        var (id, purpose) = (Requests.Id(request.HazardId, "hazard_id"), PersonalReads.Purpose(request.Purpose));
        var (caller, ct) = (context.GetCaller(), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var hazard = (await work.LoadAsync<Hazard>([id], ct))[id];
            context.Require(hazard.Facts?.Division);
            if (hazard.Note is not { } note)
                return HazardAnswer.Of(hazard, tree);
            var keys = await personKeys.LoadMany(work.Connection, work.Transaction, [note.KeyId], ct);
            PersonalReads.Record(work, caller, "hazard", purpose, new ReadOf(hazard.Facts!.Division, hazard.Facts.ChildId is { } child ? [id, child] : [id]));
            return HazardAnswer.Of(hazard, tree, keys.TryGetValue(note.KeyId, out var key) && key.TryUnsealJson<string>(note, out var text) ? text : "");
        }, ct);
    }
}
