using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.EndToEndTests.Matrix;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Reporting.V1;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>Reports, responses and placements are counted by Platform, and shown in its lists and timelines to those who may see them alone.</summary>
[Collection(InOneInstallation.Name)]
public sealed class ReportFiguresTests(SharedInstallation shared)
{
    private const string At = "2026-03-01T08:00:00+08:00", County = Counties.OfReports;
    private static readonly string Village = SharedInstallation.FirstVillage(County);
    private readonly RunningInstallation running = shared.Running;

    private Reporting.ReportingClient Reports => new(running.Channel("Reporting"));

    private Platform.PlatformClient Platform => new(running.Channel("Platform"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private CallOptions Police => running.As(Department.Police, Role.Officer, County, ct: Ct);

    [Fact]
    public async Task What_is_reported_answered_and_placed_is_counted_listed_and_reconciles()
    {
        var ct = TestContext.Current.CancellationToken;
        var report = await ReportAsync(Situation.Missing);
        await ReportAsync(Situation.LivingAlone);
        var response = (await Reports.ReferToPoliceAsync(new() { ReportId = report, At = At }, Police)).ResponseId;
        await new EmergencyResponses.EmergencyResponsesClient(running.Channel("Reporting")).RecordDispatchAsync(new() { ResponseId = response, At = At }, Police);
        var placement = (await new Placements.PlacementsClient(running.Channel("Reporting")).PlaceChildAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), ReportId = report, Ground = PlacementGround.GuardianMissing, Place = PlacementPlace.ProtectionBody, Receiver = "救助站", HandOverNo = "1号", At = At,
        }, running.Bureau(County, Ct))).PlacementId;

        var figures = await FiguresAsync(f => f.GetValueOrDefault("placement.total.all") == 1 && f.GetValueOrDefault("response.state.onScene") == 1 && f.GetValueOrDefault("report.total.all") == 2, ct);
        foreach (var (measure, n) in new[]
        {
            ("report.situation.missing", 1), ("report.situation.livingAlone", 1), ("report.state.underHandling", 1), ("report.state.received", 1), ("report.urgency.emergency", 1),
            ("report.reporter.hospital", 2), ("report.category.notCollected", 2), ("report.delay.later", 2), ("response.delay.within15m", 1), ("placement.ground.guardianMissing", 1),
            ("placement.place.protectionBody", 1), ("placement.state.placed", 1),
        })
            Assert.True(figures.GetValueOrDefault(measure) == n, $"{measure}: {figures.GetValueOrDefault(measure)}");

        Assert.Equal([report], await ListedAsync("report.state.underHandling", Police));
        Assert.Equal([response], await ListedAsync("response.total.all", running.Bureau(County, Ct)));
        Assert.Equal([placement], await ListedAsync("placement.total.all", Police));
        foreach (var (caller, measure) in new[] { (running.Bureau(Village, Ct), "report.total.all"), (Police, "report.reporter.hospital"), (running.Bureau(County, Ct), "report.reporter.hospital") })
            Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(() => ListedAsync(measure, caller))).StatusCode);
        var timeline = await Platform.GetTimelineAsync(new() { SubjectId = report }, Police);
        Assert.Contains(timeline.Entries, e => e is { Fact: "report_recorded", Change: "UnderHandling, Emergency" });
        Assert.Empty((await Platform.GetTimelineAsync(new() { SubjectId = report }, running.Bureau(Village, Ct))).Entries);
        await Eventually.IsAsync(async () => await Platform.ReconcileAsync(new(), running.Operations(ct)), r => r.FigureDifferences == 0 && r.Sources.All(s => s.Differences == 0), ct);
    }

    [Fact]
    public async Task A_shielded_report_is_counted_and_in_no_list_nor_timeline_and_neither_are_its_response_and_duties()
    {
        var ct = TestContext.Current.CancellationToken;
        var village = SharedInstallation.FirstVillage(Counties.OfShieldedReports);
        var police = running.As(Department.Police, Role.Officer, Counties.OfShieldedReports, ct: ct);
        var report = (await Reports.ReportHarmAsync(new(Harm(Situation.OtherHarm)) { DivisionCode = village, ConcernedOrganisation = "第七小学" }, police)).ReportId;
        var response = (await Reports.ReferToPoliceAsync(new() { ReportId = report, At = At }, police)).ResponseId;
        async Task<Dictionary<string, long>> CountedAsync() => (await Platform.GetFiguresAsync(new() { DivisionCode = Counties.OfShieldedReports }, police)).Division.Figures.ToDictionary(f => f.Measure, f => f.Value);
        await Eventually.IsAsync(CountedAsync, f => f.GetValueOrDefault("report.total.all") == 1 && f.GetValueOrDefault("response.total.all") == 1 && f.GetValueOrDefault("obligation.total.all") == 2, ct);
        foreach (var measure in new[] { "report.total.all", "response.total.all", "obligation.total.all" })
            Assert.Empty((await Platform.ListSubjectsAsync(new() { DivisionCode = Counties.OfShieldedReports, Measure = measure }, police)).Subjects_);
        foreach (var subject in new[] { report, response })
            Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await Platform.GetTimelineAsync(new() { SubjectId = subject }, police))).StatusCode);
    }

    private async Task<string> ReportAsync(Situation situation) => (await Reports.ReportHarmAsync(Harm(situation), running.Bureau(County, Ct))).ReportId;

    private static ReportHarmRequest Harm(Situation situation) => new()
    { RequestId = Guid.NewGuid().ToString(), ReporterKind = ReporterKind.Hospital, Situation = situation, DivisionCode = Village, DiscoveredAt = At, ChildId = Guid.NewGuid().ToString() };

    private async Task<List<string>> ListedAsync(string measure, CallOptions caller) =>
        [.. (await Platform.ListSubjectsAsync(new() { DivisionCode = Village, Measure = measure }, caller)).Subjects_.Select(s => s.SubjectId)];

    private async Task<Dictionary<string, long>> FiguresAsync(Func<Dictionary<string, long>, bool> arrived, CancellationToken ct) => await Eventually.IsAsync(
        async () => (await Platform.GetFiguresAsync(new() { DivisionCode = County }, running.Bureau(County, Ct))).Division.Figures.ToDictionary(f => f.Measure, f => f.Value), arrived, ct);
}
