using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Assessment.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Xunit;
using PlatformClient = LeftBehind.Protos.Platform.V1.Platform.PlatformClient;
using Reporting = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.EndToEndTests;

/// <summary>From the notice to the town over the assessment and the plan to its completion and the risk that is scored anew.</summary>
[Collection(InOneInstallation.Name)]
public sealed class AssistanceChainTests(SharedInstallation shared)
{
    private const string County = Counties.OfAssistance;
    private static readonly string Village = SharedInstallation.FirstVillage(County), Town = Village[..9];

    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddHours(-3).ToUnixTimeSeconds());

    [Fact]
    public async Task A_child_is_assessed_helped_by_a_plan_and_assessed_anew_and_every_level_counts_it()
    {
        var ct = TestContext.Current.CancellationToken;
        var running = shared.Running;
        var before = await SubjectsInPlatformAsync(running, ct);
        var child = await LeftBehindAsync(running, ct);
        await InformTownAsync(running, child, ct);
        var assessments = new Assessment.AssessmentClient(running.Channel("Assessment"));
        var open = await OpenAsync(child, AssessmentTrigger.TownInformed);
        await assessments.ReviewedAsync(open.AssessmentId, running.Bureau(Town, ct), Assessing.Answers(grade: false, ("unattended", 3)), Assessing.Answers(grade: true, ("carer", 0)));
        var finalised = await assessments.FinaliseAssessmentAsync(new()
        {
            AssessmentId = open.AssessmentId, Grade = GuardianshipGrade.Poor, Risk = RiskLevel.High,
            Services = { AssistanceService.GuardianshipGuidance, AssistanceService.SocialAssistance },
        }, running.Bureau(Town, ct));
        Assert.Equal([Participant.CountyCivilAffairs, Participant.Police, Participant.VillageCommittee, Participant.School, Participant.MedicalInstitution], finalised.Participants);
        await CadenceAsync(Cadence.Weekly);
        await FiguresAsync(f => f.GetValueOrDefault("plan.state.draft") == 1 && f.GetValueOrDefault("assessment.risk.high") == 1 && f.GetValueOrDefault("assessment.grade.poor") == 1
            && f.GetValueOrDefault("planService.state.planned") == 2);

        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(async () =>
            await assessments.ApprovePlanAsync(new() { AssessmentId = open.AssessmentId }, running.Bureau(Town, ct)))).StatusCode);
        await assessments.ApprovePlanAsync(new() { AssessmentId = open.AssessmentId }, running.Bureau(County, ct));
        var completed = await CarryOutAsync(running, finalised.PlanId, ct);

        var anew = await OpenAsync(child, AssessmentTrigger.PlanCompleted);
        Assert.Equal(completed.ReassessmentId, anew.AssessmentId);
        await assessments.ReviewedAsync(anew.AssessmentId, running.Bureau(Town, ct));
        await assessments.FinaliseAssessmentAsync(new() { AssessmentId = anew.AssessmentId, Grade = GuardianshipGrade.Good, Risk = RiskLevel.Low }, running.Bureau(Town, ct));
        await CadenceAsync(Cadence.Quarterly);
        await FiguresAsync(f => (f.GetValueOrDefault("assessment.total.all"), f.GetValueOrDefault("assessment.state.finalised"), f.GetValueOrDefault("assessment.risk.low"),
                f.GetValueOrDefault("assessment.due.inTime"), f.GetValueOrDefault("plan.state.completed")) == (2, 2, 1, 2, 1)
            && f.GetValueOrDefault("planService.delivered.guardianshipGuidance") == 1 && f.GetValueOrDefault("planService.delivered.socialAssistance") == 1);
        await SeeTimelineAsync(running, child, ct);
        // Two assessments, a plan, and their duties: to finalise each, to give each of two services.
        Assert.Equal(7, await SubjectsInPlatformAsync(running, ct) - before);

        async Task<OpenAssessment> OpenAsync(string of, AssessmentTrigger trigger) => Assert.Single((await Eventually.IsAsync(
            async () => await assessments.ListOpenAssessmentsAsync(new() { DivisionCode = County }, running.Bureau(County, ct)),
            l => l.Assessments.Any(a => a.ChildId == of && a.Trigger == trigger), ct)).Assessments);

        Task CadenceAsync(Cadence cadence) => Eventually.IsAsync(
            async () => await new Visits.VisitsClient(running.Channel("Registry")).ListDueVisitsAsync(new() { DivisionCode = County }, running.Bureau(County, ct)),
            d => d.Visits.Any(v => v.ChildId == child && v.Cadence == cadence), ct);

        // The village by its town: a village's own worker reads no assessment, and no figure of one.
        async Task FiguresAsync(Func<Dictionary<string, long>, bool> hold)
        {
            var client = new PlatformClient(running.Channel("Platform"));
            foreach (var (division, caller) in new[] { (Village, Town), (Town, Town), (County, County), (County[..4], County[..4]), (County[..2], County[..2]) })
                await Eventually.IsAsync(async () => (await client.GetFiguresAsync(new() { DivisionCode = division }, running.Bureau(caller, ct)))
                    .Division.Figures.ToDictionary(f => f.Measure, f => f.Value), hold, ct);
        }
    }

    /// <summary>How many subjects of Assessment Platform holds, once it holds all of them.</summary>
    private static async Task<long> SubjectsInPlatformAsync(RunningInstallation running, CancellationToken ct)
    {
        var platform = new PlatformClient(running.Channel("Platform"));
        return (await Eventually.IsAsync(async () => await platform.ReconcileAsync(new(), running.Operations(ct)),
            r => r.FigureDifferences == 0 && r.Sources.All(s => s.Differences == 0), ct)).Sources.Single(s => s.Source == "assessment").InPlatform;
    }

    /// <summary>Started, each service arranged with a provider and given, the aid office's answer with its document, reviewed and completed.</summary>
    private static async Task<AssistancePlan> CarryOutAsync(RunningInstallation running, string planId, CancellationToken ct)
    {
        var (plans, town, county) = (new Plans.PlansClient(running.Channel("Assessment")), running.Bureau(Town, ct), running.Bureau(County, ct));
        var provider = await new ServiceDirectory.ServiceDirectoryClient(running.Channel("Assessment")).ListProviderAsync(new()
        {
            RequestId = $"{Guid.NewGuid()}", DivisionCode = County, Name = "苏仙区社工站", Kinds = { AssistanceService.GuardianshipGuidance, AssistanceService.SocialAssistance },
        }, county);
        var plan = await plans.GetPlanAsync(new() { PlanId = planId }, town);
        plan = await plans.StartPlanAsync(Change(), town);
        foreach (var service in plan.Services.Select(s => s.ServiceId).ToList())
            plan = await plans.ArrangeServiceAsync(new()
            {
                PlanId = planId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = plan.Version, ServiceId = service, ProviderId = provider.ProviderId,
                DueAt = TimeProvider.System.GetUtcNow().AddDays(20).ToString("O"),
            }, town);
        Assert.Equal(2, (await plans.ListDueServicesAsync(new() { DivisionCode = Town }, town)).Services.Count);
        plan = await plans.SettleServiceAsync(new()
        {
            PlanId = planId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = plan.Version, ServiceId = plan.Services.Single(s => s.Kind is AssistanceService.GuardianshipGuidance).ServiceId,
            Outcome = ServiceState.Delivered, At = At(150),
        }, town);
        plan = await plans.AnswerAidRequestAsync(new()
        {
            PlanId = planId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = plan.Version, ServiceId = plan.Services.Single(s => s.Kind is AssistanceService.SocialAssistance).ServiceId,
            Granted = true, DocumentNo = "苏民救〔2026〕7号", At = At(160),
        }, county);
        plan = await plans.ReviewPlanAsync(Change(), town);
        return await plans.CompletePlanAsync(Change(), town);

        ChangePlanRequest Change() => new() { PlanId = planId, RequestId = $"{Guid.NewGuid()}", ExpectedVersion = plan.Version };
    }

    private static async Task SeeTimelineAsync(RunningInstallation running, string child, CancellationToken ct)
    {
        string[] expected =
        [
            "assessment_opened", "assessment_recorded FieldworkRecorded", "assessment_recorded Drafted", "assessment_recorded Reviewed", "assessment_finalised Poor, High",
            "plan_drafted Draft", "plan_approved Approved", "plan_recorded Started", "plan_recorded ServiceArranged", "plan_recorded ServiceArranged", "plan_recorded ServiceDelivered",
            "plan_recorded ServiceDelivered", "plan_recorded Reviewed", "plan_recorded Completed",
            "assessment_opened", "assessment_recorded FieldworkRecorded", "assessment_recorded Drafted", "assessment_recorded Reviewed", "assessment_finalised Good, Low",
        ];
        var platform = new PlatformClient(running.Channel("Platform"));
        var timeline = await Eventually.IsAsync(async () => await platform.GetTimelineAsync(new() { SubjectId = child }, running.Bureau(County, ct)),
            t => t.Entries.Count(e => e.Service == "assessment") >= expected.Length, ct);
        Assert.Equal(expected, timeline.Entries.Where(e => e.Service == "assessment").Select(e => e.Fact is "assessment_opened" ? e.Fact : $"{e.Fact} {e.Change}"));
        // Whoever reads no assessment sees none of it.
        Assert.DoesNotContain((await platform.GetTimelineAsync(new() { SubjectId = child }, running.Bureau(Village, ct))).Entries, e => e.Service == "assessment");
    }

    /// <summary>A report, referred to the police, who tell the town.</summary>
    private static async Task InformTownAsync(RunningInstallation running, string child, CancellationToken ct)
    {
        var reporting = new Reporting.Reporting.ReportingClient(running.Channel("Reporting"));
        var police = running.As(Department.Police, Role.Officer, County, ct: ct);
        var report = await reporting.ReportHarmAsync(new()
        {
            RequestId = $"{Guid.NewGuid()}", ReporterKind = Reporting.ReporterKind.VillageCommittee, Situation = Reporting.Situation.LivingAlone, DivisionCode = Village,
            ChildId = child, DiscoveredAt = At(0),
        }, running.Bureau(Village, ct));
        var response = await reporting.ReferToPoliceAsync(new() { ReportId = report.ReportId, At = At(10) }, running.Bureau(Town, ct));
        await reporting.NotifyTownAsync(new() { ResponseId = response.ResponseId, At = At(30) }, police);
    }

    private static async Task<string> LeftBehindAsync(RunningInstallation running, CancellationToken ct)
    {
        var number = 0;
        HouseholdRow Row(Action<HouseholdRow> fill)
        {
            var row = new HouseholdRow { SourceEventId = $"e{++number}", SourceSequence = number, OccurredAt = "2026-03-01T08:00:00+08:00" };
            fill(row);
            return row;
        }
        HouseholdRow Away(Parent parent) => Row(r => r.Parent = new() { PersonNo = "c", Parent = parent, Status = ParentState.OutForWork, Since = "2025-02-10" });
        using var push = new Registry.RegistryClient(running.Channel("Registry")).PushHouseholds(running.As(Department.Partner, Role.Partner, County, Counties.PopulationBase(County), ct));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                Row(r => r.Household = new() { HouseholdNo = "h", ResidenceCode = Village, Residency = Residency.Rural, Address = "一组" }),
                Row(r => r.Member = new() { HouseholdNo = "h", PersonNo = "c", Name = "李小禾", BirthDate = "2016-05-01", Sex = Sex.Female, Relation = Relation.Child }),
                Away(Parent.Father), Away(Parent.Mother),
            },
        }, ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        return push.ResponseStream.Current.Rows[1].SubjectId;
    }

    private static string At(int minute) => Start.AddMinutes(minute).ToString("O");
}
