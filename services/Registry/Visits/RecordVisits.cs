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

/// <summary>Way in of <see cref="RecordVisit"/>: one visit of a household's children, with all that follows, in one transaction.</summary>
public sealed class RecordVisits(EventStore store, ObligationBook book, PersonKeyTable personKeys, ReadVisit read, VisitRules rules, TimeProvider clock)
{
    private const int MostChildren = 20, OldestDays = 92;

    public Task<V1.RecordedVisit> AnswerAsync(V1.RecordVisitRequest request, ServerCallContext context)
    {
        var (now, ct, by) = (clock.GetUtcNow(), context.CancellationToken, context.GetCaller().Subject);
        var visitId = CallMeta.StreamOf("visit", by, Requests.Id(request.RequestId, "request_id"));
        var at = Requests.Time(request.VisitedAt, "visited_at");
        if (at > now || at < now.AddDays(-OldestDays))
            throw Requests.Invalid($"visited_at: not in the future and at most {OldestDays} days ago");
        if (request.Children.Count is 0 or > MostChildren)
            throw Requests.Invalid($"children: 1 to {MostChildren}");
        var told = request.Children.Select((c, i) =>
            (Id: Requests.Id(c.ChildId, $"children[{i}].child_id"), Content: read.Content(c.Findings, c.VerifiesIdentity, c.Note, $"children[{i}]."))).ToList();
        return store.RunAsync(async work =>
        {
            var files = await work.LoadAsync<Child>(told.Select(t => t.Id), ct);
            await Canonical.LoadAsync(work, files, ct);
            var children = told.ConvertAll(t => (Child: Canonical.Of(files, t.Id), t.Content));
            foreach (var (child, _) in children)
                context.Require(child.Exists ? child.Facts.Residence : null);
            if (children.DistinctBy(c => c.Child.Id).Count() < children.Count)
                throw Requests.Invalid("children: a child named twice");
            if (children.Select(c => c.Child.Household).Distinct().Count() > 1)
                throw new RejectedException("The children are not of one household.");
            return await RecordAsync(work, children, visitId, at, now, context);
        }, ct);
    }

    private async Task<V1.RecordedVisit> RecordAsync(
        StoreWork work, List<(Child Child, ReadContent Content)> children, Guid visitId, DateTimeOffset at, DateTimeOffset now, ServerCallContext context)
    {
        var (ct, by) = (context.CancellationToken, context.GetCaller().Subject);
        var visits = await work.LoadAsync<ChildVisits>(children.Select(c => ChildVisits.IdOf(c.Child.Id)), ct);
        var keys = await personKeys.LoadMany(work.Connection, work.Transaction, [.. children.Where(c => c.Content.Note.Length > 0).Select(c => c.Child.KeyId).Distinct()], ct);
        var (answer, duties, rows) = (new V1.RecordedVisit { VisitId = visitId.ToString(), VisitedAt = Requests.Written(at) }, new DutyChanges(), new List<VisitRow>());
        var (meta, told) = (context.Meta(at), context.Meta(now));
        foreach (var (child, content) in children)
        {
            var id = ChildVisits.IdOf(child.Id);
            var before = visits[id];
            // A repeat seals nothing; of who was erased since, it is answered too.
            var isNew = !before.Visits.Exists(v => v.Id == visitId);
            var command = new RecordVisit(visitId, CallMeta.StreamOf("situation", visitId.ToString("N"), child.Id), at, by,
                isNew ? ReadVisit.Seal(content, keys.GetValueOrDefault(child.KeyId)) : content.Content, now);
            foreach (var decided in RecordVisit.Decide(command, child, before, rules).ToList())
            {
                var @event = visits[id].Told(child.Id, decided);
                work.Append(id, @event, @event is VisitRecorded ? meta : told);
                visits[id] = visits[id].After(@event);
                if (@event is SituationReported situation)
                    duties.Reported(child.Id, situation, rules.TownOf(situation.Village), told);
            }
            duties.Visited(child.Id, before.Duty, visits[id].Duty, meta, told);
            if (isNew)
                rows.Add(VisitRow.Of(child.Id, visits[id], visits[id].Plan ?? VisitPlan.Of(child, null, false, false)));
            answer.Children.Add(Answered(child.Id, visitId, visits[id]));
        }
        VisitRows.Write(work, rows);
        await duties.ApplyAsync(work, book, ct);
        return answer;
    }

    private static V1.RecordedChild Answered(Guid child, Guid visitId, ChildVisits visits) => new()
    {
        ChildId = child.ToString(), SituationId = visits.Situations.Find(s => s.Reported.VisitId == visitId)?.Reported.SituationId.ToString() ?? "",
        NextDueAt = Requests.Written(visits.Duty?.DueAt), Version = visits.Version,
    };
}
