using Grpc.Core;
using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.WorkList;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment;

/// <summary>Assessment's rpcs; each line hands over to the feature it belongs to.</summary>
public sealed class AssessmentService(HandleAssessments handle, ListOpenAssessments list) : V1.Assessment.AssessmentBase
{
    public override Task<V1.AssessmentRecord> FinaliseAssessment(V1.FinaliseAssessmentRequest request, ServerCallContext context) => handle.FinaliseAsync(request, context);

    public override Task<V1.AssessmentRecord> ApprovePlan(V1.ApprovePlanRequest request, ServerCallContext context) => handle.ApproveAsync(request, context);

    public override Task<V1.AssessmentRecord> GetAssessment(V1.GetAssessmentRequest request, ServerCallContext context) => handle.ReadAsync(request, context);

    public override Task<V1.OpenAssessments> ListOpenAssessments(V1.ListOpenAssessmentsRequest request, ServerCallContext context) => list.AnswerAsync(request, context);
}
