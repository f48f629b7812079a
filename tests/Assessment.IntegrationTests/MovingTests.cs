using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using static LeftBehind.Assessment.IntegrationTests.Town;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.IntegrationTests;

/// <summary>An assessment is of a child on file, lies where the child lives, and moves along with its plan and what is owed of both.</summary>
public sealed class MovingTests(RunningAssessment assessment)
{
    private const string There = "431002002200", Town = "431002002", Neighbour = "431003101202";

    private readonly Guid child = Guid.NewGuid();

    [Fact]
    public async Task Nobody_opens_an_assessment_of_a_child_that_is_not_on_file_or_lives_elsewhere()
    {
        var (client, town) = (assessment.Client, assessment.AsOfficer(Code));
        await RefusedAsync(StatusCode.NotFound, client.OpenAssessmentAsync(Opening(child), town));
        await assessment.LivesAsync(child, There);
        await RefusedAsync(StatusCode.NotFound, client.OpenAssessmentAsync(Opening(child), town));
        // Who reaches both hears what is wrong.
        await assessment.LivesAsync(child, Neighbour, version: 2);
        await RefusedAsync(StatusCode.InvalidArgument, client.OpenAssessmentAsync(Opening(child), town));
        await assessment.LivesAsync(child, version: 3);
        Assert.Equal(Village, (await client.OpenAssessmentAsync(new(Opening(child)) { DivisionCode = Code }, town)).DivisionCode);
        await assessment.LivesAsync(child, state: FileState.MergedInto, version: 4);
        await RefusedAsync(StatusCode.FailedPrecondition, client.OpenAssessmentAsync(Opening(child), town));
    }

    [Fact]
    public async Task What_is_open_moves_with_the_child_once_however_often_and_late_it_is_told()
    {
        await assessment.LivesAsync(child);
        var of = await assessment.Client.OpenAssessmentAsync(Opening(child, "High"), assessment.AsOfficer(Code));
        var (before, moved) = (Lives(child, version: 2), Lives(child, There, version: 3));
        await assessment.TellAsync(moved, moved);
        await assessment.TellAsync(before, moved);
        await RefusedAsync(StatusCode.NotFound, assessment.Client.GetAssessmentAsync(new() { AssessmentId = of.AssessmentId }, assessment.AsOfficer(Code)));
        var there = await assessment.Client.GetAssessmentAsync(new() { AssessmentId = of.AssessmentId }, assessment.AsOfficer(Town));
        Assert.Equal((There, V1.AssessmentState.Opened, of.DueAt, of.Version + 1), (there.DivisionCode, there.State, there.DueAt, there.Version));
        Assert.DoesNotContain((await assessment.Client.ListOpenAssessmentsAsync(new() { DivisionCode = Code, PageSize = 200 }, assessment.AsOfficer(Code))).Assessments, a => a.AssessmentId == of.AssessmentId);
        Assert.Contains((await assessment.Client.ListOpenAssessmentsAsync(new() { DivisionCode = Town, PageSize = 200 }, assessment.AsOfficer(Town))).Assessments, a => a.AssessmentId == of.AssessmentId);
        Assert.Equal([$"opened {Code}", $"waived {Code}", $"opened {Town}"], await DutiesAsync(of.AssessmentId));
        await assessment.Client.RecordFieldworkAsync(Fieldwork(there), assessment.AsOfficer(Town));
        await assessment.LivesAsync(child, version: 4);
        Assert.Equal(2, (await DutiesAsync(of.AssessmentId)).Count(d => d == $"opened {Code}"));
    }

    [Fact]
    public async Task A_plan_moves_with_the_assessment_that_drafted_it_and_is_approved_and_carried_out_there()
    {
        var of = await assessment.AssessedAsync(child, V1.RiskLevel.High);
        await assessment.LivesAsync(child, There, version: 2);
        var (plans, town) = (assessment.Plans, assessment.AsOfficer(Town));
        await assessment.Client.ApprovePlanAsync(new() { AssessmentId = of.AssessmentId }, assessment.AsOfficer(Town[..6]));
        var plan = await plans.GetPlanAsync(new() { PlanId = of.PlanId }, town);
        plan = await plans.StartPlanAsync(new() { PlanId = plan.PlanId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = plan.Version }, town);
        var provider = await assessment.Directory.ListProviderAsync(new()
        { RequestId = $"{Guid.NewGuid()}", DivisionCode = Town[..6], Name = "北湖区社工站", Kinds = { V1.AssistanceService.GuardianshipGuidance } }, assessment.AsOfficer(Town[..6]));
        var service = plan.Services[0].ServiceId;
        plan = await plans.ArrangeServiceAsync(new()
        {
            PlanId = plan.PlanId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = plan.Version, ServiceId = service, ProviderId = provider.ProviderId,
            DueAt = TimeProvider.System.GetUtcNow().AddDays(10).ToString("O"),
        }, town);

        await assessment.LivesAsync(child, version: 3);
        Assert.Equal([$"opened {Town}", $"waived {Town}", $"opened {Code}"], await DutiesAsync(plan.PlanId));
        var due = Assert.Single((await plans.ListDueServicesAsync(new() { DivisionCode = Code, PageSize = 200 }, assessment.AsOfficer(Code))).Services, s => s.PlanId == plan.PlanId);
        await RefusedAsync(StatusCode.NotFound, plans.GetPlanAsync(new() { PlanId = plan.PlanId }, town));
        await plans.SettleServiceAsync(new()
        {
            PlanId = plan.PlanId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = plan.Version + 1, ServiceId = due.ServiceId, Outcome = V1.ServiceState.Delivered,
            At = TimeProvider.System.GetUtcNow().AddSeconds(-1).ToString("O"),
        }, assessment.AsOfficer(Code));
        Assert.Equal($"fulfilled {Code}", (await DutiesAsync(plan.PlanId))[^1]);
    }

    [Fact]
    public async Task A_release_that_kept_no_places_asks_for_them_from_the_beginning_once()
    {
        await using var upgraded = new RunningAssessment();
        await upgraded.InitializeAsync();
        var page = new EventPage("registry", Guid.NewGuid(), 0, 1, 1, [Lives(child)]);
        await upgraded.PublishAsync(page);
        await upgraded.TakenAsync("registry", 1);
        await upgraded.MigrateAsync();
        Assert.Equal(["1"], await WatermarkAsync());

        // As it was left by such a release.
        await upgraded.ColumnAsync("with gone as (delete from assessment.places_asked) delete from assessment.child_place where child = $1 returning child::text", child);
        await upgraded.MigrateAsync();
        await upgraded.MigrateAsync();
        Assert.Equal(["0"], await WatermarkAsync());
        await upgraded.PublishAsync(page);
        await upgraded.TakenAsync("registry", 1);
        Assert.Equal(Village, (await upgraded.Client.OpenAssessmentAsync(Opening(child), upgraded.AsOfficer(Code))).DivisionCode);

        Task<List<string>> WatermarkAsync() => upgraded.ColumnAsync("select watermark::text from assessment.lane where source = 'registry'");
    }

    private Task<List<string>> DutiesAsync(string subject) => assessment.ColumnAsync("""
        select replace(type, 'obligation_', '') || ' ' || split_part(data->'of'->>'division', '@', 1)
        from assessment.mt_events where type like 'obligation_%' and data->'of'->'subject'->>'id' = $1 order by seq_id
        """, subject);
}
