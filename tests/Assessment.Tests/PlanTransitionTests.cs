using CsCheck;
using LeftBehind.Assessment.Children;
using LeftBehind.Assessment.Plans;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;
using Xunit;
using static LeftBehind.Assessment.Tests.Given;
using static LeftBehind.Assessment.Tests.GivenPlan;

namespace LeftBehind.Assessment.Tests;

/// <summary>Every act in every state of plan and service: what the tables do not list is refused, what they list leads where they say.</summary>
public class PlanTransitionTests
{
    /// <summary>Rarely ended or added to, so that some come to their completion.</summary>
    private static readonly Gen<PlanAct> Act = Gen.Int[0, 99].Select(n => n switch { 0 => PlanAct.Terminate, 1 => PlanAct.AddService, _ => PlanAct.Approve + n % 6 });

    private static readonly DivisionId[] Villages = [.. new[] { "431003101218", "431003101202", "431002002200" }.Select(code => DivisionId.Parse($"{code}@2023"))];

    public static TheoryData<PlanAct, PlanState> Everywhere => [.. from act in Enum.GetValues<PlanAct>() from state in Enum.GetValues<PlanState>() select (act, state)];

    public static TheoryData<ServiceState, ServiceState> EveryService => [.. from to in Enum.GetValues<ServiceState>() from state in Enum.GetValues<ServiceState>() select (to, state)];

    [Theory, MemberData(nameof(Everywhere))]
    public void What_the_table_does_not_list_is_refused(PlanAct act, PlanState state)
    {
        var (row, plan) = (PlanTransitions.Of(act), In(act, state));
        if (row.From.Contains(state))
            Assert.Equal(row.To ?? state, GivenPlan.After(plan, Do(act, plan)).State);
        else
            Assert.Throws<RejectedException>(() => Do(act, plan).ToList());
    }

    [Theory, MemberData(nameof(EveryService))]
    public void What_the_table_of_services_does_not_list_is_refused(ServiceState to, ServiceState state)
    {
        var plan = Active with { Services = [Active.Services[0] with { State = state, Arrangement = Guid.NewGuid(), Provider = Giver.Id, DueAt = Now }] };
        if (PlanTransitions.Services[(int)to].From.Contains(state))
            Assert.Equal(to, GivenPlan.After(plan, Bring(to, plan)).Services[0].State);
        else
            Assert.Throws<RejectedException>(() => Bring(to, plan).ToList());
    }

    [Fact]
    public void Every_act_and_state_has_one_row_and_nothing_is_done_to_what_was_never_drafted()
    {
        Assert.Equal(Enum.GetValues<PlanAct>(), PlanTransitions.All.Select(t => t.Act));
        Assert.Equal(Enum.GetValues<ServiceState>(), PlanTransitions.Services.Select(t => t.To));
        Assert.All(Enum.GetValues<PlanAct>(), act => Assert.Throws<RejectedException>(() => PlanTransitions.Require(act, new AssistancePlan(Guid.NewGuid()))));
    }

    [Fact]
    public void Random_commands_break_no_invariant_and_throw_nothing_but_a_rejection()
    {
        var reached = new HashSet<PlanState>();
        Gen.Select(Act, Gen.Enum<ServiceState>(), Gen.Int[0, 1], Gen.Int[0, 9]).Array[0, 60].Sample(acts =>
        {
            var plan = Begun;
            foreach (var (act, outcome, service, village) in acts)
            {
                var before = plan;
                try
                {
                    plan = GivenPlan.After(plan, village < Villages.Length ? MoveWithChild.Decide(plan, Villages[village], MoveWithChildTests.TownOf) : act is PlanAct.Settle ? Bring(outcome, plan, service) : Do(act, plan));
                }
                catch (RejectedException)
                {
                    Assert.Same(before, plan);
                }
                Holds(before, plan);
                lock (reached)
                    reached.Add(plan.State);
            }
        }, seed: "0000000000000", iter: 2000, threads: 1);
        Assert.Equal(Enum.GetValues<PlanState>().Length, reached.Count);
    }

    private static void Holds(AssistancePlan before, AssistancePlan plan)
    {
        Assert.True(!before.HasEnded || plan.State == before.State, "An end stays.");
        Assert.True(!before.HasEnded || plan.Of == before.Of, "And where it ended.");
        // A duty that runs has a key that none before it had.
        Assert.All(plan.Services.Where(s => s.State is ServiceState.Arranged), s => Assert.True(s.Moves == 0 || before.Services.Exists(b => b.Arrangement == s.Arrangement && b.Moves <= s.Moves)));
        Assert.True(plan.State is PlanState.Draft or PlanState.Terminated || (plan.Approver is { } by && !plan.Assessors.Contains(by)), "Approved by another person.");
        Assert.True(plan.State is not PlanState.Completed || (plan.Services.TrueForAll(s => s.IsSettled) && plan.Reassessment is not null));
        Assert.All(plan.Services, s => Assert.True(s.State is not (ServiceState.Arranged or ServiceState.Delivered) || (s.Provider is not null && s.DueAt is not null)));
        Assert.All(before.Services.Where(s => s.IsSettled), s => Assert.Contains(s, plan.Services));
        Assert.Equal(plan.Services.Count, plan.Facts.Services.Select(s => s.ServiceId).Distinct().Count());
    }

    private static IEnumerable<PlanEvent> Do(PlanAct act, AssistancePlan plan) => act switch
    {
        PlanAct.AddService => AddService.Decide(new(AssistanceService.LegalAid, "by", Ask()), plan, Now),
        PlanAct.Approve => ApprovePlan.Decide(new(plan.Approver is null ? "superior" : "third"), plan, Now),
        PlanAct.Start => StartPlan.Decide(new("by", Ask()), plan, Now),
        PlanAct.Arrange => ArrangeService.Decide(Arrange(plan), plan, Now),
        PlanAct.Settle => SettleService.Decide(new(plan.Services[0].Id, ServiceState.Declined, Now, "by", Ask()), plan, Now),
        PlanAct.Review => ReviewPlan.Decide(new("by", Ask()), plan, Now),
        PlanAct.Complete => CompletePlan.Decide(new("by", Ask()), plan, Now),
        _ => TerminatePlan.Decide(new(TerminationReason.FamilyRefused, "by", Ask()), plan, Now),
    };

    private static IEnumerable<PlanEvent> Bring(ServiceState to, AssistancePlan plan, int service = 0)
    {
        var asked = plan.Services[service];
        return to switch
        {
            ServiceState.Planned => throw new RejectedException("Nothing goes back to being planned."),
            ServiceState.Arranged => ArrangeService.Decide(Arrange(plan, asked.Kind), plan, Now),
            ServiceState.Delivered or ServiceState.Failed when asked.Kind is AssistanceService.SocialAssistance =>
                AnswerAidRequest.Decide(new(asked.Id, to is ServiceState.Delivered, "1号", Now, "by", Ask()), plan, Now),
            _ => SettleService.Decide(new(asked.Id, to, Now, "by", Ask()), plan, Now),
        };
    }

    /// <summary>With services as the act needs them.</summary>
    private static AssistancePlan In(PlanAct act, PlanState state) => Begun with
    {
        State = state,
        Approver = state is PlanState.Draft ? null : "superior",
        Services = act is PlanAct.Complete ? [.. Begun.Services.Select(s => s with { State = ServiceState.Declined })] : Begun.Services,
    };
}
