using LeftBehind.Assessment.Directory;
using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Plans;

/// <summary>Arranges a service with a provider of the directory; of social assistance, asks the aid office.</summary>
/// <param name="Reaches">Whether the provider serves the place of the child.</param>
public sealed record ArrangeService(Guid Service, Provider Provider, bool Reaches, DateTimeOffset DueAt, string By, Asked Asked)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static IEnumerable<PlanEvent> Decide(ArrangeService command, AssistancePlan plan, DateTimeOffset now)
    {
        if (command.Asked.IsDone(plan.Done))
            return [];
        PlanTransitions.Require(PlanAct.Arrange, plan);
        var service = PlanTransitions.Require(plan, command.Service, ServiceState.Arranged);
        if (command.Provider is not { Listed: { } listed, IsRetired: false } || !command.Reaches)
            throw new RejectedException("No provider of the directory that serves this place.");
        if (!listed.Kinds.Contains(service.Kind))
            throw new RejectedException($"The provider does not give {service.Kind}.");
        if (command.DueAt <= now || command.DueAt - now > Longest)
            throw new RejectedException("The service is due in the future, within a year.");
        return [new ServiceArranged(plan.Of!, command.Service, command.Provider.Id, command.DueAt, now, command.By, command.Asked)];
    }
}

/// <summary>Records what became of a service.</summary>
public sealed record SettleService(Guid Service, ServiceState Outcome, DateTimeOffset At, string By, Asked Asked)
{
    public static IEnumerable<PlanEvent> Decide(SettleService command, AssistancePlan plan, DateTimeOffset now)
    {
        if (command.Asked.IsDone(plan.Done))
            return [];
        PlanTransitions.Require(PlanAct.Settle, plan);
        var service = PlanTransitions.Require(plan, command.Service, command.Outcome);
        if (service.Kind is AssistanceService.SocialAssistance && command.Outcome is not ServiceState.Declined)
            throw new RejectedException("Whether social assistance is given the aid office answers.");
        if (command.At > now)
            throw new RejectedException("The time lies in the future.");
        return [new ServiceSettled(plan.Of!, command.Service, command.Outcome, "", command.At, command.By, command.Asked)];
    }
}

/// <summary>The aid office's answer to a request for social assistance (policy: 民政及其他社会救助部门要及时将其纳入保障范围), with its document.</summary>
public sealed record AnswerAidRequest(Guid Service, bool Granted, string DocumentNo, DateTimeOffset At, string By, Asked Asked)
{
    public static IEnumerable<PlanEvent> Decide(AnswerAidRequest command, AssistancePlan plan, DateTimeOffset now)
    {
        if (command.Asked.IsDone(plan.Done))
            return [];
        PlanTransitions.Require(PlanAct.Settle, plan);
        var outcome = command.Granted ? ServiceState.Delivered : ServiceState.Failed;
        if (PlanTransitions.Require(plan, command.Service, outcome).Kind is not AssistanceService.SocialAssistance)
            throw new RejectedException("Only social assistance is asked of the aid office.");
        if (command.At > now)
            throw new RejectedException("The time lies in the future.");
        return [new ServiceSettled(plan.Of!, command.Service, outcome, command.DocumentNo, command.At, command.By, command.Asked)];
    }
}
