using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.ReadLog;
using LeftBehind.Registry.Identities;
using LeftBehind.Registry.Matching;
using LeftBehind.Registry.Visits.Workers;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Visits;

/// <summary>
/// The visits of a child with their notes, and its worker's name, to those who read identities. Every read is recorded with its purpose
/// before anything is answered (未成年人网络保护条例 §36).
/// </summary>
public sealed class GetVisits(EventStore store, PersonKeyTable personKeys)
{
    public Task<V1.ChildVisits> AnswerAsync(V1.GetVisitsRequest request, ServerCallContext context)
    {
        var (asked, purpose) = (Requests.Id(request.ChildId, "child_id"), PersonalReads.Purpose(request.Purpose));
        var (caller, ct) = (context.GetCaller(), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var child = await Canonical.LoadAsync(work, asked, ct);
            context.Require(child.Exists ? child.Facts.Residence : null);
            var (id, village) = (ChildVisits.IdOf(child.Id), child.Facts.Residence);
            var visits = (await work.LoadAsync<ChildVisits>([id], ct))[id];
            var worker = (await work.LoadAsync<VillageWorker>([VillageWorker.IdOf(village)], ct)).Values.Single();
            var (account, name) = visits.Named is { } named && named.Village == village ? (named.Account, named.Name) : (worker.Account, worker.Name);
            Sealed?[] texts = [name, .. visits.Visits.SelectMany(v => v.Before.Add(v.Content)).Select(c => c.Note)];
            var keys = await personKeys.LoadMany(work.Connection, work.Transaction, [.. texts.OfType<Sealed>().Select(t => t.KeyId).Distinct()], ct);
            PersonalReads.Record(work, caller, "visits", purpose, new ReadOf(village, child.Id));
            var answer = VisitAnswers.Of(child.Id, visits, caller, keys);
            (answer.WorkerAccount, answer.WorkerName, answer.WorkerVersion) = (account ?? "", VisitAnswers.Unsealed(name, keys), worker.Version);
            return answer;
        }, ct);
    }
}
