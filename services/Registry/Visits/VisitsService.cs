using Grpc.Core;
using LeftBehind.Registry.Visits.Workers;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Visits;

/// <summary>The rpcs of visits; each line hands over to the feature it belongs to.</summary>
public sealed class VisitsService(
    AssignWorkers assign, ListVillagesWithoutWorker villages, RecordVisits record, HandleVisits handle, GetVisits visits, ListDueVisits due) : V1.Visits.VisitsBase
{
    public override Task<V1.AssignedWorker> AssignWorker(V1.AssignWorkerRequest request, ServerCallContext context) => assign.AnswerAsync(request, context);

    public override Task<V1.VillagesWithoutWorker> ListVillagesWithoutWorker(V1.ListVillagesWithoutWorkerRequest request, ServerCallContext context) =>
        villages.AnswerAsync(request, context);

    public override Task<V1.RecordedVisit> RecordVisit(V1.RecordVisitRequest request, ServerCallContext context) => record.AnswerAsync(request, context);

    public override Task<V1.ChildVisits> CorrectVisit(V1.CorrectVisitRequest request, ServerCallContext context) => handle.CorrectAsync(request, context);

    public override Task<V1.ChildVisits> AcknowledgeSituation(V1.AcknowledgeSituationRequest request, ServerCallContext context) => handle.AcknowledgeAsync(request, context);

    public override Task<V1.ChildVisits> GetVisits(V1.GetVisitsRequest request, ServerCallContext context) => visits.AnswerAsync(request, context);

    public override Task<V1.DueVisits> ListDueVisits(V1.ListDueVisitsRequest request, ServerCallContext context) => due.AnswerAsync(request, context);
}
