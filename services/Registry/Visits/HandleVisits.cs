using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Visits;

/// <summary>Ways in of what is done with one child's visits after they were recorded, each on the version that the caller saw.</summary>
public sealed class HandleVisits(EventStore store, ObligationBook book, PersonKeyTable personKeys, ReadVisit read, VisitRules rules, TimeProvider clock)
{
    public Task<V1.ChildVisits> CorrectAsync(V1.CorrectVisitRequest request, ServerCallContext context)
    {
        var (visitId, now, by) = (Requests.Id(request.VisitId, "visit_id"), clock.GetUtcNow(), context.GetCaller().Subject);
        var content = read.Content(request.Findings, request.VerifiesIdentity, request.Note, "");
        return ChangeAsync(request.ChildId, request.ExpectedVersion, context, async (work, child, visits) =>
        {
            var situation = CallMeta.StreamOf("situation", $"{visitId:N}/{visits.Version}", child.Id);
            var decided = CorrectVisit.Decide(new(visitId, situation, by, content.Content, now), child, visits).ToList();
            if (decided.Count == 0 || content.Note.Length == 0)
                return decided;
            var keys = await personKeys.LoadMany(work.Connection, work.Transaction, [child.KeyId], context.CancellationToken);
            var noted = ReadVisit.Seal(content, keys.GetValueOrDefault(child.KeyId));
            return [.. decided.Select(e => e is VisitCorrected corrected ? corrected with { Content = noted } : e)];
        });
    }

    public Task<V1.ChildVisits> AcknowledgeAsync(V1.AcknowledgeSituationRequest request, ServerCallContext context)
    {
        var command = new AcknowledgeSituation(Requests.Id(request.SituationId, "situation_id"), context.GetCaller().Subject, clock.GetUtcNow());
        return ChangeAsync(request.ChildId, request.ExpectedVersion, context, (_, _, visits) => Task.FromResult(AcknowledgeSituation.Decide(command, visits).ToList()));
    }

    private Task<V1.ChildVisits> ChangeAsync(
        string childId, long expected, ServerCallContext context, Func<StoreWork, Child, ChildVisits, Task<List<VisitsEvent>>> decide)
    {
        var (asked, now, ct) = (Requests.Id(childId, "child_id"), clock.GetUtcNow(), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var child = await Canonical.LoadAsync(work, asked, ct);
            context.Require(child.Exists ? child.Facts.Residence : null);
            var (id, meta, duties) = (ChildVisits.IdOf(child.Id), context.Meta(now), new DutyChanges());
            var visits = (await work.LoadAsync<ChildVisits>([id], ct))[id];
            var decided = await decide(work, child, visits);
            if (decided.Count > 0 && expected != visits.Version)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the visits are at version {visits.Version}"));
            foreach (var one in decided)
            {
                var @event = visits.Told(child.Id, one);
                work.Append(id, @event, meta);
                visits = visits.After(@event);
                if (@event is SituationReported situation)
                    duties.Reported(child.Id, situation, rules.TownOf(situation.Village), meta);
                else if (@event is SituationAcknowledged acknowledged)
                    duties.Acknowledged(child.Id, acknowledged.SituationId, meta);
            }
            if (decided.Count > 0)
                VisitRows.Write(work, [VisitRow.Of(child.Id, visits, visits.Plan ?? VisitPlan.Of(child, null, false, false))]);
            await duties.ApplyAsync(work, book, ct);
            return VisitAnswers.Of(child.Id, visits, context.GetCaller(), new Dictionary<Guid, PersonKey>());
        }, ct);
    }
}
