using Grpc.Core;
using LeftBehind.Calls;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.Petitions;

/// <summary>Ways in of evidence. What an item shows in words is sealed under a key of its own.</summary>
public sealed class HandleEvidence(ChangeCase change, PersonKeyTable personKeys)
{
    public Task<V1.InterventionCase> RecordAsync(V1.RecordEvidenceRequest request, ServerCallContext context)
    {
        var description = Texts.Prose(request.Description, "description", 0, 4000);
        var item = new Evidence(
            Requests.Id(request.RequestId, "request_id"), Requests.Word<Limb>(request.Limb, "limb"), Requests.Word<EvidenceKind>(request.Kind, "kind"),
            Texts.Readable(request.Organ, "organ", 1, 100), Texts.DocumentNo(request.DocumentNo, "document_no", 1, 100),
            Requests.Time(request.OccurredAt, "occurred_at"), Description: null);
        return change.RunAsync(request.CaseId, request.ExpectedVersion, item.OccurredAt, context, async (work, of, now) =>
        {
            if (description.Length == 0)
                return RecordEvidence.Decide(new(item), of, now);
            var keys = personKeys.CreateMany(1);
            var events = RecordEvidence.Decide(new(item with { Description = keys[0].SealJson(description) }), of, now).ToList();
            if (events.Count > 0)
                await personKeys.Insert(work.Connection, work.Transaction, keys, context.CancellationToken);
            return events;
        });
    }

    public Task<V1.InterventionCase> DisputeAsync(V1.DisputeEvidenceRequest request, ServerCallContext context)
    {
        var command = new DisputeEvidence(Requests.Id(request.EvidenceId, "evidence_id"), request.Disputed);
        return change.RunAsync(request.CaseId, request.ExpectedVersion, null, context, (of, _) => DisputeEvidence.Decide(command, of));
    }
}
