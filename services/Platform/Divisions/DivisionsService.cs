using Grpc.Core;
using LeftBehind.Platform.Divisions.Proposals;
using LeftBehind.Platform.Subjects;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Divisions;

/// <summary>The rpcs of the division tree.</summary>
public sealed class DivisionsService(ConfirmDivisionChanges confirm, ListDivisionChanges list, ProposeDivisionList propose, ListReassignments reassign) : V1.Divisions.DivisionsBase
{
    public override Task<V1.ConfirmedChanges> ConfirmDivisionChanges(V1.ConfirmDivisionChangesRequest request, ServerCallContext context) => confirm.AnswerAsync(request, context);

    public override Task ProposeDivisionList(V1.ProposeDivisionListRequest request, IServerStreamWriter<V1.ProposedChanges> responseStream, ServerCallContext context) =>
        propose.AnswerAsync(request, responseStream, context);

    public override Task<V1.DivisionChangeList> ListDivisionChanges(V1.ListDivisionChangesRequest request, ServerCallContext context) => list.AnswerAsync(request, context);

    public override Task<V1.Reassignments> ListReassignments(V1.ListReassignmentsRequest request, ServerCallContext context) => reassign.AnswerAsync(request, context);
}
