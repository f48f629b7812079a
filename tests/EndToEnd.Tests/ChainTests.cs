using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Servers.Installations;
using LeftBehind.TestKit;
using Xunit;
using Assessments = LeftBehind.Protos.Assessment.V1;
using Duties = LeftBehind.Protos.Obligations.V1;
using Guardianship = LeftBehind.Protos.Guardianship.V1;
using Reporting = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.EndToEndTests;

/// <summary>From a report of harm over the police's response to the assessment and its plan, and a case on recorded conduct.</summary>
[Collection(InOneInstallation.Name)]
public sealed class ChainTests(SharedInstallation shared)
{
    private const string County = Counties.OfChain;
    private static readonly string Village = SharedInstallation.FirstVillage(County), Town = Village[..9];
    private const string ReporterName = "陈举报人";
    private const string Described = "孩子独自在家三天，门口写着秘密字样";

    // In whole seconds: the work list keeps microseconds, .NET counts finer.
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddHours(-3).ToUnixTimeSeconds());

    [Fact]
    public async Task A_report_of_harm_becomes_a_response_an_assessment_and_a_plan_and_conduct_becomes_a_case()
    {
        var ct = TestContext.Current.CancellationToken;
        var installation = shared.Running;
        var callers = new Callers(installation, ct);
        var before = await SubjectsInPlatformAsync(installation, ct);
        var child = await ChildOnFileAsync(installation, callers, ct);

        var report = await ReportAsync(installation, callers, child);
        var response = await RespondAsync(installation, callers, report);
        await AssessAsync(installation, callers, child, response, ct);
        await InterveneAsync(installation, callers, child, ct);
        await WithoutParentsAsync(installation, callers, before, ct);

        await SeeTimelineAsync(installation, callers, child, ct);
        await NothingPersonalInLogsAsync(installation, ct);
    }

    /// <summary>A child that Platform knows, so that there is a timeline to look at.</summary>
    private static async Task<string> ChildOnFileAsync(RunningInstallation installation, Callers callers, CancellationToken ct)
    {
        var registry = new Registry.RegistryClient(installation.Channel("Registry"));
        using var push = registry.PushHouseholds(installation.As(Department.Partner, Role.Partner, County, Counties.PopulationBase(County), ct));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                Row(1, r => r.Household = new() { HouseholdNo = "h", ResidenceCode = Village, Residency = Residency.Rural, Address = "一组" }),
                Row(2, r => r.Member = new() { HouseholdNo = "h", PersonNo = "c", Name = "李小禾", BirthDate = "2016-05-01", Sex = Sex.Female, Relation = Relation.Child }),
            },
        }, ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        var platform = new Platform.PlatformClient(installation.Channel("Platform"));
        var subjects = await Eventually.IsAsync(
            async () => await platform.ListSubjectsAsync(new() { DivisionCode = County, Measure = "onFile.total.all" }, callers.CountyOfficer),
            s => s.Subjects_.Count == 1, ct);
        return subjects.Subjects_[0].SubjectId;
    }

    /// <summary>Two reports on one child are one case; only those who may see it do, and the reporter keeps a receipt.</summary>
    private static async Task<string> ReportAsync(RunningInstallation installation, Callers callers, string child)
    {
        var reporting = new Reporting.Reporting.ReportingClient(installation.Channel("Reporting"));
        var harm = new Reporting.ReportHarmRequest
        {
            RequestId = Guid.NewGuid().ToString(), ReporterKind = Reporting.ReporterKind.School, Situation = Reporting.Situation.LivingAlone, DivisionCode = Village,
            ChildId = child, Description = Described, ReporterName = ReporterName, ReporterPhone = "13900002222", DiscoveredAt = At(0),
        };
        var first = await reporting.ReportHarmAsync(harm, callers.Teacher);
        Assert.Equal(first, await reporting.ReportHarmAsync(harm, callers.Teacher));
        var second = await reporting.ReportHarmAsync(
            new(harm) { RequestId = Guid.NewGuid().ToString(), ReporterKind = Reporting.ReporterKind.VillageCommittee, ImmediateDanger = true }, callers.VillageWorker);
        Assert.NotEqual(first.ReportId, second.ReportId);
        foreach (var words in new[] { "班主任张三", "teacher\0" })
            await RefusedAsync(StatusCode.InvalidArgument, reporting.ReportHarmAsync(
                new(harm) { RequestId = Guid.NewGuid().ToString(), ConcernedAccount = words }, callers.Teacher));

        var seen = await reporting.GetReportAsync(new() { ReportId = first.ReportId }, callers.TownOfficer);
        Assert.Equal((Reporting.Urgency.Emergency, "", ""), (seen.Urgency, seen.Description, seen.ReporterName));
        Assert.Equal([second.ReportId], seen.JoinedReportIds);
        var opened = await reporting.GetReportAsync(new() { ReportId = first.ReportId, Purpose = "处置本案" }, callers.CountyOfficer);
        Assert.Equal((Described, ""), (opened.Description, opened.ReporterName));
        var receipt = await reporting.GetReportAsync(new() { ReportId = first.ReportId }, callers.Teacher);
        Assert.True(receipt is { ReceiptOnly: true, ChildId: "", DivisionCode: "" });
        await RefusedAsync(StatusCode.NotFound, reporting.GetReportAsync(new() { ReportId = first.ReportId }, callers.OfficerElsewhere));
        await RefusedAsync(StatusCode.NotFound, reporting.GetReportAsync(new() { ReportId = Guid.NewGuid().ToString() }, callers.CountyOfficer));
        return first.ReportId;
    }

    /// <summary>Referred to the police; closes only with both notices and every measure.</summary>
    private static async Task<string> RespondAsync(RunningInstallation installation, Callers callers, string report)
    {
        var reporting = new Reporting.Reporting.ReportingClient(installation.Channel("Reporting"));
        var response = (await reporting.ReferToPoliceAsync(new() { ReportId = report, At = At(10) }, callers.TownOfficer)).ResponseId;
        Assert.Equal(response, (await reporting.ReferToPoliceAsync(new() { ReportId = report, At = At(10) }, callers.TownOfficer)).ResponseId);
        await RefusedAsync(StatusCode.NotFound, reporting.ReferToPoliceAsync(new() { ReportId = report, At = At(10) }, callers.OfficerElsewhere));

        await new Reporting.EmergencyResponses.EmergencyResponsesClient(installation.Channel("Reporting")).RecordDispatchAsync(new() { ResponseId = response, At = At(15) }, callers.Police);
        foreach (var measure in new[] { Reporting.Measure.CarerNamed, Reporting.Measure.ParentsReprimanded, Reporting.Measure.EvidenceTaken })
            await reporting.TakeMeasureAsync(new() { ResponseId = response, Measure = measure, Taken = new() { At = At(20), Organ = "苏仙公安分局", DocumentNo = "苏公1号" } }, callers.Police);
        await reporting.TakeMeasureAsync(
            new() { ResponseId = response, Measure = Reporting.Measure.MedicalCareHelped, NotNeeded = new() { Reason = "孩子没有受伤" } }, callers.Police);
        await reporting.NotifyTownAsync(new() { ResponseId = response, At = At(30) }, callers.Police);
        var refused = await RefusedAsync(StatusCode.FailedPrecondition, reporting.CloseResponseAsync(new() { ResponseId = response }, callers.Police));
        Assert.Equal("The response cannot close; missing: county civil affairs notified; help with the injury examination.", refused);

        await reporting.NotifyCountyCivilAffairsAsync(new() { ResponseId = response, At = At(31) }, callers.Police);
        await reporting.TakeMeasureAsync(
            new() { ResponseId = response, Measure = Reporting.Measure.InjuryExaminationHelped, NotNeeded = new() { Reason = "孩子没有受伤" } }, callers.Police);
        var closed = await reporting.CloseResponseAsync(new() { ResponseId = response }, callers.Police);
        Assert.Empty(closed.Missing);
        Assert.Equal(closed, await reporting.CloseResponseAsync(new() { ResponseId = response }, callers.Police));

        var handled = await reporting.GetReportAsync(new() { ReportId = report, Purpose = "核实报告情况" }, callers.Police);
        Assert.Equal((Reporting.Standing.Concluded, ReporterName), (handled.Standing, handled.ReporterName));
        var joined = await reporting.GetReportAsync(new() { ReportId = Assert.Single(handled.JoinedReportIds), Purpose = "核实报告情况" }, callers.Police);
        Assert.Equal((Reporting.Standing.Linked, ReporterName), (joined.Standing, joined.ReporterName));
        Assert.Contains(handled.Response.Measures, m => m is { Taken: false, Reason: "孩子没有受伤" });
        return response;
    }

    /// <summary>Opened by policy within the emergency's day; Poor is never Low; the plan is another person's to approve.</summary>
    private static async Task AssessAsync(RunningInstallation installation, Callers callers, string child, string response, CancellationToken ct)
    {
        Assert.NotEmpty(response);
        var assessments = new Assessments.Assessment.AssessmentClient(installation.Channel("Assessment"));
        var list = await Eventually.IsAsync(
            async () => await assessments.ListOpenAssessmentsAsync(new() { DivisionCode = County }, callers.CountyOfficer), l => l.Assessments.Count > 0, ct);
        var open = Assert.Single(list.Assessments);
        Assert.Equal((child, Village, "Emergency", Start.AddMinutes(30).AddHours(24)), (open.ChildId, open.DivisionCode, open.Urgency, DateTimeOffset.Parse(open.DueAt)));
        await RefusedAsync(StatusCode.NotFound, assessments.GetAssessmentAsync(new() { AssessmentId = open.AssessmentId }, callers.OfficerElsewhere));

        await assessments.ReviewedAsync(open.AssessmentId, callers.TownOfficer);
        var finalise = new Assessments.FinaliseAssessmentRequest
        {
            AssessmentId = open.AssessmentId, Grade = Assessments.GuardianshipGrade.Poor, Risk = Assessments.RiskLevel.Low,
            Participants = { Assessments.Participant.CountyCivilAffairs, Assessments.Participant.Police }, Services = { Assessments.AssistanceService.GuardianshipGuidance },
        };
        await RefusedAsync(StatusCode.FailedPrecondition, assessments.FinaliseAssessmentAsync(finalise, callers.TownOfficer));
        finalise.Risk = Assessments.RiskLevel.High;
        var finalised = await assessments.FinaliseAssessmentAsync(finalise, callers.TownOfficer);
        Assert.Equal("Draft", finalised.Plan);
        Assert.Equal(finalised, await assessments.FinaliseAssessmentAsync(finalise, callers.TownOfficer));
        Assert.Empty((await assessments.ListOpenAssessmentsAsync(new() { DivisionCode = County }, callers.CountyOfficer)).Assessments);

        await RefusedAsync(StatusCode.FailedPrecondition, assessments.ApprovePlanAsync(new() { AssessmentId = open.AssessmentId }, callers.TownOfficer));
        Assert.Equal("Approved", (await assessments.ApprovePlanAsync(new() { AssessmentId = open.AssessmentId }, callers.CountyOfficer)).Plan);
    }

    /// <summary>Without the parents a response closes and leaves two duties; what is done later ends its own, and Platform counts them with the assessments'.</summary>
    private static async Task WithoutParentsAsync(RunningInstallation installation, Callers callers, (long Reporting, long Assessment) before, CancellationToken ct)
    {
        var reporting = new Reporting.Reporting.ReportingClient(installation.Channel("Reporting"));
        var duties = new Duties.Obligations.ObligationsClient(installation.Channel("Reporting"));
        var report = (await reporting.ReportHarmAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), ReporterKind = Reporting.ReporterKind.VillageCommittee, Situation = Reporting.Situation.LivingAlone,
            DivisionCode = Village, DiscoveredAt = At(0),
        }, callers.VillageWorker)).ReportId;
        var response = (await reporting.ReferToPoliceAsync(new() { ReportId = report, At = At(10) }, callers.TownOfficer)).ResponseId;
        await new Reporting.EmergencyResponses.EmergencyResponsesClient(installation.Channel("Reporting")).RecordDispatchAsync(new() { ResponseId = response, At = At(15) }, callers.Police);
        await reporting.RecordParentsUnreachableAsync(new() { ResponseId = response, At = At(20) }, callers.Police);
        foreach (var measure in new[]
        {
            Reporting.Measure.TemporaryCareByRelative, Reporting.Measure.ParentsNotificationAssisted, Reporting.Measure.EvidenceTaken, Reporting.Measure.MedicalCareHelped,
            Reporting.Measure.InjuryExaminationHelped,
        })
            await reporting.TakeMeasureAsync(new() { ResponseId = response, Measure = measure, Taken = new() { At = At(20), Organ = "苏仙公安分局" } }, callers.Police);
        await reporting.NotifyTownAsync(new() { ResponseId = response, At = At(30) }, callers.Police);
        await reporting.NotifyCountyCivilAffairsAsync(new() { ResponseId = response, At = At(31) }, callers.Police);
        Assert.Empty((await duties.ListObligationsAsync(new() { DivisionCode = County }, callers.Police)).Obligations);
        await reporting.CloseResponseAsync(new() { ResponseId = response }, callers.Police);
        await reporting.CloseResponseAsync(new() { ResponseId = response }, callers.Police);
        Assert.Equal([("reporting.parentsReturnOrCarer", "", Duties.ObligationBasis.Policy), ("reporting.reprimandParents", "due", Duties.ObligationBasis.PlatformDefault)],
            (await duties.ListObligationsAsync(new() { DivisionCode = County }, callers.Police)).Obligations.Select(o => (o.Kind, o.DueAt.Length > 0 ? "due" : "", o.Basis)));

        await reporting.TakeMeasureAsync(new() { ResponseId = response, Measure = Reporting.Measure.CarerNamed, Taken = new() { At = At(40), Organ = "苏仙公安分局" } }, callers.Police);
        await reporting.TakeMeasureAsync(new() { ResponseId = response, Measure = Reporting.Measure.ParentsReprimanded, NotNeeded = new() { Reason = "父母已经去世" } }, callers.Police);
        Assert.Empty((await duties.ListObligationsAsync(new() { DivisionCode = County }, callers.Police)).Obligations);

        // The first assessment was finalised; the one on this response is still to do, as a duty of the town.
        var toAssess = new Duties.Obligations.ObligationsClient(installation.Channel("Assessment"));
        var duty = Assert.Single((await Eventually.IsAsync(
            async () => await toAssess.ListObligationsAsync(new() { DivisionCode = County }, callers.CountyOfficer), l => l.Obligations.Count > 0, ct)).Obligations);
        Assert.Equal(("assessment.finalise", Town, Duties.ObligationBasis.PlatformDefault), (duty.Kind, duty.DivisionCode, duty.Basis));
        // Of Reporting three reports, two responses, and their duties: to refer and to send out of each, and two after the closing. Of Assessment two assessments with their duties, and a plan.
        var after = await SubjectsInPlatformAsync(installation, ct);
        Assert.Equal((11, 5), (after.Reporting - before.Reporting, after.Assessment - before.Assessment));
    }

    /// <summary>How many subjects of the two services Platform holds, once it holds all of them.</summary>
    private static async Task<(long Reporting, long Assessment)> SubjectsInPlatformAsync(RunningInstallation installation, CancellationToken ct)
    {
        var platform = new Platform.PlatformClient(installation.Channel("Platform"));
        var reconciled = await Eventually.IsAsync(async () => await platform.ReconcileAsync(new(), installation.Operations(ct)),
            r => r.FigureDifferences == 0 && r.Sources.All(s => s.Differences == 0), ct);
        return (reconciled.Sources.Single(s => s.Source is "reporting").InPlatform, reconciled.Sources.Single(s => s.Source is "assessment").InPlatform);
    }

    /// <summary>Recorded conduct opens the case; what organs did is recorded whatever its rung.</summary>
    private static async Task InterveneAsync(RunningInstallation installation, Callers callers, string child, CancellationToken ct)
    {
        var guardianship = new Guardianship.GuardianshipIntervention.GuardianshipInterventionClient(installation.Channel("GuardianshipIntervention"));
        var warning = new Guardianship.RecordConductRequest
        {
            RequestId = Guid.NewGuid().ToString(), ChildId = child, Respondent = Guardianship.Respondent.Father, Conduct = Guardianship.Conduct.LeftUnattended,
            Act = Guardianship.InterventionAct.WrittenWarning, Organ = "苏仙公安分局", DocumentNo = "苏公告2号", OccurredAt = At(40),
        };
        var opened = await KnownAsync(() => guardianship.RecordConductAsync(warning, callers.CountyOfficer), ct);
        Assert.Equal(Village, opened.DivisionCode);
        await RefusedAsync(StatusCode.NotFound, guardianship.RecordConductAsync(warning, callers.OfficerElsewhere));
        await RefusedAsync(StatusCode.NotFound, guardianship.RecordConductAsync(new(warning) { ChildId = Guid.NewGuid().ToString() }, callers.CountyOfficer));
        Assert.Equal(opened, await guardianship.RecordConductAsync(warning, callers.CountyOfficer));
        var penalty = new Guardianship.RecordConductRequest(warning)
        { RequestId = Guid.NewGuid().ToString(), Act = Guardianship.InterventionAct.AdminPenalty, DocumentNo = "苏公罚3号", OccurredAt = At(50) };
        Assert.Equal(opened.CaseId, (await guardianship.RecordConductAsync(penalty, callers.CountyOfficer)).CaseId);
        var order = new Guardianship.RecordConductRequest(warning)
        { RequestId = Guid.NewGuid().ToString(), Act = Guardianship.InterventionAct.FamilyEducationOrder, DocumentNo = "苏法家教令4号", OccurredAt = At(60) };
        await guardianship.RecordConductAsync(order, callers.CountyOfficer);
        await RefusedAsync(StatusCode.InvalidArgument, guardianship.RecordConductAsync(
            new(order) { RequestId = Guid.NewGuid().ToString(), DocumentNo = "4\0" }, callers.CountyOfficer));

        var found = await guardianship.GetCaseAsync(new() { CaseId = opened.CaseId }, callers.CountyOfficer);
        Assert.Equal((3, Guardianship.InterventionAct.AdminPenalty), (found.Steps.Count, found.HighestAct));
        await RefusedAsync(StatusCode.NotFound, guardianship.GetCaseAsync(new() { CaseId = opened.CaseId }, callers.Police));
        await RefusedAsync(StatusCode.PermissionDenied, guardianship.GetCaseAsync(new() { CaseId = opened.CaseId }, callers.TownOfficer));
        await RefusedAsync(StatusCode.NotFound, guardianship.GetCaseAsync(new() { CaseId = opened.CaseId }, callers.OfficerElsewhere));
    }

    /// <summary>The child's timeline in Platform tells all of it, to each reader what its department may see.</summary>
    private static async Task SeeTimelineAsync(RunningInstallation installation, Callers callers, string child, CancellationToken ct)
    {
        string[] responding = ["harm_reported", "harm_reported", "report_linked", "response_opened", "response_closed", "town_notified"];
        string[] assessing =
            ["assessment_finalised", "assessment_opened", "assessment_recorded", "assessment_recorded", "assessment_recorded", "plan_approved", "plan_drafted"];
        string[] intervening = ["case_opened", "step_recorded", "step_recorded", "step_recorded"];
        Assert.Equal([.. ((string[])[.. responding, .. assessing, .. intervening]).Order(StringComparer.Ordinal)], await FactsAsync(callers.CountyOfficer, 17));
        Assert.Equal([.. responding.Order(StringComparer.Ordinal)], await FactsAsync(callers.Police, 6));

        async Task<List<string>> FactsAsync(CallOptions caller, int count)
        {
            var platform = new Platform.PlatformClient(installation.Channel("Platform"));
            var timeline = await Eventually.IsAsync(async () => await platform.GetTimelineAsync(new() { SubjectId = child }, caller),
                t => t.Entries.Count(e => e.Service != "registry") >= count, ct);
            return [.. timeline.Entries.Where(e => e.Service != "registry").Select(e => e.Fact).Order(StringComparer.Ordinal)];
        }
    }

    private static async Task NothingPersonalInLogsAsync(RunningInstallation installation, CancellationToken ct)
    {
        foreach (var service in installation.Services.Services)
        {
            var log = await File.ReadAllTextAsync(service.Log, ct);
            Assert.All([ReporterName, Described, "13900002222", "孩子没有受伤"], personal => Assert.DoesNotContain(personal, log, StringComparison.Ordinal));
        }
    }

    /// <summary>Calls until the service has heard of the child.</summary>
    private static async Task<T> KnownAsync<T>(Func<AsyncUnaryCall<T>> call, CancellationToken ct) where T : class => (await Eventually.IsAsync(async () =>
    {
        try
        {
            return await call();
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
        {
            return null;
        }
    }, answer => answer is not null, ct))!;

    private static async Task<string> RefusedAsync<T>(StatusCode expected, AsyncUnaryCall<T> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(expected, refused.StatusCode);
        return refused.Status.Detail;
    }

    private static string At(int minute) => Start.AddMinutes(minute).ToString("O");

    private static HouseholdRow Row(int number, Action<HouseholdRow> fill)
    {
        var row = new HouseholdRow { SourceEventId = $"e{number}", SourceSequence = number, OccurredAt = "2026-03-01T08:00:00+08:00" };
        fill(row);
        return row;
    }

    /// <summary>The people of the story, each with an account of its own.</summary>
    private sealed class Callers(RunningInstallation installation, CancellationToken ct)
    {
        public CallOptions Teacher => As("teacher", Department.Education, Role.School, Town);
        public CallOptions VillageWorker => As("village-worker", Department.CivilAffairs, Role.VillageWorker, Village);
        public CallOptions TownOfficer => As("town-officer", Department.CivilAffairs, Role.TownOfficer, Town);
        public CallOptions CountyOfficer => As("county-officer", Department.CivilAffairs, Role.Officer, County);
        public CallOptions OfficerElsewhere => As("officer-elsewhere", Department.CivilAffairs, Role.Officer, "431002");
        public CallOptions Police => As("police", Department.Police, Role.Officer, County);

        private CallOptions As(string subject, Department department, Role role, string division) => new(
            new Metadata { { "authorization", "Bearer " + Issuer.Issue(subject, department, role, division) } }, cancellationToken: ct);

        private LocalIssuer Issuer => LocalIssuer.OpenOrCreate(installation.Services.IssuerFolder, Installation.Issuer, Installation.Audience);
    }
}
