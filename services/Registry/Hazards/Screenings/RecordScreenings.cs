using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Hazards.Campaigns;
using LeftBehind.Registry.Hazards.Findings;
using LeftBehind.Registry.Matching;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Hazards.Screenings;

/// <summary>Way in of <see cref="ScreenChild"/>: a village's children, all of them or none, written set-based in one transaction.</summary>
public sealed class RecordScreenings(EventStore store, DivisionTree tree, PersonKeyTable personKeys, KeyedDigest digests, TimeProvider clock)
{
    public Task<V1.RecordedScreening> AnswerAsync(V1.RecordScreeningRequest request, ServerCallContext context)
    {
        var (now, ct) = (clock.GetUtcNow(), context.CancellationToken);
        var batch = ScreeningBatch.Read(request, tree, context.GetCaller().Subject, now);
        context.Require(batch.Village);
        var digest = digests.Of(request.ToByteArray());
        return store.RunAsync(async work =>
        {
            var campaign = (await work.LoadAsync<Campaign>([batch.Campaign], ct))[batch.Campaign];
            context.Require(campaign.Opened is { Division: var own } && tree.IsWithin(batch.Village, own) ? batch.Village : null);
            var files = await work.LoadAsync<Child>(batch.Children.Select(c => c.Child).Distinct(), ct);
            await Canonical.LoadAsync(work, files, ct);
            var children = batch.Children.Select(c => Canonical.Of(files, c.Child)).ToList();
            if (await ScreeningTable.DigestOfAsync(work, batch.Request, ct) is { } before)
                return CryptographicOperations.FixedTimeEquals(before, digest) ? Answer(batch, children)
                    : throw new RejectedException("The request_id was used for another screening.");
            foreach (var child in children)
                context.Require(child.Exists ? child.Facts.Residence : null);
            ScreenChild.RequireInPeriod(campaign, batch.On, WorkCalendar.DayOf(now));
            await ScreenAsync(work, batch, campaign, children, context.Meta(now), ct);
            await FindAsync(work, batch, children, context.Meta(now), ct);
            ScreeningTable.Take(work, batch.Request, digest);
            return Answer(batch, children);
        }, ct);
    }

    private async Task ScreenAsync(StoreWork work, ScreeningBatch batch, Campaign campaign, List<Child> children, EventMeta meta, CancellationToken ct)
    {
        var kind = campaign.Opened!.Kind;
        var counts = (await CountingCampaigns.LoadAsync(work, tree, [batch.Village], ct)).Of(kind, batch.Village) == campaign.Id;
        var states = await work.LoadAsync<ChildSafety>(children.Select(c => ChildSafety.IdOf(c.Id)).Distinct(), ct);
        var seen = new HashSet<Guid>();
        for (var i = 0; i < children.Count; i++)
        {
            var (child, stream) = (children[i], ChildSafety.IdOf(children[i].Id));
            if (!seen.Add(child.Id))
                throw Requests.Invalid($"children[{i}].child_id: named before");
            if (child.Facts.Residence != batch.Village)
                throw new RejectedException($"children[{i}]: lives in another village");
            foreach (var @event in Row(i, () => ScreenChild.Decide(new(campaign, batch.On, batch.Children[i].Hazards.Count > 0, counts), child, states[stream])))
                work.Append(stream, @event, meta);
        }
        ScreeningTable.Screened(work, campaign.Id, kind, [.. seen]);
    }

    /// <summary>A refusal says which row it is about.</summary>
    private static IEnumerable<ISafetyEvent> Row(int row, Func<IEnumerable<ISafetyEvent>> decide)
    {
        try
        {
            return decide();
        }
        catch (RejectedException e)
        {
            throw new RejectedException($"children[{row}]: {e.Message}");
        }
    }

    private async Task FindAsync(StoreWork work, ScreeningBatch batch, List<Child> children, EventMeta meta, CancellationToken ct)
    {
        var found = batch.Children.SelectMany((row, i) => row.Hazards.Select(h => (Hazard: h, Child: (Child?)children[i], Field: $"children[{i}]")))
            .Concat(batch.Places.Select(h => (Hazard: h, Child: (Child?)null, Field: "places"))).ToList();
        var noted = found.Where(f => f.Hazard.Note.Length > 0).ToList();
        var keys = await personKeys.LoadMany(work.Connection, work.Transaction, [.. noted.Select(f => f.Child?.KeyId).OfType<Guid>().Distinct()], ct);
        var own = new Queue<PersonKey>(personKeys.CreateMany(noted.Count(f => f.Child is null)));
        await personKeys.Insert(work.Connection, work.Transaction, own, ct);
        var hazards = work.Begin<Hazard>(found.Select(f => f.Hazard.Id));
        foreach (var (hazard, child, field) in found)
        {
            var note = hazard.Note.Length == 0 ? null : (child is null ? own.Dequeue() : keys[child.KeyId]) switch
            {
                { IsDestroyed: false } key => key.SealJson(hazard.Note),
                _ => throw new RejectedException($"{field}: the child's personal data was erased; no note is kept"),
            };
            var @event = new HazardFound(hazard.Place, note, new(batch.Campaign, child?.Id, batch.Village, hazard.Kind, HazardState.Found, batch.On));
            work.Append(hazard.Id, @event, meta);
            hazards[hazard.Id] = hazards[hazard.Id].After(@event);
        }
        HazardTable.Write(work, hazards.Values);
    }

    private static V1.RecordedScreening Answer(ScreeningBatch batch, List<Child> children) => new()
    {
        CampaignId = batch.Campaign.ToString(), PlaceHazardIds = { batch.Places.Select(h => h.Id.ToString()) },
        Children = { batch.Children.Select((row, i) => new V1.ChildScreened { ChildId = children[i].Id.ToString(), HazardIds = { row.Hazards.Select(h => h.Id.ToString()) } }) },
    };
}
