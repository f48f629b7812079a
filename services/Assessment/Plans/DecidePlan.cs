using LeftBehind.Assessment.Assessments;
using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Plans;

/// <summary>Policy: an assessment that names services drafts its plan; one of High risk or with a ground of §92 always names some.</summary>
public static class DraftPlan
{
    public static IEnumerable<PlanEvent> Decide(AssessmentFile assessment, AssistancePlan plan, DateTimeOffset now)
    {
        if (plan.Exists || assessment is not { Finalised: { Services: { Count: > 0 } services } finalised, Of: { } of })
            return [];
        return [new AssistancePlanDrafted(
            new(assessment.Id, of.Child, of.Division), [.. services.Select(kind => new NamedService(AssistancePlan.ServiceIdOf(plan.Id, kind), kind))],
            [.. new[] { assessment.Draft?.Assessor, finalised.Assessor }.OfType<string>().Distinct()], now)];
    }
}

/// <summary>Names one more service in a plan.</summary>
public sealed record AddService(AssistanceService Kind, string By, Asked Asked)
{
    private const int Most = 50;

    public static IEnumerable<PlanEvent> Decide(AddService command, AssistancePlan plan, DateTimeOffset now)
    {
        if (command.Asked.IsDone(plan.Done))
            return [];
        PlanTransitions.Require(PlanAct.AddService, plan);
        if (plan.Services.Count >= Most)
            throw new RejectedException($"A plan has at most {Most} services.");
        return [new ServiceAdded(plan.Of!, new(AssistancePlan.ServiceIdOf(plan.Id, command.Asked.Request), command.Kind), now, command.By, command.Asked)];
    }
}

/// <summary>Approves a plan; whoever assessed never does.</summary>
public sealed record ApprovePlan(string Approver)
{
    public static IEnumerable<PlanEvent> Decide(ApprovePlan command, AssistancePlan plan, DateTimeOffset now)
    {
        if (!plan.Exists)
            throw new RejectedException("There is no plan to approve.");
        if (plan.Assessors.Contains(command.Approver))
            throw new RejectedException("Whoever assessed cannot approve the plan (platform default: assessor and approver are two persons).");
        if (plan.Approver is { } before)
            return before == command.Approver ? [] : throw new RejectedException("The plan was approved before, by somebody else.");
        PlanTransitions.Require(PlanAct.Approve, plan);
        return [new AssistancePlanApproved(plan.Of!, now, command.Approver)];
    }
}

/// <summary>An approved plan is carried out from now on.</summary>
public sealed record StartPlan(string By, Asked Asked)
{
    public static IEnumerable<PlanEvent> Decide(StartPlan command, AssistancePlan plan, DateTimeOffset now)
    {
        if (command.Asked.IsDone(plan.Done))
            return [];
        PlanTransitions.Require(PlanAct.Start, plan);
        return [new PlanStarted(plan.Of!, now, command.By, command.Asked)];
    }
}

/// <summary>Records that a plan was gone through, as often as one likes.</summary>
public sealed record ReviewPlan(string By, Asked Asked)
{
    public static IEnumerable<PlanEvent> Decide(ReviewPlan command, AssistancePlan plan, DateTimeOffset now)
    {
        if (command.Asked.IsDone(plan.Done))
            return [];
        PlanTransitions.Require(PlanAct.Review, plan);
        return [new PlanReviewed(plan.Of!, now, command.By, command.Asked)];
    }
}

/// <summary>Completes a plan, every service of which is settled; the risk is scored anew then.</summary>
public sealed record CompletePlan(string By, Asked Asked)
{
    public static IEnumerable<PlanEvent> Decide(CompletePlan command, AssistancePlan plan, DateTimeOffset now)
    {
        if (command.Asked.IsDone(plan.Done))
            return [];
        PlanTransitions.Require(PlanAct.Complete, plan);
        if (plan.Services.FindAll(s => !s.IsSettled) is { Count: > 0 } open)
            throw new RejectedException($"Every service is delivered, failed or declined before a plan is completed; open: {string.Join(", ", open.Select(s => s.Kind))}.");
        return [new PlanCompleted(plan.Of!, Opening.IdOf(nameof(RescoreWhenPlanCompleted), plan.Id), now, command.By, command.Asked)];
    }
}

/// <summary>Ends a plan before its services are settled.</summary>
public sealed record TerminatePlan(TerminationReason Reason, string By, Asked Asked)
{
    public static IEnumerable<PlanEvent> Decide(TerminatePlan command, AssistancePlan plan, DateTimeOffset now)
    {
        if (command.Asked.IsDone(plan.Done))
            return [];
        PlanTransitions.Require(PlanAct.Terminate, plan);
        return [new PlanTerminated(plan.Of!, command.Reason, now, command.By, command.Asked)];
    }
}
