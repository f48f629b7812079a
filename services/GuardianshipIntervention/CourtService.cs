using Grpc.Core;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Files;
using LeftBehind.GuardianshipIntervention.Petitions;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention;

/// <summary>The rpcs of a case before a court; each line hands over to the feature it belongs to.</summary>
public sealed class CourtService(HandleCourtActs acts, HandleEvidence evidence, GetPetitionGrounds grounds, GetCaseFile file) : V1.Court.CourtBase
{
    public override Task<V1.InterventionCase> AssignCase(V1.AssignCaseRequest request, ServerCallContext context) => acts.AssignAsync(request, context);

    public override Task<V1.InterventionCase> RecordCourtAct(V1.RecordCourtActRequest request, ServerCallContext context) => acts.RecordAsync(request, context);

    public override Task<V1.InterventionCase> RecordEvidence(V1.RecordEvidenceRequest request, ServerCallContext context) => evidence.RecordAsync(request, context);

    public override Task<V1.InterventionCase> DisputeEvidence(V1.DisputeEvidenceRequest request, ServerCallContext context) => evidence.DisputeAsync(request, context);

    public override Task<V1.PetitionAnswer> GetPetitionGrounds(V1.GetPetitionGroundsRequest request, ServerCallContext context) => grounds.AnswerAsync(request, context);

    public override Task<V1.CaseFile> GetCaseFile(V1.GetCaseFileRequest request, ServerCallContext context) => file.AnswerAsync(request, context);
}
