using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Xunit;
using Assessments = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.EndToEndTests;

/// <summary>From a visit that found something abnormal over the assessment to the risk, and by the risk to how often the child is visited.</summary>
[Collection(InOneInstallation.Name)]
public sealed class VisitChainTests(SharedInstallation shared)
{
    private const string County = Counties.OfVisits;
    private static readonly string Village = SharedInstallation.FirstVillage(County), Town = Village[..9];
    private readonly RunningInstallation installation = shared.Running;

    [Fact]
    public async Task What_a_visit_finds_is_assessed_once_and_what_is_assessed_decides_the_next_visit()
    {
        var ct = TestContext.Current.CancellationToken;
        var visits = new Visits.VisitsClient(installation.Channel("Registry"));
        var children = await PushAsync(ct);
        var visit = new RecordVisitRequest
        {
            RequestId = Guid.NewGuid().ToString(), VisitedAt = TimeProvider.System.GetUtcNow().AddHours(-1).ToString("O"),
            Children =
            {
                new VisitedChild { ChildId = children[0], Findings = { VisitFinding.LivingAlone }, Note = "门锁着，孩子在家", VerifiesIdentity = true },
                new VisitedChild { ChildId = children[1], Findings = { VisitFinding.CarerPresent }, VerifiesIdentity = true },
            },
        };
        var recorded = await visits.RecordVisitAsync(visit, installation.Bureau(Village, ct));
        Assert.Equal(recorded, await visits.RecordVisitAsync(visit, installation.Bureau(Village, ct)));
        await visits.AssignWorkerAsync(new() { VillageCode = Village, Account = "worker", Name = "何小兰" }, installation.Bureau(Town, ct));

        var assessments = new Assessments.Assessment.AssessmentClient(installation.Channel("Assessment"));
        var open = Assert.Single((await Eventually.IsAsync(async () => await assessments.ListOpenAssessmentsAsync(new() { DivisionCode = County }, installation.Bureau(County, ct)),
            l => l.Assessments.Count > 0, ct)).Assessments);
        Assert.Equal((children[0], Village, "High"), (open.ChildId, open.DivisionCode, open.Urgency));
        await assessments.ReviewedAsync(open.AssessmentId, installation.Bureau(Town, ct));
        await assessments.FinaliseAssessmentAsync(new()
        {
            AssessmentId = open.AssessmentId, Grade = Assessments.GuardianshipGrade.Poor, Risk = Assessments.RiskLevel.High,
            Participants = { Assessments.Participant.CountyCivilAffairs, Assessments.Participant.Police }, Services = { Assessments.AssistanceService.GuardianshipGuidance },
        }, installation.Bureau(Town, ct));

        var due = await Eventually.IsAsync(async () => await visits.ListDueVisitsAsync(new() { DivisionCode = County }, installation.Bureau(County, ct)),
            d => d.Visits.Any(v => v.Cadence is Cadence.Weekly), ct);
        Assert.Equal([(children[0], Cadence.Weekly), (children[1], Cadence.Quarterly)], due.Visits.Select(v => (v.ChildId, v.Cadence)));
        await SeeFiguresAsync(ct);
        var timeline = await new Platform.PlatformClient(installation.Channel("Platform")).GetTimelineAsync(new() { SubjectId = children[0] }, installation.Bureau(County, ct));
        foreach (var change in (string[])["Visited", "SituationReported", "High", "registry.acknowledgeSituation, Opened"])
            Assert.Contains(timeline.Entries, e => e.Service == "registry" && e.Change == change);
    }

    private async Task SeeFiguresAsync(CancellationToken ct)
    {
        var platform = new Platform.PlatformClient(installation.Channel("Platform"));
        var figures = await Eventually.IsAsync(async () => (await platform.GetFiguresAsync(new() { DivisionCode = Town }, installation.Bureau(Town, ct))).Division.Figures.ToDictionary(f => f.Measure, f => f.Value),
            f => f.GetValueOrDefault("onFile.keyList.highRisk") == 1 && f.GetValueOrDefault("onFile.worker.named") == 2, ct);
        Assert.Equal((2, 2, 1), (figures["leftBehind.visited.inTime"], figures["onFile.verifiedByVisit.yes"], figures["onFile.keyList.none"]));
        Assert.DoesNotContain("leftBehind.visited.never", figures.Keys);
    }

    /// <summary>Two siblings left behind.</summary>
    private async Task<List<string>> PushAsync(CancellationToken ct)
    {
        var number = 0;
        HouseholdRow Row(Action<HouseholdRow> fill)
        {
            var row = new HouseholdRow { SourceEventId = $"e{++number}", SourceSequence = number, OccurredAt = "2026-03-01T08:00:00+08:00" };
            fill(row);
            return row;
        }
        HouseholdRow Away(string child, Parent parent) => Row(r => r.Parent = new() { PersonNo = child, Parent = parent, Status = ParentState.OutForWork, Since = "2025-02-10" });
        var registry = new Registry.RegistryClient(installation.Channel("Registry"));
        using var push = registry.PushHouseholds(installation.As(Department.Partner, Role.Partner, County, "visits-base", ct));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                Row(r => r.Household = new() { HouseholdNo = "h", ResidenceCode = Village, Residency = Residency.Rural, Address = "一组" }),
                Row(r => r.Member = new() { HouseholdNo = "h", PersonNo = "a", Name = "李小禾", BirthDate = "2016-05-01", Sex = Sex.Female, Relation = Relation.Child }),
                Row(r => r.Member = new() { HouseholdNo = "h", PersonNo = "b", Name = "李小苗", BirthDate = "2018-05-01", Sex = Sex.Female, Relation = Relation.Child }),
                Away("a", Parent.Father), Away("a", Parent.Mother), Away("b", Parent.Father), Away("b", Parent.Mother),
            },
        }, ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        return [push.ResponseStream.Current.Rows[1].SubjectId, push.ResponseStream.Current.Rows[2].SubjectId];
    }
}
