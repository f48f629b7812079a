using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Obligations.V1;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Xunit;
using Assessments = LeftBehind.Protos.Assessment.V1;
using Education = LeftBehind.Protos.Education.V1;
using Guardianship = LeftBehind.Protos.Guardianship.V1;
using Reporting = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.EndToEndTests.Matrix;

/// <summary>One of everything in one village, for asking who may see it: a child on file, a report, its response, an assessment, a case.</summary>
public sealed class OneOfEverything(SharedInstallation shared) : IAsyncLifetime
{
    private const string Claimed = "431124201605010016";
    private const string At = "2026-03-01T08:00:00+08:00";
    private const string County = Counties.OfAccess;
    private readonly RunningInstallation running = shared.Running;

    public static string Village { get; } = SharedInstallation.FirstVillage(County);

    public static string Town { get; } = Village[..9];

    public string Child { get; private set; } = "";

    /// <summary>Another child of the same household, to close the file of.</summary>
    public string Leaver { get; private set; } = "";

    /// <summary>The duty of the town to take note of what a visit found.</summary>
    public string Duty { get; private set; } = "";

    /// <summary>Another one, to be erased.</summary>
    public string Forgotten { get; private set; } = "";

    /// <summary>A pupil that the roll tells to have dropped out, on 1 March 2026.</summary>
    public string Pupil { get; private set; } = "";

    /// <summary>A difference of the roll to Registry: left behind by the roll's flag alone.</summary>
    public string Difference { get; private set; } = "";

    /// <summary>A pupil that is paired with a helper.</summary>
    public string Paired { get; private set; } = "";

    /// <summary>That a school of the village refused <see cref="Pupil"/>.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>The night roll of a dormitory of the village.</summary>
    public string Sheet { get; private set; } = "";

    public string Report { get; private set; } = "";

    public string Response { get; private set; } = "";

    public long ReportVersion { get; private set; }

    /// <summary>Reports that nobody answers yet: one of which an organisation failed to tell, one whose reporter is to be praised, one to be triaged.</summary>
    public string Judged { get; private set; } = "";

    public string Blamed { get; private set; } = "";

    public string Praised { get; private set; } = "";

    /// <summary>A time after the report of <see cref="Praised"/>.</summary>
    public static string Praise { get; private set; } = "";

    /// <summary>The response to a missing child, and its search handed to another province.</summary>
    public string Search { get; private set; } = "";

    public string Hop { get; private set; } = "";

    /// <summary>Placements of the children of two cases: one that lasts, one to be ended.</summary>
    public string Placement { get; private set; } = "";

    public string EndingPlacement { get; private set; } = "";

    public string Assessment { get; private set; } = "";

    /// <summary>An assessment that was opened, and nothing more.</summary>
    public string Fresh { get; private set; } = "";

    /// <summary>Plans, all drafts: one that is added to, one to be ended, one that nobody changes; and who gives services.</summary>
    public string Plan { get; private set; } = "";

    public string EndingPlan { get; private set; } = "";

    public string RestingPlan { get; private set; } = "";

    public string Provider { get; private set; } = "";

    public string Case { get; private set; } = "";

    /// <summary>An appeal to the county's 12355, classified.</summary>
    public string Appeal { get; private set; } = "";

    /// <summary>Campaigns of the county: one that is open, one to be closed.</summary>
    public string Campaign { get; private set; } = "";

    public string EndedCampaign { get; private set; } = "";

    /// <summary>Hazards of a place in the village: one to be ordered, one to be rectified.</summary>
    public string Hazard { get; private set; } = "";

    public string RectifiedHazard { get; private set; } = "";

    /// <summary>A break-glass that the province declared of the county.</summary>
    public string Grant { get; private set; } = "";

    /// <summary>An inspection of the town that the county recorded.</summary>
    public string Inspection { get; private set; } = "";

    /// <summary>Webhooks of the county: one that is active, one to be ended.</summary>
    public string Webhook { get; private set; } = "";

    public string EndingWebhook { get; private set; } = "";

    /// <summary>Asia/Shanghai, as the services read it.</summary>
    public static string Today { get; } = Divisions.WorkCalendar.DayOf(TimeProvider.System.GetUtcNow()).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync()
    {
        Child = await PushChildAsync();
        await ReportAsync();
        Appeal = await HotlineRequests.ReceivedAsync(running, County);
        Case = await OpenCaseAsync();
        await VisitAsync();
        Grant = (await new BreakGlass.BreakGlassClient(running.Channel("Registry")).DeclareBreakGlassAsync(
            new() { RequestId = Guid.NewGuid().ToString(), DivisionCode = County, Reason = "夜间接报，紧急核实" }, running.Bureau("43"))).GrantId;
        Inspection = (await new Appraisals.AppraisalsClient(running.Channel("Platform")).RecordAppraisalAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), Kind = AppraisalKind.Inspection, DivisionCode = Town, Document = "苏督〔2026〕2号",
        }, running.Bureau(County))).AppraisalId;
        await ScreenAsync();
        (Webhook, EndingWebhook) = (await SubscribeAsync(), await SubscribeAsync());
        Pupil = await PushDropoutAsync();
        Refusal = (await new Education.Admissions.AdmissionsClient(running.Channel("EducationAttendance"))
            .RecordAdmissionRefusedAsync(Refused(Pupil), running.As(Department.Education, Role.Officer, County))).RefusalId;
        var differences = new Education.Reconciliation.ReconciliationClient(running.Channel("EducationAttendance"));
        var listed = await Eventually.IsAsync(async () => await differences.ListReconciliationCasesAsync(new() { DivisionCode = Village }, running.Bureau(Village)), l => l.Cases.Count > 0, default);
        (Difference, Paired) = (listed.Cases[0].CaseId, listed.Cases[0].PupilId);
        await new Education.Pairings.PairingsClient(running.Channel("EducationAttendance")).BeginPairingAsync(new()
        { PupilId = Paired, RequestId = Guid.NewGuid().ToString(), On = Today, Need = Education.PairingNeed.LeftBehind, Helper = "teacher-1" }, running.As(Department.Education, Role.Officer, County));
        await new Education.ContactCards.ContactCardsClient(running.Channel("EducationAttendance")).GiveContactCardAsync(Card(Paired), running.As(Department.Education, Role.Officer, County));
        Sheet = (await new Education.Boarders.BoardersClient(running.Channel("EducationAttendance")).RecordNightRollAsync(Night(), running.As(Department.Education, Role.Officer, County))).SheetId;
    }

    internal static Education.GiveContactCardRequest Card(string pupil) => new()
    {
        PupilId = pupil, RequestId = "5b1f6b0a-54d1-4f0b-9a43-7a2f0c6a1d13", On = Today, SignedBySchool = "teacher-1", SignedByHousehold = Education.ContactRelation.Mother,
        Contacts = { new Education.Contact { Relation = Education.ContactRelation.Mother, Name = "何小兰", Phone = "13907351234" } },
    };

    internal static Education.RecordNightRollRequest Night() => new() { DivisionCode = Village, RequestId = "5b1f6b0a-54d1-4f0b-9a43-7a2f0c6a1d14", SchoolNo = "S1", Dormitory = "1", Date = Today, Present = 20 };

    internal static Education.RecordAdmissionRefusedRequest Refused(string pupil) => new()
    {
        RequestId = Guid.NewGuid().ToString(), PupilId = pupil, SchoolNo = "S9", DivisionCode = Village, RefusedOn = Today, Reason = Education.RefusalReason.NoPlaces,
    };

    private async Task<string> SubscribeAsync() => (await new Webhooks.WebhooksClient(running.Channel("Platform")).CreateWebhookAsync(
        new() { RequestId = Guid.NewGuid().ToString(), DivisionCode = County, Url = "https://changes.example/civil-affairs" }, running.Bureau(County))).Webhook.WebhookId;

    private async Task<string> PushDropoutAsync()
    {
        using var push = new Education.EducationAttendance.EducationAttendanceClient(running.Channel("EducationAttendance"))
            .PushStudentRoll(running.As(Department.Partner, Role.Partner, County, "matrix-roll"));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                new Education.RollRow { SourceEventId = "e", SourceSequence = 1, OccurredAt = At, StudentNo = "LM1",
                    Enrolled = new() { Name = "何小禾", BirthDate = "2014-05-01", SchoolNo = "S1", SchoolCode = Village, Stage = Education.Stage.Primary, ClassNo = "3-1" } },
                new Education.RollRow { SourceEventId = "d", SourceSequence = 2, OccurredAt = At, StudentNo = "LM1", DroppedOut = new() },
                new Education.RollRow { SourceEventId = "c", SourceSequence = 3, OccurredAt = At, StudentNo = "G" + Claimed,
                    Enrolled = new() { Name = "何小石", BirthDate = "2016-05-01", SchoolNo = "S1", SchoolCode = Village, Stage = Education.Stage.Primary, Claims = new() { LeftBehind = true } } },
            },
        });
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(default));
        return push.ResponseStream.Current.Rows[1].SubjectId;
    }

    private async Task ScreenAsync()
    {
        var hazards = new HazardScreening.HazardScreeningClient(running.Channel("Registry"));
        Campaign = (await hazards.OpenCampaignAsync(new() { Kind = CampaignKind.WinterHoliday, DivisionCode = County, From = Today, Until = Today }, running.Bureau(County))).CampaignId;
        EndedCampaign = (await hazards.OpenCampaignAsync(new() { Kind = CampaignKind.AfterSchool, DivisionCode = County, From = Today, Until = Today }, running.Bureau(County))).CampaignId;
        var found = await hazards.RecordScreeningAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), CampaignId = Campaign, VillageCode = Village, ScreenedOn = Today,
            Places = { Enumerable.Repeat(new FoundHazard { Kind = HazardKind.Drowning, Place = HazardPlace.Water, Note = "村口水塘" }, 2) },
        }, running.Bureau(Village));
        (Hazard, RectifiedHazard) = (found.PlaceHazardIds[0], found.PlaceHazardIds[1]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string> PushChildAsync()
    {
        var registry = new Registry.RegistryClient(running.Channel("Registry"));
        using var push = registry.PushHouseholds(running.As(Department.Partner, Role.Partner, County, "matrix"));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                new HouseholdRow { SourceEventId = "h", SourceSequence = 1, OccurredAt = At, Household = new() { HouseholdNo = "h", ResidenceCode = Village, Residency = Residency.Rural } },
                new HouseholdRow { SourceEventId = "c", SourceSequence = 2, OccurredAt = At, Member = new() { HouseholdNo = "h", PersonNo = "c", Name = "何小树", BirthDate = "2016-05-01", Relation = Relation.Child } },
                new HouseholdRow { SourceEventId = "l", SourceSequence = 3, OccurredAt = At, Member = new() { HouseholdNo = "h", PersonNo = "l", Name = "何小苗", BirthDate = "2018-05-01", Relation = Relation.Child } },
                new HouseholdRow { SourceEventId = "s", SourceSequence = 5, OccurredAt = At, Member = new() { HouseholdNo = "h", PersonNo = "s", Name = "何小石", IdNumber = Claimed, BirthDate = "2016-05-01", Relation = Relation.Child } },
                new HouseholdRow { SourceEventId = "f", SourceSequence = 4, OccurredAt = At, Member = new() { HouseholdNo = "h", PersonNo = "f", Name = "何小舟", BirthDate = "2019-05-01", Relation = Relation.Child } },
            },
        });
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(default));
        var child = push.ResponseStream.Current.Rows[1].SubjectId;
        Forgotten = push.ResponseStream.Current.Rows[4].SubjectId;
        Leaver = push.ResponseStream.Current.Rows[2].SubjectId;
        var platform = new Platform.PlatformClient(running.Channel("Platform"));
        await Eventually.IsAsync(async () => await platform.ListSubjectsAsync(new() { DivisionCode = Village, Measure = "onFile.total.all" }, running.Bureau(Village)),
            s => s.Subjects_.Any(found => found.SubjectId == child), default);
        return child;
    }

    private async Task VisitAsync()
    {
        var visits = new Visits.VisitsClient(running.Channel("Registry"));
        await visits.RecordVisitAsync(Visited(Child, VisitFinding.CarerAbsent), running.Bureau(Village));
        var duties = new Obligations.ObligationsClient(running.Channel("Registry"));
        Duty = (await duties.ListObligationsAsync(new() { DivisionCode = Town, Kind = "registry.acknowledgeSituation" }, running.Bureau(Town))).Obligations.Single().ObligationId;
    }

    /// <summary>A request of its own each time.</summary>
    internal static RecordVisitRequest Visited(string child, VisitFinding finding) => new()
    {
        RequestId = Guid.NewGuid().ToString(), VisitedAt = TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("O"),
        Children = { new VisitedChild { ChildId = child, Findings = { finding } } },
    };

    private async Task ReportAsync()
    {
        var reporting = new Reporting.Reporting.ReportingClient(running.Channel("Reporting"));
        var police = running.As(Department.Police, Role.Officer, County);
        Report = (await reporting.ReportHarmAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), ReporterKind = Reporting.ReporterKind.Citizen, Situation = Reporting.Situation.OtherHarm,
            DivisionCode = Village, Description = "听到哭声", DiscoveredAt = At,
        }, running.Bureau(County))).ReportId;
        Response = (await reporting.ReferToPoliceAsync(new() { ReportId = Report, At = At }, police)).ResponseId;
        await RespondAsync(reporting, police);
        ReportVersion = (await reporting.GetReportAsync(new() { ReportId = Report }, police)).Version;
        await reporting.NotifyTownAsync(new() { ResponseId = Response, At = At }, police);
        var assessments = new Assessments.Assessment.AssessmentClient(running.Channel("Assessment"));
        var open = await Eventually.IsAsync(async () => await assessments.ListOpenAssessmentsAsync(new() { DivisionCode = Town }, running.Bureau(Town)), o => o.Assessments.Count > 0, default);
        Assessment = open.Assessments[0].AssessmentId;
        Fresh = await OpenedAsync(assessments);
        Plan = await PlanAsync(assessments);
        EndingPlan = await PlanAsync(assessments);
        RestingPlan = await PlanAsync(assessments);
        Provider = (await new Assessments.ServiceDirectory.ServiceDirectoryClient(running.Channel("Assessment")).ListProviderAsync(
            new() { RequestId = Guid.NewGuid().ToString(), DivisionCode = County, Name = "道县社工站", Kinds = { Assessments.AssistanceService.LegalAid } }, running.Bureau(County))).ProviderId;
    }

    private async Task<string> OpenedAsync(Assessments.Assessment.AssessmentClient assessments) => (await Eventually.IsAsync(async () =>
    {
        try
        {
            return await assessments.OpenAssessmentAsync(new()
            {
                RequestId = Guid.NewGuid().ToString(), ChildId = Child, DivisionCode = Village, Trigger = Assessments.AssessmentTrigger.Transfer, Urgency = "High",
            }, running.Bureau(Town));
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
        {
            // It has not heard of the child yet.
            return null;
        }
    }, found => found is not null, default))!.AssessmentId;

    private async Task<string> PlanAsync(Assessments.Assessment.AssessmentClient assessments)
    {
        var reviewed = await assessments.ReviewedAsync(await OpenedAsync(assessments), running.Bureau(Town));
        return (await assessments.FinaliseAssessmentAsync(new()
        {
            AssessmentId = reviewed.AssessmentId, Grade = Assessments.GuardianshipGrade.Fair, Risk = Assessments.RiskLevel.High, Services = { Assessments.AssistanceService.LegalAid },
        }, running.Bureau(Town))).PlanId;
    }

    private async Task RespondAsync(Reporting.Reporting.ReportingClient reporting, CallOptions police)
    {
        var responses = new Reporting.EmergencyResponses.EmergencyResponsesClient(running.Channel("Reporting"));
        async Task<string> ReportedAsync(Reporting.Situation situation) => (await reporting.ReportHarmAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), ReporterKind = Reporting.ReporterKind.Citizen, Situation = situation, DivisionCode = Village, DiscoveredAt = At,
            ChildId = Guid.NewGuid().ToString(),
        }, running.Bureau(County))).ReportId;
        await responses.RecordDispatchAsync(new() { ResponseId = Response, At = At }, police);
        await reporting.TakeMeasureAsync(new() { ResponseId = Response, Measure = Reporting.Measure.HarmStopped, Taken = new() { At = At, Organ = "道县公安局" } }, police);
        Blamed = await ReportedAsync(Reporting.Situation.LivingAlone);
        Praised = await ReportedAsync(Reporting.Situation.LivingAlone);
        Judged = await ReportedAsync(Reporting.Situation.LivingAlone);
        Praise = TimeProvider.System.GetUtcNow().ToString("O");
        Search = (await reporting.ReferToPoliceAsync(new() { ReportId = await ReportedAsync(Reporting.Situation.Missing), At = At }, police)).ResponseId;
        await responses.RecordDispatchAsync(new() { ResponseId = Search, At = At }, police);
        Hop = (await responses.HandOverSearchAsync(new() { ResponseId = Search, ToDivisionCode = "440103", At = At }, police)).Search.Single().HopId;
        var placements = new Reporting.Placements.PlacementsClient(running.Channel("Reporting"));
        async Task<string> PlacedAsync(string report) => (await placements.PlaceChildAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), ReportId = report, Ground = Reporting.PlacementGround.GuardianRefusing, Place = Reporting.PlacementPlace.Relative,
            Receiver = "何老伯", HandOverNo = "1号", At = At,
        }, running.Bureau(County))).PlacementId;
        (Placement, EndingPlacement) = (await PlacedAsync(Blamed), await PlacedAsync(Praised));
    }

    private async Task<string> OpenCaseAsync()
    {
        var guardianship = new Guardianship.GuardianshipIntervention.GuardianshipInterventionClient(running.Channel("GuardianshipIntervention"));
        return (await Eventually.IsAsync(async () =>
        {
            try
            {
                return (await guardianship.RecordConductAsync(Conduct(Child), running.Bureau(County))).CaseId;
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
            {
                // It has not heard of the child yet.
                return null;
            }
        }, id => id is not null, default))!;
    }

    internal static Guardianship.RecordConductRequest Conduct(string child) => new()
    {
        RequestId = "5b1f6b0a-54d1-4f0b-9a43-7a2f0c6a1d11", ChildId = child, Respondent = Guardianship.Respondent.Father, Conduct = Guardianship.Conduct.LeftUnattended,
        Act = Guardianship.InterventionAct.Admonition, Organ = "道县公安局", DocumentNo = "1", OccurredAt = At,
    };
}
