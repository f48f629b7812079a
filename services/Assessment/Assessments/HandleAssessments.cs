using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Assessment.WorkList;
using LeftBehind.Calls;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Assessments;

/// <summary>Ways in of the officers' commands on one assessment, and the answer that all of them give.</summary>
public sealed class HandleAssessments(EventStore store, ObligationBook duties, DivisionTree tree, TimeProvider clock)
{
    public Task<V1.AssessmentRecord> FinaliseAsync(V1.FinaliseAssessmentRequest request, ServerCallContext context)
    {
        var command = new FinaliseAssessment(
            Requests.Word<GuardianshipGrade>(request.Grade, "grade"), Requests.Word<RiskLevel>(request.Risk, "risk"),
            [.. request.Participants.Select(p => Requests.Word<Participant>(p, "participants")).Distinct().Order()],
            [.. request.Services.Select(s => Requests.Word<AssistanceService>(s, "services")).Distinct().Order()],
            context.GetCaller().Subject);
        return RunAsync(request.AssessmentId, context, (file, now) => FinaliseAssessment.Decide(command, file, now));
    }

    public Task<V1.AssessmentRecord> ApproveAsync(V1.ApprovePlanRequest request, ServerCallContext context) =>
        RunAsync(request.AssessmentId, context, (file, _) => ApprovePlan.Decide(new(context.GetCaller().Subject), file));

    public async Task<V1.AssessmentRecord> ReadAsync(V1.GetAssessmentRequest request, ServerCallContext context)
    {
        var id = Requests.Id(request.AssessmentId, "assessment_id");
        var file = (await store.ReadAsync<AssessmentFile>([id], context.CancellationToken))[id];
        // Ties to single assessments are not kept yet, so nobody sees one by a tie.
        context.Require(file.Opened?.Of.Division);
        return Answer(file);
    }

    private Task<V1.AssessmentRecord> RunAsync(
        string assessmentId, ServerCallContext context, Func<AssessmentFile, DateTimeOffset, IEnumerable<IAssessmentEvent>> decide)
    {
        var (id, now, ct) = (Requests.Id(assessmentId, "assessment_id"), clock.GetUtcNow(), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var file = (await work.LoadAsync<AssessmentFile>([id], ct))[id];
            context.Require(file.Opened?.Of.Division);
            foreach (var @event in decide(file, now).ToList())
            {
                work.Append(id, @event, context.Meta(now));
                file = file.After(@event);
                if (@event is not AssessmentFinalised)
                    continue;
                OpenAssessments.Remove(work, id);
                await duties.FulfilAsync(work, [AssessmentDuty.Done(id, context.Meta(now))], ct);
            }
            return Answer(file);
        }, ct);
    }

    private V1.AssessmentRecord Answer(AssessmentFile file) => new()
    {
        AssessmentId = file.Id.ToString(), ChildId = file.Opened!.Of.Child?.ToString() ?? "", DivisionCode = tree.Code(file.Opened.Of.Division).ToString(),
        Urgency = file.Opened.Urgency.ToString(), OpenedAt = Requests.Written(file.Opened.OpenedAt), DueAt = Requests.Written(file.Opened.DueAt),
        FinalisedAt = Requests.Written(file.Finalised?.At),
        Grade = file.Finalised is { } g ? Enum.Parse<V1.GuardianshipGrade>(g.Grade.ToString()) : default,
        Risk = file.Finalised is { } r ? Enum.Parse<V1.RiskLevel>(r.Risk.ToString()) : default,
        Participants = { (file.Finalised?.Participants ?? []).Select(p => Enum.Parse<V1.Participant>(p.ToString())) },
        Plan = (file.Plan, file.Approved) switch { (null, _) => "None", (_, null) => "Draft", _ => "Approved" },
        Services = { (file.Plan?.Services ?? []).Select(s => Enum.Parse<V1.AssistanceService>(s.ToString())) },
    };
}
