using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Children;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>
/// Ways in of a case. A case lies where Registry says that its child lives; the caller is not asked. Cases are not assigned to
/// anybody yet, so only those whose right needs no assignment (county civil affairs) meet one; everybody else is answered as if
/// there were none, and so is whoever names a child that is not on file.
/// </summary>
public sealed class HandleCases(EventStore store, DivisionTree tree, TimeProvider clock)
{
    public Task<V1.InterventionCase> RecordAsync(V1.RecordConductRequest request, ServerCallContext context)
    {
        var (now, ct) = (clock.GetUtcNow(), context.CancellationToken);
        var (child, respondent, step) = Read(request);
        return store.RunAsync(async work =>
        {
            var place = await ChildPlaces.OfAsync(work, child, ct);
            context.Require(place?.Village);
            var command = new RecordConduct(new(child, place!.Village, respondent), step, place.State);
            var id = await OpenCases.OfAsync(work, child, respondent, ct) ?? CallMeta.StreamOf("case", context.GetCaller().Subject, step.Request);
            var open = (await work.LoadAsync<InterventionCase>([id], ct))[id];
            foreach (var @event in RecordConduct.Decide(command, open, now).ToList())
            {
                work.Append(id, @event, context.Meta(command.Step.OccurredAt));
                open = open.After(@event);
                if (@event is CaseOpened opened)
                    OpenCases.Open(work, opened.Of, id);
            }
            return Answer(open);
        }, ct);
    }

    public async Task<V1.InterventionCase> ReadAsync(V1.GetCaseRequest request, ServerCallContext context)
    {
        var id = Requests.Id(request.CaseId, "case_id");
        var found = (await store.ReadAsync<InterventionCase>([id], context.CancellationToken))[id];
        context.Require(found.Of?.Division);
        return Answer(found);
    }

    private static (Guid Child, Respondent Respondent, Step Step) Read(V1.RecordConductRequest request) => (
        Requests.Id(request.ChildId, "child_id"), Requests.Word<Respondent>(request.Respondent, "respondent"),
        new(Requests.Id(request.RequestId, "request_id"), Requests.Word<Conduct>(request.Conduct, "conduct"), Requests.Word<InterventionAct>(request.Act, "act"),
            Texts.Readable(request.Organ, "organ", 1, 100), Texts.DocumentNo(request.DocumentNo, "document_no", 1, 100), Requests.Time(request.OccurredAt, "occurred_at")));

    private V1.InterventionCase Answer(InterventionCase found) => new()
    {
        CaseId = found.Id.ToString(), ChildId = found.Of!.Child.ToString(), DivisionCode = tree.Code(found.Of.Division).ToString(),
        Respondent = Enum.Parse<V1.Respondent>(found.Of.Respondent.ToString()),
        HighestAct = Ladder.Highest(found.Steps) is { } highest ? Enum.Parse<V1.InterventionAct>(highest.Act.ToString()) : default,
        Steps =
        {
            from s in found.Steps.OrderBy(s => s.OccurredAt)
            select new V1.Step
            {
                Conduct = Enum.Parse<V1.Conduct>(s.Conduct.ToString()), Act = Enum.Parse<V1.InterventionAct>(s.Act.ToString()),
                Organ = s.Organ, DocumentNo = s.DocumentNo, OccurredAt = Requests.Written(s.OccurredAt),
            },
        },
    };
}
