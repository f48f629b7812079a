using LeftBehind.Calls;
using LeftBehind.Divisions;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Plans;

/// <summary>A plan as it is answered.</summary>
public sealed class PlanAnswer(DivisionTree tree)
{
    public V1.AssistancePlan Of(AssistancePlan plan) => new()
    {
        PlanId = plan.Id.ToString(), AssessmentId = plan.Of!.Assessment.ToString(), ChildId = plan.Of.Child?.ToString() ?? "",
        DivisionCode = tree.Code(plan.Of.Division).ToString(), State = Enum.Parse<V1.PlanState>(plan.State.ToString()), Version = plan.Version,
        DraftedAt = Requests.Written(plan.DraftedAt), ApprovedAt = Requests.Written(plan.ApprovedAt), ReviewedAt = Requests.Written(plan.ReviewedAt),
        EndedAt = Requests.Written(plan.EndedAt), ReassessmentId = plan.Reassessment?.ToString() ?? "",
        Reason = plan.Terminated is { } reason ? Enum.Parse<V1.TerminationReason>(reason.ToString()) : default,
        Services =
        {
            plan.Services.Select(s => new V1.PlannedService
            {
                ServiceId = s.Id.ToString(), Kind = Enum.Parse<V1.AssistanceService>(s.Kind.ToString()), State = Enum.Parse<V1.ServiceState>(s.State.ToString()),
                ProviderId = s.Provider?.ToString() ?? "", DueAt = Requests.Written(s.DueAt), SettledAt = Requests.Written(s.SettledAt), DocumentNo = s.DocumentNo,
            }),
        },
    };
}
