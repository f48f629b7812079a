using Grpc.Core;
using LeftBehind.EndToEndTests.Leaks;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Guardianship.V1;
using LeftBehind.TestKit;
using Xunit;
using Assessments = LeftBehind.Protos.Assessment.V1;
using Registries = LeftBehind.Protos.Registry.V1;
using Reporting = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.EndToEndTests.Story;

/// <summary>
/// One child from an unexcused absence to a new guardian, over all services and four months of a clock that stands still between the steps. After each step
/// the figures of all five levels and the child's timeline say what happened.
/// </summary>
public sealed class FromAbsenceToGuardianTests
{
    private RunningInstallation running = null!;
    private OneChild child = null!;

    private Reporting.Reporting.ReportingClient Reports => new(running.Channel("Reporting"));

    private Reporting.Placements.PlacementsClient Placements => new(running.Channel("Reporting"));

    private Assessments.Assessment.AssessmentClient Assessment => new(running.Channel("Assessment"));

    private Court.CourtClient Court => new(running.Channel("GuardianshipIntervention"));

    [Fact]
    public async Task A_child_that_stays_away_from_school_to_beg_is_found_protected_helped_and_given_another_guardian()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var all = running = await RunningInstallation.StartAtAsync(new(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(8)), ct);
        await using var overheard = await Overheard.ListenAsync(running.Services.RabbitMq.Uri, ct);
        child = new(running, ct);
        await child.BeginAsync();
        await child.CountsAsync(("onFile.total.all", 1), ("leftBehind.total.all", 1), ("pupil.total.all", 1), ("pupil.match.matched", 1), ("pupil.dropout.none", 1));

        await AbsenceAsync();
        var report = await TeachersReportAsync();
        await ResponseAsync(report);
        var placement = await PlacementAsync(report);
        var plan = await AssessmentAsync();
        await PlanAsync(plan);
        var @case = await ThreeEducationActsAsync();
        @case = await PetitionAsync(@case);
        await JudgmentAsync(@case);
        await PlacementEndsAsync(placement);
        await child.ReconcilesAsync();
        await EverythingIsToldAgainAsync(overheard, ct);
    }

    /// <summary>All that the services told each other comes twice more and in any order, and nothing is another for it.</summary>
    private async Task EverythingIsToldAgainAsync(Overheard overheard, CancellationToken ct)
    {
        var stores = new Stores(running);
        await stores.AreSettledAsync(running.Now!.Value, ct);
        await stores.AreQuietAsync(ct);
        var events = await stores.CountAllEventsAsync(ct);
        Assert.All(new[] { "registry", "education", "reporting", "assessment", "guardianship" }, source => Assert.Contains(overheard.Pages, page => page.Source == source));
        await overheard.SendAgainInAnyOrderAsync(new(7), ct);
        await Eventually.IsAsync(() => running.Services.RabbitMq.CountMessagesAsync(ct), left => left == 0, ct);
        await stores.AreQuietAsync(ct);
        Assert.Equal(events, await stores.CountAllEventsAsync(ct));
        await child.CountsAsync();
        await child.TellsAsync();
        await child.ReconcilesAsync();
    }

    /// <summary>Present on Monday, away from Tuesday to Thursday: three school days make a suspected dropout.</summary>
    private async Task AbsenceAsync()
    {
        await child.CallAsync(absent: false);
        child.Is(3, 3, 9);
        await child.CallAsync(absent: true);
        await child.CountsAsync(("pupil.dropout.none", 0), ("pupil.dropout.absence", 1));
        foreach (var day in new[] { 4, 5 })
        {
            child.Is(3, day, 9);
            await child.CallAsync(absent: true);
        }
        await child.CountsAsync(("pupil.dropout.absence", 0), ("pupil.dropout.suspected", 1));
        Assert.Equal(["AbsenceDetected", "Suspected"], (await child.EntriesAsync(child.Pupil)).Where(e => e.Fact == "dropout_recorded").Select(e => e.Change));
        await child.TellsAsync();
    }

    private async Task<string> TeachersReportAsync()
    {
        child.Is(3, 5, 15);
        var report = await child.KnownAsync(() => Reports.ReportHarmAsync(new()
        {
            RequestId = OneChild.Request(), ReporterKind = Reporting.ReporterKind.School, Situation = Reporting.Situation.OtherHarm, Category = Reporting.ReportedCategory.OrganisedBegging,
            DivisionCode = OneChild.Village, ChildId = child.Id, Description = "父亲带其在县城乞讨", DiscoveredAt = child.Ago(60),
        }, child.Teacher));
        await child.CountsAsync(("report.total.all", 1), ("report.reporter.school", 1), ("report.category.organisedBegging", 1), ("report.situation.otherHarm", 1));
        await child.TellsAsync("harm_reported OtherHarm");
        return report.ReportId;
    }

    /// <summary>Measures are taken, town and county are told, and the response closes; the town's being informed opens an assessment.</summary>
    private async Task ResponseAsync(string report)
    {
        child.Is(3, 5, 17);
        var response = (await Reports.ReferToPoliceAsync(new() { ReportId = report, At = child.Ago(50) }, child.TownOfficer)).ResponseId;
        var responses = new Reporting.EmergencyResponses.EmergencyResponsesClient(running.Channel("Reporting"));
        await responses.RecordDispatchAsync(new() { ResponseId = response, At = child.Ago(45) }, child.Police);
        await responses.RecordOnSceneAsync(new() { ResponseId = response, At = child.Ago(30) }, child.Police);
        await child.CountsAsync(("response.total.all", 1), ("response.state.onScene", 1), ("report.state.underHandling", 1));
        foreach (var measure in new[] { Reporting.Measure.HarmStopped, Reporting.Measure.ChildProtected, Reporting.Measure.EvidenceTaken })
            await Reports.TakeMeasureAsync(new() { ResponseId = response, Measure = measure, Taken = new() { At = child.Ago(20), Organ = "苏仙公安分局", DocumentNo = "苏公1号" } }, child.Police);
        foreach (var measure in new[] { Reporting.Measure.MedicalCareHelped, Reporting.Measure.InjuryExaminationHelped })
            await Reports.TakeMeasureAsync(new() { ResponseId = response, Measure = measure, NotNeeded = new() { Reason = "孩子没有受伤" } }, child.Police);
        await Reports.NotifyTownAsync(new() { ResponseId = response, At = child.Ago(10) }, child.Police);
        await Reports.NotifyCountyCivilAffairsAsync(new() { ResponseId = response, At = child.Ago(5) }, child.Police);
        Assert.Empty((await Reports.CloseResponseAsync(new() { ResponseId = response }, child.Police)).Missing);
        await child.CountsAsync(("response.state.onScene", 0), ("response.state.closed", 1), ("report.state.underHandling", 0), ("report.state.concluded", 1), ("assessment.state.opened", 1));
        var urgency = (await Reports.GetReportAsync(new() { ReportId = report }, child.TownOfficer)).Urgency;
        await child.TellsAsync($"response_opened {urgency}", $"town_notified {urgency}", "response_closed Closed", $"assessment_opened {urgency}");
    }

    private async Task<string> PlacementAsync(string report)
    {
        child.Is(3, 5, 20);
        var placed = await Placements.PlaceChildAsync(new()
        {
            RequestId = OneChild.Request(), ReportId = report, Ground = Reporting.PlacementGround.GuardianHarming, Place = Reporting.PlacementPlace.ProtectionBody, Receiver = "苏仙区未成年人救助保护中心",
            HandOverNo = "交1号", At = child.Ago(30),
        }, child.CountyOfficer);
        await child.CountsAsync(("placement.total.all", 1), ("placement.state.placed", 1), ("placement.ground.guardianHarming", 1), ("placement.place.protectionBody", 1));
        await child.TellsAsync("placement_recorded GuardianHarming, Placed");
        return placed.PlacementId;
    }

    /// <summary>The town assesses, together with county civil affairs and police: poor, and High. A plan is drafted with it.</summary>
    private async Task<Assessments.AssessmentRecord> AssessmentAsync()
    {
        child.Is(3, 6, 10);
        var open = Assert.Single((await Assessment.ListOpenAssessmentsAsync(new() { DivisionCode = OneChild.Town }, child.TownOfficer)).Assessments);
        Assert.Equal((child.Id, OneChild.Village, Assessments.AssessmentTrigger.TownInformed), (open.ChildId, open.DivisionCode, open.Trigger));
        await Assessment.ReviewedAsync(open.AssessmentId, child.TownOfficer, Assessing.Answers(grade: false, ("exploited", 1)), Assessing.Answers(grade: true, ("carer", 0)));
        var finalised = await Assessment.FinaliseAssessmentAsync(new()
        {
            AssessmentId = open.AssessmentId, Grade = Assessments.GuardianshipGrade.Poor, Risk = Assessments.RiskLevel.High,
            Services = { Assessments.AssistanceService.PsychologicalCounselling },
        }, child.TownOfficer);
        await child.CountsAsync(("assessment.state.opened", 0), ("assessment.total.all", 1), ("assessment.state.finalised", 1), ("assessment.risk.high", 1), ("assessment.grade.poor", 1),
            ("assessment.due.inTime", 1), ("plan.state.draft", 1), ("planService.state.planned", 1));
        await child.TellsAsync("assessment_recorded FieldworkRecorded", "assessment_recorded Drafted", "assessment_recorded Reviewed", "assessment_finalised Poor, High", "plan_drafted Draft");
        return finalised;
    }

    /// <summary>The county approves what the town assessed; no case follows from risk or grade.</summary>
    private async Task PlanAsync(Assessments.AssessmentRecord of)
    {
        child.Is(3, 9, 9);
        await Assessment.ApprovePlanAsync(new() { AssessmentId = of.AssessmentId }, child.CountyOfficer);
        await child.CountsAsync(("plan.state.draft", 0), ("plan.state.approved", 1));
        await child.TellsAsync("plan_approved Approved");
        var plans = new Assessments.Plans.PlansClient(running.Channel("Assessment"));
        var plan = await plans.GetPlanAsync(new() { PlanId = of.PlanId }, child.TownOfficer);
        plan = await plans.StartPlanAsync(new() { PlanId = of.PlanId, RequestId = OneChild.Request(), ExpectedVersion = plan.Version }, child.TownOfficer);
        var provider = await new Assessments.ServiceDirectory.ServiceDirectoryClient(running.Channel("Assessment")).ListProviderAsync(new()
        { RequestId = OneChild.Request(), DivisionCode = OneChild.County, Name = "苏仙区社工站", Kinds = { Assessments.AssistanceService.PsychologicalCounselling } }, child.CountyOfficer);
        plan = await plans.ArrangeServiceAsync(new()
        {
            PlanId = of.PlanId, RequestId = OneChild.Request(), ExpectedVersion = plan.Version, ServiceId = Assert.Single(plan.Services).ServiceId, ProviderId = provider.ProviderId, DueAt = child.Ago(-20 * 24 * 60),
        }, child.TownOfficer);
        child.Is(3, 20, 9);
        await plans.SettleServiceAsync(new()
        {
            PlanId = of.PlanId, RequestId = OneChild.Request(), ExpectedVersion = plan.Version, ServiceId = plan.Services[0].ServiceId, Outcome = Assessments.ServiceState.Delivered, At = child.Ago(60),
        }, child.TownOfficer);
        await child.CountsAsync(("plan.state.approved", 0), ("plan.state.active", 1), ("planService.state.planned", 0), ("planService.delivered.psychologicalCounselling", 1),
            ("interventionCase.total.all", 0));
        await child.TellsAsync("plan_recorded Started", "plan_recorded ServiceArranged", "plan_recorded ServiceDelivered");
    }

    /// <summary>Two acts are too few for a petition; with the third, and what shows that nothing was mended, the fifth ground is whole.</summary>
    private async Task<InterventionCase> ThreeEducationActsAsync()
    {
        child.Is(3, 23, 10);
        var opened = await EducateAsync(InterventionAct.Admonition, OrganKind.Police, "苏公劝1号");
        await child.CountsAsync(("interventionCase.total.all", 1), ("interventionCase.step.admonition", 1), ("interventionCase.ground.none", 1), ("interventionCase.state.open", 1));
        await child.TellsAsync("case_opened ExploitedForBegging", "step_recorded Admonition");
        child.Is(4, 8, 10);
        var second = await EducateAsync(InterventionAct.Admonition, OrganKind.ReliefBody, "苏救劝2号");
        Assert.Equal(opened.CaseId, second.CaseId);
        await child.TellsAsync("step_recorded Admonition");
        var refused = await Assert.ThrowsAsync<RpcException>(() => ActAsync(second, CourtAct.PetitionFiled, "立1号", Petition));
        Assert.Equal((StatusCode.FailedPrecondition, true), (refused.StatusCode, refused.Status.Detail.Contains("民法典 §36", StringComparison.Ordinal)));

        child.Is(5, 6, 10);
        var third = await EducateAsync(InterventionAct.Reprimand, OrganKind.Police, "苏公训3号");
        await child.CountsAsync(("interventionCase.step.admonition", 0), ("interventionCase.step.reprimand", 1));
        await child.TellsAsync("step_recorded Reprimand");
        child.Is(5, 20, 10);
        var shown = await EvidenceAsync(third, Limb.CorrectionRefused, "苏公证4号");
        shown = await EvidenceAsync(shown, Limb.LifeAndStudyAffected, "校证5号");
        await child.CountsAsync(("interventionCase.ground.none", 0), ("interventionCase.ground.g5", 1));
        await child.TellsAsync("case_recorded EvidenceRecorded", "case_recorded EvidenceRecorded");
        return shown;
    }

    private async Task<InterventionCase> PetitionAsync(InterventionCase of)
    {
        child.Is(5, 25, 10);
        var filed = await ActAsync(of, CourtAct.PetitionFiled, "（2026）湘1003民特1号", Petition);
        await child.CountsAsync(("interventionCase.step.reprimand", 0), ("interventionCase.step.revocationPetition", 1), ("interventionCase.state.open", 0), ("interventionCase.state.petitionFiled", 1));
        await child.TellsAsync("case_recorded PetitionFiled");
        return filed;
    }

    /// <summary>The judgment names the grandparents, and Registry has them as guardians; the father goes on paying.</summary>
    private async Task JudgmentAsync(InterventionCase of)
    {
        child.Is(6, 15, 10);
        var judged = await ActAsync(of, CourtAct.GuardianshipRevoked, "（2026）湘1003民特1号判决", r => r.Guardian = DesignatedGuardian.Grandparents);
        Assert.Equal((CaseState.Judged, DesignatedGuardian.Grandparents, true, false), (judged.State, judged.Guardian, judged.SupportDutyContinues, judged.RestorationBarred));
        await child.CountsAsync(("interventionCase.step.revocationPetition", 0), ("interventionCase.step.guardianDesignated", 1), ("interventionCase.state.petitionFiled", 0), ("interventionCase.state.judged", 1));
        await child.TellsAsync("case_recorded GuardianshipRevoked", "guardian_designated Grandparents");
        await Eventually.IsAsync(() => child.EntriesAsync(child.Id), t => t.Any(e => e is { Service: "registry", Change: "GuardianChanged" }), TestContext.Current.CancellationToken);
        var why = await new Registries.Registry.RegistryClient(running.Channel("Registry")).WhyEligibleAsync(new() { ChildId = child.Id }, child.CountyOfficer);
        Assert.Contains("Grandparents", why.ToString(), StringComparison.Ordinal);
        var file = await Court.GetCaseFileAsync(new() { CaseId = of.CaseId, Purpose = "案卷归档" }, child.CountyOfficer);
        Assert.Contains("判决撤销监护人资格，指定监护人：祖父母、外祖父母", file.Text, StringComparison.Ordinal);
        Assert.All(file.Clocks, clock => Assert.False(clock.Late));
    }

    /// <summary>The child leaves the placement by the court's decision, and is looked at once more.</summary>
    private async Task PlacementEndsAsync(string placement)
    {
        child.Is(6, 16, 10);
        var placed = await Placements.GetPlacementAsync(new() { PlacementId = placement }, child.CountyOfficer);
        await Placements.EndPlacementAsync(new() { PlacementId = placement, At = child.Ago(30), Court = new() { DocumentNo = "民特1号" }, ExpectedVersion = placed.Version }, child.CountyOfficer);
        await child.CountsAsync(("placement.state.placed", 0), ("placement.state.court", 1), ("assessment.total.all", 2), ("assessment.state.opened", 1));
        await child.TellsAsync("placement_recorded GuardianHarming, Court", "assessment_opened Ordinary");
    }

    private static void Petition(RecordCourtActRequest request)
    {
        request.Petitioner = Petitioner.VillageCommittee;
        request.Pleaded.Add(PetitionGround.G5);
    }

    private async Task<InterventionCase> EducateAsync(InterventionAct act, OrganKind organ, string document) =>
        await child.KnownAsync(() => new GuardianshipIntervention.GuardianshipInterventionClient(running.Channel("GuardianshipIntervention")).RecordConductAsync(new()
        {
            RequestId = OneChild.Request(), ChildId = child.Id, Respondent = Respondent.Father, Conduct = Conduct.ExploitedForBegging, Act = act, Organ = organ is OrganKind.Police ? "苏仙公安分局" : "苏仙区救助站",
            DocumentNo = document, OccurredAt = child.Ago(60), OrganKind = organ,
        }, child.CountyOfficer));

    private async Task<InterventionCase> EvidenceAsync(InterventionCase of, Limb limb, string document) => await Court.RecordEvidenceAsync(new()
    {
        RequestId = OneChild.Request(), CaseId = of.CaseId, ExpectedVersion = of.Version, Limb = limb, Kind = EvidenceKind.Document, Organ = "苏仙公安分局", DocumentNo = document, OccurredAt = child.Ago(60),
    }, child.CountyOfficer);

    private async Task<InterventionCase> ActAsync(InterventionCase of, CourtAct act, string document, Action<RecordCourtActRequest> with)
    {
        var request = new RecordCourtActRequest
        { RequestId = OneChild.Request(), CaseId = of.CaseId, ExpectedVersion = of.Version, Act = act, Organ = "苏仙区人民法院", DocumentNo = document, OccurredAt = child.Ago(30) };
        with(request);
        return await Court.RecordCourtActAsync(request, child.CountyOfficer);
    }
}
