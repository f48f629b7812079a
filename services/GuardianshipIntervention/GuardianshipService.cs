using Grpc.Core;
using LeftBehind.GuardianshipIntervention.Cases;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention;

/// <summary>GuardianshipIntervention's rpcs; each line hands over to the feature it belongs to.</summary>
public sealed class GuardianshipService(HandleCases handle) : V1.GuardianshipIntervention.GuardianshipInterventionBase
{
    public override Task<V1.InterventionCase> RecordConduct(V1.RecordConductRequest request, ServerCallContext context) => handle.RecordAsync(request, context);

    public override Task<V1.InterventionCase> GetCase(V1.GetCaseRequest request, ServerCallContext context) => handle.ReadAsync(request, context);
}
