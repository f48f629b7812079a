using Grpc.Core;
using LeftBehind.Calls;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Court;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.Petitions;

/// <summary>Answers "may a petition be filed?": what is there, what is missing, what is disputed.</summary>
public sealed class GetPetitionGrounds(EventStore store, TimeProvider clock)
{
    public async Task<V1.PetitionAnswer> AnswerAsync(V1.GetPetitionGroundsRequest request, ServerCallContext context)
    {
        var id = Requests.Id(request.CaseId, "case_id");
        var asOf = request.AsOf.Length == 0 ? clock.GetUtcNow() : Requests.Time(request.AsOf, "as_of");
        var found = (await store.ReadAsync<InterventionCase>([id], context.CancellationToken))[id];
        context.Require(found);
        var grounds = Grounds.Of(found, asOf);
        var barred = RecordCourtAct.Refusal(Transitions.Of(CourtAct.PetitionFiled), found);
        return new()
        {
            CaseId = id.ToString(), Version = found.Version, AsOf = Requests.Written(asOf),
            MayBeFiled = barred is null && grounds.Any(g => g.MayBePleaded), Barred = barred ?? "",
            Grounds = { grounds.Select(Of) },
            Petitioners = { FilePetition.Entitled.Select(p => CaseAnswer.Word<V1.Petitioner>(p)) },
        };
    }

    private static V1.GroundFinding Of(GroundFinding ground) => new()
    {
        Ground = CaseAnswer.Word<V1.PetitionGround>(ground.Ground), Basis = CaseAnswer.Word<V1.PleadingBasis>(ground.Basis),
        Shown = ground.Shown, MayBePleaded = ground.MayBePleaded,
        Limbs =
        {
            from limb in ground.Limbs
            select new V1.LimbFinding
            {
                Limb = CaseAnswer.Word<V1.Limb>(limb.Limb), State = CaseAnswer.Word<V1.LimbState>(limb.State), Counted = limb.Counted, Needed = limb.Needed,
                EvidenceIds = { limb.Items.Select(i => i.ToString()) },
            },
        },
    };
}
