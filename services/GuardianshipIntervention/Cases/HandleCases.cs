using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Children;
using LeftBehind.Residences;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>
/// Ways in of a case. A case lies where Registry says that its child lives; the caller is not asked. Whoever names a child that is
/// not on file is answered as if there were none, and so is whoever of the police or justice the case is not assigned to.
/// </summary>
public sealed class HandleCases(EventStore store, WriteCases cases, DivisionTree tree, TimeProvider clock)
{
    public Task<V1.InterventionCase> RecordAsync(V1.RecordConductRequest request, ServerCallContext context)
    {
        var (now, ct) = (clock.GetUtcNow(), context.CancellationToken);
        var (child, respondent, step) = Read(request);
        return store.RunAsync(async work =>
        {
            var place = await ChildPlaces.OfAsync(work, child, ct);
            var known = await work.LoadAsync<InterventionCase>(await OpenCases.OfAsync(work, child, respondent, ct), ct);
            // What was recorded before is answered by the case that has it; what is new comes to the one that runs, or opens one.
            var of = known.Values.FirstOrDefault(c => c.Steps.Exists(s => s.Request == step.Request || s.IsSameDocument(step)))
                ?? known.Values.FirstOrDefault(c => c.State is not CaseState.Closed);
            context.Require(place?.Village, of is null ? Tie.None : Reach.TieTo(context.GetCaller(), of));
            if (of is null && CallMeta.StreamOf("case", context.GetCaller().Subject, step.Request) is var id)
                of = (await work.LoadAsync<InterventionCase>([id], ct))[id];
            var command = new RecordConduct(new(child, place!.Village, respondent), step, place.State, await ChildCares.IsEntrustedAsync(work, child, ct));
            var after = await cases.WriteAsync(work, of!, RecordConduct.Decide(command, of!, now), context.Meta(step.OccurredAt), ct);
            return CaseAnswer.Of(after, tree);
        }, ct);
    }

    public async Task<V1.InterventionCase> ReadAsync(V1.GetCaseRequest request, ServerCallContext context)
    {
        var id = Requests.Id(request.CaseId, "case_id");
        var found = (await store.ReadAsync<InterventionCase>([id], context.CancellationToken))[id];
        context.Require(found);
        return CaseAnswer.Of(found, tree);
    }

    private static (Guid Child, Respondent Respondent, Step Step) Read(V1.RecordConductRequest request) => (
        Requests.Id(request.ChildId, "child_id"), Requests.Word<Respondent>(request.Respondent, "respondent"),
        new(Requests.Id(request.RequestId, "request_id"), Requests.Word<Conduct>(request.Conduct, "conduct"), Requests.Word<InterventionAct>(request.Act, "act"),
            Texts.Readable(request.Organ, "organ", 1, 100), Texts.DocumentNo(request.DocumentNo, "document_no", 1, 100), Requests.Time(request.OccurredAt, "occurred_at"),
            request.OrganKind is V1.OrganKind.Unspecified ? null : Requests.Word<OrganKind>(request.OrganKind, "organ_kind")));
}
