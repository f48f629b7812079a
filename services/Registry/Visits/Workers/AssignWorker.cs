using System.Text;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Visits.Workers;

/// <summary>Names a worker for a village or for one child; without an account, nobody any more.</summary>
public sealed record AssignWorker(string? Account, Sealed? Name, string NameDigest)
{
    /// <summary>Nothing when the village has this worker already.</summary>
    public static IEnumerable<WorkerAssigned> Decide(AssignWorker command, DivisionId village, VillageWorker worker) =>
        (command.Account, command.NameDigest) == (worker.Account, worker.NameDigest) ? [] : [new(village, command.Account, command.Name, command.NameDigest)];

    /// <summary>Nothing when the child has this worker already; one named in a village where it lived before counts no more.</summary>
    public static IEnumerable<VisitsEvent> Decide(AssignWorker command, Child child, ChildVisits visits)
    {
        var known = visits.Named is { } named && named.Village == child.Facts.Residence ? named : null;
        if ((command.Account, command.NameDigest) == (known?.Account, known?.NameDigest ?? ""))
            return [];
        if (child.Facts.State is not FileState.Open)
            throw new RejectedException($"the file is closed: {child.Facts.State}");
        return [new WorkerNamed(child.Facts.Residence, command.Account, command.Name, command.NameDigest)];
    }
}

/// <summary>Way in of <see cref="AssignWorker"/>: the children whom it concerns follow in the same transaction.</summary>
public sealed class AssignWorkers(EventStore store, PersonKeyTable personKeys, KeyedDigest digests, VisitDuties duties, DivisionTree tree, TimeProvider clock)
{
    private const int LongestName = 100;

    public Task<V1.AssignedWorker> AnswerAsync(V1.AssignWorkerRequest request, ServerCallContext context)
    {
        var account = Texts.Account(request.Account, "account");
        var name = Texts.Line(request.Name, "name", account is null ? 0 : 1, account is null ? 0 : LongestName);
        if (request.ExpectedVersion < 0)
            throw Requests.Invalid("expected_version: at least 0");
        return request.OfCase switch
        {
            V1.AssignWorkerRequest.OfOneofCase.VillageCode => OfVillageAsync(request, account, name, context),
            V1.AssignWorkerRequest.OfOneofCase.ChildId => OfChildAsync(request, account, name, context),
            _ => throw Requests.Invalid("of: village_code or child_id is required"),
        };
    }

    private Task<V1.AssignedWorker> OfVillageAsync(V1.AssignWorkerRequest request, string? account, string name, ServerCallContext context)
    {
        var (now, ct) = (clock.GetUtcNow(), context.CancellationToken);
        DivisionId? found = DivisionCode.TryParse(request.VillageCode, out var code) && code.Level is DivisionLevel.Village
            ? tree.Resolve(code, WorkCalendar.DayOf(now))
            : throw Requests.Invalid("village_code: 12 digits");
        context.Require(found);
        var (village, id) = (found!.Value, VillageWorker.IdOf(found.Value));
        return store.RunAsync(async work =>
        {
            var worker = (await work.LoadAsync<VillageWorker>([id], ct))[id];
            var meta = context.Meta(now);
            foreach (var asked in AssignWorker.Decide(new(account, null, DigestOf(name)), village, worker).ToList())
            {
                Expect(request.ExpectedVersion, worker.Version);
                var @event = asked with { Name = await SealAsync(work, name, ct) };
                work.Append(id, @event, meta);
                worker = worker.After(@event);
                VillageWorkers.Write(work, village, account);
                await work.FlushAsync(ct);
                var children = await work.LoadAsync<Child>(await VisitRows.InVillageAsync(work, village, ct), ct);
                await duties.FollowAsync(work, children.Values, _ => meta, ct);
            }
            return new V1.AssignedWorker { Account = worker.Account ?? "", Version = worker.Version };
        }, ct);
    }

    private Task<V1.AssignedWorker> OfChildAsync(V1.AssignWorkerRequest request, string? account, string name, ServerCallContext context)
    {
        var (asked, now, ct) = (Requests.Id(request.ChildId, "child_id"), clock.GetUtcNow(), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var child = await Canonical.LoadAsync(work, asked, ct);
            context.Require(child.Exists ? child.Facts.Residence : null);
            var (id, meta) = (ChildVisits.IdOf(child.Id), context.Meta(now));
            var visits = (await work.LoadAsync<ChildVisits>([id], ct))[id];
            foreach (var decided in AssignWorker.Decide(new(account, null, DigestOf(name)), child, visits).ToList())
            {
                Expect(request.ExpectedVersion, visits.Version);
                var @event = visits.Told(child.Id, (WorkerNamed)decided with { Name = await SealAsync(work, name, ct) });
                work.Append(id, @event, meta);
                visits = visits.After(@event);
                VisitRows.Write(work, [VisitRow.Of(child.Id, visits, visits.Plan ?? VisitPlan.Of(child, null, false, false))]);
                await work.FlushAsync(ct);
                await duties.FollowAsync(work, [child], _ => meta, ct);
                await work.FlushAsync(ct);
                visits = (await work.LoadAsync<ChildVisits>([id], ct))[id];
            }
            return new V1.AssignedWorker { Account = account ?? "", Version = visits.Version };
        }, ct);
    }

    /// <summary>A key of its own for each naming: the name goes with it, and nothing else.</summary>
    private async Task<Sealed?> SealAsync(StoreWork work, string name, CancellationToken ct)
    {
        if (name.Length == 0)
            return null;
        var keys = personKeys.CreateMany(1);
        await personKeys.Insert(work.Connection, work.Transaction, keys, ct);
        return keys[0].SealJson(name);
    }

    private string DigestOf(string name) => name.Length == 0 ? "" : Convert.ToBase64String(digests.Of(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    private static void Expect(long expected, long version)
    {
        if (expected != version)
            throw new RpcException(new(StatusCode.Aborted, $"expected_version: it is at version {version}"));
    }
}
