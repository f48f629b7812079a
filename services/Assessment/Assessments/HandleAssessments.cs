using Google.Protobuf.Collections;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Assessment.Instruments;
using LeftBehind.Assessment.Plans;
using LeftBehind.Calls;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Assessments;

/// <summary>Ways in of the officers' commands on one assessment.</summary>
public sealed class HandleAssessments(EventStore store, ChangeAssessment change, WritePlans plans, AssessmentAnswer answers)
{
    public Task<V1.AssessmentRecord> RecordFieldworkAsync(V1.RecordFieldworkRequest request, ServerCallContext context)
    {
        var command = new RecordFieldwork(Participants(request.Participants, least: 1), context.GetCaller().Subject, Asked.Of(request.RequestId, request));
        return change.RunAsync(request.AssessmentId, request.ExpectedVersion, context, (file, now) => RecordFieldwork.Decide(command, file, now));
    }

    public Task<V1.AssessmentRecord> DraftAsync(V1.DraftAssessmentRequest request, ServerCallContext context)
    {
        var (asked, ct) = (Asked.Of(request.RequestId, request), context.CancellationToken);
        return change.RunAsync(request.AssessmentId, request.ExpectedVersion, context, async (work, file, now) =>
        {
            var risk = await ScoreAnswers.OfAsync(work, request.Risk, InstrumentKind.Risk, ShippedInstruments.Risk, "risk", ct);
            var grade = await ScoreAnswers.OfAsync(work, request.Grade, InstrumentKind.Grade, ShippedInstruments.Grade, "grade", ct);
            return DraftAssessment.Decide(new(risk, grade, context.GetCaller().Subject, asked), file, now);
        });
    }

    public Task<V1.AssessmentRecord> ReviewAsync(V1.ReviewAssessmentRequest request, ServerCallContext context)
    {
        var command = new ReviewAssessment(Participants(request.Participants, least: 1), context.GetCaller().Subject, Asked.Of(request.RequestId, request));
        return change.RunAsync(request.AssessmentId, request.ExpectedVersion, context, (file, now) => ReviewAssessment.Decide(command, file, now));
    }

    public Task<V1.AssessmentRecord> FinaliseAsync(V1.FinaliseAssessmentRequest request, ServerCallContext context)
    {
        var command = new FinaliseAssessment(
            Requests.Word<GuardianshipGrade>(request.Grade, "grade"), Requests.Word<RiskLevel>(request.Risk, "risk"), Participants(request.Participants, least: 0),
            [.. request.Services.Select(s => Requests.Word<AssistanceService>(s, "services")).Distinct().Order()], context.GetCaller().Subject,
            request.Ground is V1.TemporaryGuardianshipGround.GroundUnspecified ? null : Requests.Word<PlacementGround>(request.Ground, "ground"));
        return change.RunAsync(request.AssessmentId, request.ExpectedVersion == 0 ? null : request.ExpectedVersion, context,
            (file, now) => FinaliseAssessment.Decide(command, file, now));
    }

    public Task<V1.AssessmentRecord> ApproveAsync(V1.ApprovePlanRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        return change.RunAsync(request.AssessmentId, null, context, async (work, file, now) =>
        {
            var id = AssistancePlan.IdOf(file.Id);
            var plan = (await work.LoadAsync<AssistancePlan>([id], ct))[id];
            await plans.AppendAsync(work, plan, ApprovePlan.Decide(new(context.GetCaller().Subject), plan, now), context.Meta(now), ct);
            return [];
        });
    }

    public Task<V1.AssessmentRecord> SupersedeAsync(V1.SupersedeAssessmentRequest request, ServerCallContext context)
    {
        var (by, ct) = (Requests.Id(request.ByAssessmentId, "by_assessment_id"), context.CancellationToken);
        return change.RunAsync(request.AssessmentId, request.ExpectedVersion, context, async (work, file, now) =>
        {
            var other = (await work.LoadAsync<AssessmentFile>([by], ct))[by];
            // Whoever does not reach the other one learns nothing of it.
            context.Require(other.Of?.Division);
            return SupersedeAssessment.Decide(file, other, now);
        });
    }

    public async Task<V1.AssessmentRecord> ReadAsync(V1.GetAssessmentRequest request, ServerCallContext context)
    {
        var id = Requests.Id(request.AssessmentId, "assessment_id");
        var planId = AssistancePlan.IdOf(id);
        var (file, plan) = await store.ReadAsync(async work => (
            (await work.LoadAsync<AssessmentFile>([id], context.CancellationToken))[id],
            (await work.LoadAsync<AssistancePlan>([planId], context.CancellationToken))[planId]), context.CancellationToken);
        // Ties to single assessments are not kept yet, so nobody sees one by a tie.
        context.Require(file.Of?.Division);
        return answers.Of(file, plan);
    }

    private static List<Participant> Participants(RepeatedField<V1.Participant> named, int least) => named.Count < least
        ? throw Requests.Invalid("participants: at least one")
        : [.. named.Select(p => Requests.Word<Participant>(p, "participants")).Distinct().Order()];
}
