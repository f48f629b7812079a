using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;
using static LeftBehind.Contracts.Assessment.PlanState;

namespace LeftBehind.Assessment.Plans;

/// <summary>What is done to a plan after it was drafted.</summary>
public enum PlanAct { AddService, Approve, Start, Arrange, Settle, Review, Complete, Terminate }

/// <summary>When an act is allowed, and what it leads to; null where the state stays.</summary>
public sealed record PlanTransition(PlanAct Act, PlanState[] From, PlanState? To);

/// <summary>When a service may come to a state.</summary>
public sealed record ServiceTransition(ServiceState To, ServiceState[] From);

/// <summary>The lives of a plan and of a service in it as tables: whatever they do not list is refused. Platform default.</summary>
public static class PlanTransitions
{
    private static readonly PlanState[] Running = [Active, Reviewed];

    public static IReadOnlyList<PlanTransition> All { get; } =
    [
        new(PlanAct.AddService, [Draft, .. Running], null),
        new(PlanAct.Approve, [Draft], Approved),
        new(PlanAct.Start, [Approved], Active),
        new(PlanAct.Arrange, Running, null),
        new(PlanAct.Settle, Running, null),
        new(PlanAct.Review, Running, Reviewed),
        new(PlanAct.Complete, Running, Completed),
        new(PlanAct.Terminate, [Draft, Approved, .. Running], Terminated),
    ];

    /// <summary>What is arranged may be arranged otherwise; what the family does not want need not be arranged first.</summary>
    public static IReadOnlyList<ServiceTransition> Services { get; } =
    [
        new(ServiceState.Planned, []),
        new(ServiceState.Arranged, [ServiceState.Planned, ServiceState.Arranged]),
        new(ServiceState.Delivered, [ServiceState.Arranged]),
        new(ServiceState.Failed, [ServiceState.Arranged]),
        new(ServiceState.Declined, [ServiceState.Planned, ServiceState.Arranged]),
    ];

    /// <summary>The row of an act.</summary>
    public static PlanTransition Of(PlanAct act) => All[(int)act];

    /// <summary>Passes what the table lists.</summary>
    public static void Require(PlanAct act, AssistancePlan plan)
    {
        if (!plan.Exists)
            throw new RejectedException("There is no plan.");
        if (!Of(act).From.Contains(plan.State))
            throw new RejectedException($"{act} is for {string.Join(", ", Of(act).From)}; the plan is {plan.State}.");
    }

    /// <summary>The service of a plan that may come to a state.</summary>
    public static Service Require(AssistancePlan plan, Guid service, ServiceState to)
    {
        var found = plan.Services.Find(s => s.Id == service) ?? throw new RejectedException("The plan has no such service.");
        var row = Services[(int)to];
        return row.From.Contains(found.State) ? found : throw new RejectedException($"{to} is for {string.Join(", ", row.From)}; the service is {found.State}.");
    }
}
