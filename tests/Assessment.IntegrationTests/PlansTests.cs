using Grpc.Core;
using LeftBehind.Assessment.Assessments;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using static LeftBehind.Assessment.IntegrationTests.Town;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.IntegrationTests;

/// <summary>A plan from its draft to its end, asked twice and on a version that is gone; services come from the directory and have their duty.</summary>
public sealed class PlansTests(RunningAssessment assessment)
{
    private static readonly string Soon = TimeProvider.System.GetUtcNow().AddDays(10).ToString("O"), Past = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToString("O");

    [Fact]
    public async Task A_plan_is_approved_by_another_carried_out_completed_and_the_risk_scored_anew()
    {
        var (plans, town, county, child) = (assessment.Plans, assessment.AsOfficer(Code), assessment.AsOfficer(County), Guid.NewGuid());
        var of = await assessment.AssessedAsync(child, V1.RiskLevel.High);
        Assert.Equal("Draft", of.Plan);
        await RefusedAsync(StatusCode.FailedPrecondition, assessment.Client.ApprovePlanAsync(new() { AssessmentId = of.AssessmentId }, town));
        var approved = await assessment.Client.ApprovePlanAsync(new() { AssessmentId = of.AssessmentId }, county);
        Assert.Equal(("Approved", of.PlanId), (approved.Plan, approved.PlanId));
        Assert.Equal(approved, await assessment.Client.ApprovePlanAsync(new() { AssessmentId = of.AssessmentId }, county));

        var plan = await plans.GetPlanAsync(new() { PlanId = of.PlanId }, town);
        await RefusedAsync(StatusCode.Aborted, plans.StartPlanAsync(new() { PlanId = plan.PlanId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = 1 }, town));
        plan = await TwiceAsync(Change(plan), r => plans.StartPlanAsync(r, town));
        var provider = await ProviderAsync();
        foreach (var service in plan.Services.ToList())
            plan = await TwiceAsync(Arrange(plan, service, provider), r => plans.ArrangeServiceAsync(r, town));
        // Arranged otherwise, the duty of the first arrangement is let go and another begins.
        plan = await plans.ArrangeServiceAsync(Arrange(plan, plan.Services[0], provider), town);
        Assert.Equal(["2"], await DutiesAsync(plan));
        Assert.Equal(2, (await plans.ListDueServicesAsync(new() { DivisionCode = Code, PageSize = 200 }, town)).Services.Count(s => s.PlanId == plan.PlanId));

        await RefusedAsync(StatusCode.FailedPrecondition, plans.CompletePlanAsync(Change(plan), town));
        plan = await TwiceAsync(Settle(plan, plan.Services[0]), r => plans.SettleServiceAsync(r, town));
        var aid = new V1.AnswerAidRequestRequest
        { PlanId = plan.PlanId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = plan.Version, ServiceId = plan.Services[1].ServiceId, Granted = true, DocumentNo = "苏民救〔2026〕1号", At = Past };
        await RefusedAsync(StatusCode.PermissionDenied, plans.AnswerAidRequestAsync(aid, town));
        plan = await TwiceAsync(aid, r => plans.AnswerAidRequestAsync(r, county));
        Assert.Equal(["0"], await DutiesAsync(plan));
        plan = await TwiceAsync(Change(plan), r => plans.ReviewPlanAsync(r, town));
        plan = await TwiceAsync(Change(plan), r => plans.CompletePlanAsync(r, town));

        Assert.Equal([V1.ServiceState.Delivered, V1.ServiceState.Delivered], plan.Services.Select(s => s.State));
        Assert.Equal(V1.PlanState.Completed, plan.State);
        var anew = Assert.Single(await assessment.OpenOfAsync(child));
        Assert.Equal((plan.ReassessmentId, V1.AssessmentTrigger.PlanCompleted), (anew.AssessmentId, anew.Trigger));
        Assert.DoesNotContain((await plans.ListPlansAsync(new() { DivisionCode = Code, PageSize = 200 }, town)).Plans, p => p.PlanId == plan.PlanId);
    }

    [Fact]
    public async Task A_plan_that_is_terminated_owes_nothing_more()
    {
        var (plans, town) = (assessment.Plans, assessment.AsOfficer(Code));
        var plan = await StartedAsync();
        plan = await plans.ArrangeServiceAsync(Arrange(plan, plan.Services[0], await ProviderAsync()), town);
        Assert.Equal(["1"], await DutiesAsync(plan));
        Assert.Contains((await plans.ListPlansAsync(new() { DivisionCode = Code, PageSize = 200 }, town)).Plans, p => p.PlanId == plan.PlanId && p.State is V1.PlanState.Active);
        var terminate = new V1.TerminatePlanRequest { PlanId = plan.PlanId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = plan.Version, Reason = V1.TerminationReason.ChildMovedAway };
        plan = await TwiceAsync(terminate, r => plans.TerminatePlanAsync(r, town));
        Assert.Equal((V1.PlanState.Terminated, V1.TerminationReason.ChildMovedAway, ""), (plan.State, plan.Reason, plan.ReassessmentId));
        Assert.Equal(["0"], await DutiesAsync(plan));
        Assert.DoesNotContain((await plans.ListDueServicesAsync(new() { DivisionCode = Code, PageSize = 200 }, town)).Services, s => s.PlanId == plan.PlanId);
        await RefusedAsync(StatusCode.FailedPrecondition, plans.StartPlanAsync(Change(plan), town));
    }

    [Fact]
    public async Task Only_who_serves_the_place_and_gives_the_service_is_arranged()
    {
        var (plans, town, directory) = (assessment.Plans, assessment.AsOfficer(Code), assessment.Directory);
        var plan = await StartedAsync();
        var elsewhere = (await directory.ListProviderAsync(Listed("431002"), assessment.AsOfficer("431002"))).ProviderId;
        await RefusedAsync(StatusCode.FailedPrecondition, plans.ArrangeServiceAsync(Arrange(plan, plan.Services[0], elsewhere), town));
        var provider = await ProviderAsync();
        Assert.Contains((await directory.ListProvidersAsync(new() { DivisionCode = Village, Kind = V1.AssistanceService.GuardianshipGuidance, PageSize = 200 }, town)).Providers_, p => p.ProviderId == provider);
        Assert.True((await directory.RetireProviderAsync(new() { ProviderId = provider }, assessment.AsOfficer(County))).Retired);
        Assert.True((await directory.RetireProviderAsync(new() { ProviderId = provider }, assessment.AsOfficer(County))).Retired);
        Assert.DoesNotContain((await directory.ListProvidersAsync(new() { DivisionCode = Village, PageSize = 200 }, town)).Providers_, p => p.ProviderId == provider || p.ProviderId == elsewhere);
        await RefusedAsync(StatusCode.FailedPrecondition, plans.ArrangeServiceAsync(Arrange(plan, plan.Services[0], provider), town));
        await RefusedAsync(StatusCode.NotFound, directory.RetireProviderAsync(new() { ProviderId = elsewhere }, assessment.AsOfficer(County)));
        await RefusedAsync(StatusCode.InvalidArgument, directory.ListProviderAsync(new(Listed(County)) { Name = "电话13900002222" }, assessment.AsOfficer(County)));
        await RefusedAsync(StatusCode.InvalidArgument, plans.ArrangeServiceAsync(new(Arrange(plan, plan.Services[0], provider)) { DueAt = "soon" }, town));
        await RefusedAsync(StatusCode.NotFound, plans.GetPlanAsync(new() { PlanId = plan.PlanId }, assessment.AsOfficer("431002")));
    }

    [Fact]
    public async Task Two_who_arrange_on_the_same_version_do_not_both()
    {
        var (plan, provider) = (await StartedAsync(), await ProviderAsync());
        var statuses = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            try
            {
                await assessment.Plans.ArrangeServiceAsync(Arrange(plan, plan.Services[0], provider), assessment.AsOfficer(Code));
                return StatusCode.OK;
            }
            catch (RpcException e)
            {
                return e.StatusCode;
            }
        }));
        Assert.Equal([StatusCode.OK, StatusCode.Aborted], statuses.Order());
        Assert.Equal(["1"], await DutiesAsync(plan));
    }

    [Fact]
    public async Task A_plan_of_an_earlier_release_becomes_one_of_its_own_once()
    {
        var (id, child, at) = (Guid.NewGuid(), Guid.NewGuid(), new DateTimeOffset(2026, 5, 8, 2, 0, 0, TimeSpan.Zero));
        var of = new AssessedChild(child, DivisionId.Parse(Village + "@2023"));
        await assessment.Service<EventStore>().RunAsync(async work =>
        {
            await work.LoadAsync<AssessmentFile>([id], TestContext.Current.CancellationToken);
            foreach (var @event in new AssessmentEvent[]
            {
                new AssessmentOpened(of, Guid.NewGuid(), Contracts.Reporting.Urgency.High, at, at.AddDays(3)),
                new AssessmentFinalised(of, Contracts.Assessment.GuardianshipGrade.Poor, Contracts.Assessment.RiskLevel.High, [Participant.Police], at, "assessor"),
                new PlanDrafted(of, [Contracts.Assessment.AssistanceService.LegalAid]), new PlanApproved(of, "approver"),
            })
                work.Append(id, @event, new(at, new(2026, 5, 8)));
        }, TestContext.Current.CancellationToken);
        await assessment.MigrateAsync();
        var found = await assessment.Client.GetAssessmentAsync(new() { AssessmentId = $"{id}" }, assessment.AsOfficer(Code));
        Assert.Equal(("Approved", V1.AssistanceService.LegalAid), (found.Plan, Assert.Single(found.Services)));
        await assessment.MigrateAsync();
        Assert.Equal(2, (await assessment.Plans.GetPlanAsync(new() { PlanId = found.PlanId }, assessment.AsOfficer(Code))).Version);
        Assert.Equal(["2"], await assessment.ColumnAsync("select risk::text from assessment.assessed_child where child = $1", child));
    }

    private async Task<V1.AssistancePlan> StartedAsync()
    {
        var of = await assessment.AssessedAsync(Guid.NewGuid(), V1.RiskLevel.High);
        await assessment.Client.ApprovePlanAsync(new() { AssessmentId = of.AssessmentId }, assessment.AsOfficer(County));
        var plan = await assessment.Plans.GetPlanAsync(new() { PlanId = of.PlanId }, assessment.AsOfficer(Code));
        return await assessment.Plans.StartPlanAsync(Change(plan), assessment.AsOfficer(Code));
    }

    private async Task<string> ProviderAsync()
    {
        var request = Listed(County);
        var listed = await assessment.Directory.ListProviderAsync(request, assessment.AsOfficer(County));
        Assert.Equal(listed, await assessment.Directory.ListProviderAsync(request, assessment.AsOfficer(County)));
        return listed.ProviderId;
    }

    private static V1.ListProviderRequest Listed(string division) => new()
    { RequestId = $"{Guid.NewGuid()}", DivisionCode = division, Name = "苏仙区社工站", Kinds = { V1.AssistanceService.GuardianshipGuidance, V1.AssistanceService.SocialAssistance } };

    private Task<List<string>> DutiesAsync(V1.AssistancePlan plan) =>
        assessment.ColumnAsync("select count(*)::text from assessment.obligation_due where subject = $1 and kind = 'assessment.deliverService'", Guid.Parse(plan.PlanId));

    private static V1.ChangePlanRequest Change(V1.AssistancePlan plan) => new() { PlanId = plan.PlanId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = plan.Version };

    private static V1.ArrangeServiceRequest Arrange(V1.AssistancePlan plan, V1.PlannedService service, string provider) => new()
    { PlanId = plan.PlanId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = plan.Version, ServiceId = service.ServiceId, ProviderId = provider, DueAt = Soon };

    private static V1.SettleServiceRequest Settle(V1.AssistancePlan plan, V1.PlannedService service) => new()
    { PlanId = plan.PlanId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = plan.Version, ServiceId = service.ServiceId, Outcome = V1.ServiceState.Delivered, At = Past };

    private static async Task<V1.AssistancePlan> TwiceAsync<T>(T request, Func<T, AsyncUnaryCall<V1.AssistancePlan>> call)
    {
        var first = await call(request);
        Assert.Equal(first, await call(request));
        return first;
    }
}
