using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.Directory;
using LeftBehind.Assessment.Plans;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;
using Xunit;
using static LeftBehind.Assessment.Tests.Given;
using static LeftBehind.Assessment.Tests.GivenPlan;

namespace LeftBehind.Assessment.Tests;

public class PlanTests
{
    [Fact]
    public void Whoever_assessed_never_approves_the_plan_and_the_refusal_says_by_which_rule()
    {
        foreach (var assessor in (string[])["drafter", "finaliser"])
            Assert.Contains("assessor and approver are two persons", Assert.Throws<RejectedException>(() => ApprovePlan.Decide(new(assessor), Begun, Now).ToList()).Message, StringComparison.Ordinal);
        var approved = After(Begun, ApprovePlan.Decide(new("superior"), Begun, Now));
        Assert.Equal(("superior", PlanState.Approved), (approved.Approver, approved.State));
        Assert.Empty(ApprovePlan.Decide(new("superior"), approved, Now));
        Assert.Throws<RejectedException>(() => ApprovePlan.Decide(new("finaliser"), approved, Now).ToList());
        Assert.Throws<RejectedException>(() => ApprovePlan.Decide(new("third"), approved, Now).ToList());
        Assert.Throws<RejectedException>(() => ApprovePlan.Decide(new("superior"), new(Guid.NewGuid()), Now).ToList());
    }

    [Fact]
    public void Both_who_drafted_and_who_finalised_an_assessment_assessed()
    {
        var assessment = Given.After(Reviewed, FinaliseAssessment.Decide(Finalise with { Assessor = "finaliser" }, Reviewed, Now));
        var drafted = Assert.IsType<AssistancePlanDrafted>(Assert.Single(DraftPlan.Decide(assessment, new(AssistancePlan.IdOf(assessment.Id)), Now)));
        Assert.Equal(["assessor", "finaliser"], drafted.Assessors);
        Assert.Empty(DraftPlan.Decide(assessment, Begun, Now));
    }

    [Fact]
    public void A_service_is_given_by_a_provider_of_the_directory_who_gives_it_there_until_a_time()
    {
        Assert.IsType<ServiceArranged>(Assert.Single(ArrangeService.Decide(Arrange(Active), Active, Now)));
        foreach (var wrong in new ArrangeService[]
        {
            Arrange(Active) with { Reaches = false }, Arrange(Active) with { Provider = new(Guid.NewGuid()) }, Arrange(Active) with { Provider = Giver with { IsRetired = true } },
            Arrange(Active) with { Provider = Giver with { Listed = Giver.Listed! with { Kinds = [AssistanceService.MedicalTreatment] } } },
            Arrange(Active) with { DueAt = Now }, Arrange(Active) with { DueAt = Now.AddDays(367) }, Arrange(Active) with { Service = Guid.NewGuid() },
        })
            Assert.Throws<RejectedException>(() => ArrangeService.Decide(wrong, Active, Now).ToList());
    }

    [Fact]
    public void Social_assistance_is_asked_of_the_aid_office_and_its_answer_decides()
    {
        var aid = After(Active, ArrangeService.Decide(Arrange(Active, AssistanceService.SocialAssistance), Active, Now));
        var service = aid.Services.Single(s => s.Kind is AssistanceService.SocialAssistance).Id;
        Assert.Throws<RejectedException>(() => SettleService.Decide(new(service, ServiceState.Delivered, Now, "by", Ask()), aid, Now).ToList());
        Assert.NotEmpty(SettleService.Decide(new(service, ServiceState.Declined, Now, "by", Ask()), aid, Now));
        foreach (var granted in (bool[])[true, false])
        {
            var answered = After(aid, AnswerAidRequest.Decide(new(service, granted, "苏民救〔2026〕1号", Now, "by", Ask()), aid, Now)).Services.Single(s => s.Id == service);
            Assert.Equal((granted ? ServiceState.Delivered : ServiceState.Failed, "苏民救〔2026〕1号"), (answered.State, answered.DocumentNo));
        }
        var guided = After(Active, ArrangeService.Decide(Arrange(Active), Active, Now));
        Assert.Throws<RejectedException>(() => AnswerAidRequest.Decide(new(guided.Services[0].Id, true, "1号", Now, "by", Ask()), guided, Now).ToList());
    }

    [Fact]
    public void A_plan_is_completed_when_every_service_is_settled_and_the_risk_is_scored_anew_once()
    {
        var refused = Assert.Throws<RejectedException>(() => CompletePlan.Decide(new("by", Ask()), Active, Now).ToList());
        Assert.EndsWith("open: GuardianshipGuidance, SocialAssistance.", refused.Message, StringComparison.Ordinal);
        var settled = Active.Services.Aggregate(Active, (plan, s) => After(plan, SettleService.Decide(new(s.Id, ServiceState.Declined, Now, "by", Ask()), plan, Now)));
        var asked = Ask();
        var completed = Assert.IsType<PlanCompleted>(Assert.Single(CompletePlan.Decide(new("by", asked), settled, Now)));
        Assert.Equal(Opening.IdOf("RescoreWhenPlanCompleted", Begun.Id), completed.Reassessment);
        Assert.Empty(CompletePlan.Decide(new("by", asked), settled.After(completed), Now));
    }

    [Fact]
    public void A_request_that_comes_again_adds_no_second_service()
    {
        var asked = Ask();
        var added = After(Active, AddService.Decide(new(AssistanceService.LegalAid, "by", asked), Active, Now));
        Assert.Equal(3, added.Services.Count);
        Assert.Empty(AddService.Decide(new(AssistanceService.LegalAid, "by", asked), added, Now));
        Assert.Equal(4, After(added, AddService.Decide(new(AssistanceService.LegalAid, "by", Ask()), added, Now)).Services.Select(s => s.Id).Distinct().Count());
    }

    [Fact]
    public void A_provider_is_listed_once_by_a_request_and_retired_once()
    {
        Assert.Empty(ListProvider.Decide(Giver.Listed!, Giver));
        Assert.Throws<RejectedException>(() => ListProvider.Decide(Giver.Listed! with { Asked = Ask() }, Giver).ToList());
        var retired = Giver.After(Assert.Single(RetireProvider.Decide(new(Now, "by"), Giver)));
        Assert.Empty(RetireProvider.Decide(new(Now, "by"), retired));
        Assert.Throws<RejectedException>(() => RetireProvider.Decide(new(Now, "by"), new(Guid.NewGuid())).ToList());
    }
}

/// <summary>Plans as stories tell them.</summary>
internal static class GivenPlan
{
    private static readonly Guid Id = AssistancePlan.IdOf(Open.Id);

    public static readonly Provider Giver = new Provider(Guid.NewGuid()).After(new ProviderListed(
        DivisionId.Parse("431003@2023"), "社工站", Enum.GetValues<AssistanceService>(), Now, "by", Ask()));

    public static readonly AssistancePlan Begun = new AssistancePlan(Id).After(new AssistancePlanDrafted(
        new(Open.Id, Child.Child, Child.Division),
        [.. ((AssistanceService[])[AssistanceService.GuardianshipGuidance, AssistanceService.SocialAssistance]).Select(k => new NamedService(AssistancePlan.ServiceIdOf(Id, k), k))],
        ["drafter", "finaliser"], Now));

    public static readonly AssistancePlan Approved = After(Begun, ApprovePlan.Decide(new("superior"), Begun, Now));

    public static readonly AssistancePlan Active = After(Approved, StartPlan.Decide(new("by", Ask()), Approved, Now));

    public static ArrangeService Arrange(AssistancePlan plan, AssistanceService kind = AssistanceService.GuardianshipGuidance) =>
        new(plan.Services.First(s => s.Kind == kind).Id, Giver, Reaches: true, Now.AddDays(30), "by", Ask());

    public static AssistancePlan After(AssistancePlan plan, IEnumerable<object> events) => events.Aggregate(plan, (p, e) => p.After(e));
}
