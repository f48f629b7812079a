using Grpc.Core;
using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.WorkList;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment;

/// <summary>Assessment's rpcs; each line hands over to the feature it belongs to.</summary>
public sealed class AssessmentService(OpenOnRequest open, HandleAssessments handle, ListOpenAssessments list) : V1.Assessment.AssessmentBase
{
    public override Task<V1.AssessmentRecord> OpenAssessment(V1.OpenAssessmentRequest request, ServerCallContext context) => open.AnswerAsync(request, context);

    public override Task<V1.AssessmentRecord> RecordFieldwork(V1.RecordFieldworkRequest request, ServerCallContext context) => handle.RecordFieldworkAsync(request, context);

    public override Task<V1.AssessmentRecord> DraftAssessment(V1.DraftAssessmentRequest request, ServerCallContext context) => handle.DraftAsync(request, context);

    public override Task<V1.AssessmentRecord> ReviewAssessment(V1.ReviewAssessmentRequest request, ServerCallContext context) => handle.ReviewAsync(request, context);

    public override Task<V1.AssessmentRecord> SupersedeAssessment(V1.SupersedeAssessmentRequest request, ServerCallContext context) => handle.SupersedeAsync(request, context);

    public override Task<V1.AssessmentRecord> FinaliseAssessment(V1.FinaliseAssessmentRequest request, ServerCallContext context) => handle.FinaliseAsync(request, context);

    public override Task<V1.AssessmentRecord> ApprovePlan(V1.ApprovePlanRequest request, ServerCallContext context) => handle.ApproveAsync(request, context);

    public override Task<V1.AssessmentRecord> GetAssessment(V1.GetAssessmentRequest request, ServerCallContext context) => handle.ReadAsync(request, context);

    public override Task<V1.OpenAssessments> ListOpenAssessments(V1.ListOpenAssessmentsRequest request, ServerCallContext context) => list.AnswerAsync(request, context);
}
