using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Matrix;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Reporting.V1;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>Two calls to 12355: one is a report of harm, one is answered by another county; both are counted and reconcile.</summary>
[Collection(InOneInstallation.Name)]
public sealed class HotlineTests(SharedInstallation shared)
{
    private const string Here = Counties.OfHotline, There = Counties.OfHotlineBeside;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private readonly RunningInstallation running = shared.Running;
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    private HotlineAppeals.HotlineAppealsClient Line => new(running.Channel("Reporting"));

    private Platform.PlatformClient Platform => new(running.Channel("Platform"));

    [Fact]
    public async Task A_call_becomes_a_report_another_is_transferred_answered_followed_up_and_closed_and_every_level_counts_them()
    {
        var (here, there, village) = (As(Department.YouthLeague, Here), As(Department.YouthLeague, There), SharedInstallation.FirstVillage(Here));
        await Line.SetOperatorAsync(new() { DivisionCode = There, Name = "12355平台", Open = true }, there);

        var harm = await ReceivedAsync("爸爸打我", here);
        var reported = await Line.ClassifyAppealAsync(new()
        {
            AppealId = harm, Class = AppealClass.Report, At = At(1), ExpectedVersion = 2,
            Harm = new() { ReporterKind = ReporterKind.Child, Situation = Situation.DomesticViolence, DivisionCode = village, DiscoveredAt = At(-60) },
        }, here);
        var reports = new Reporting.ReportingClient(running.Channel("Reporting"));
        var police = As(Department.Police, Here);
        var response = (await reports.ReferToPoliceAsync(new() { ReportId = reported.ReportId, At = At(5) }, police)).ResponseId;
        await new EmergencyResponses.EmergencyResponsesClient(running.Channel("Reporting")).RecordDispatchAsync(new() { ResponseId = response, At = At(6) }, police);
        Assert.Equal(Urgency.Emergency, (await reports.GetReportAsync(new() { ReportId = reported.ReportId }, police)).Urgency);

        var asked = await ReceivedAsync("奶奶病了没人做饭", here);
        var classified = await Line.ClassifyAppealAsync(new() { AppealId = asked, Class = AppealClass.Appeal, At = At(1), ExpectedVersion = 2 }, here);
        var moved = await Line.TransferAppealAsync(new() { AppealId = asked, ToDivisionCode = There, Reason = "住在冷水江", At = At(2), ExpectedVersion = classified.Version }, here);
        var begun = await Line.BeginAppealAsync(new() { AppealId = asked, At = At(3), ExpectedVersion = moved.Version }, there);
        var helped = await Line.RecordHelpAsync(new() { AppealId = asked, Help = HotlineHelp.PsychologicalHelp, At = At(4), ExpectedVersion = begun.Version }, there);
        var answered = await Line.AnswerAppealAsync(new() { AppealId = asked, Words = "村里送饭", At = At(5), ExpectedVersion = helped.Version }, there);
        var called = await Line.FollowUpAppealAsync(new() { AppealId = asked, Outcome = FollowUpOutcome.Settled, At = At(6), ExpectedVersion = answered.Version }, there);
        Assert.Equal(AppealState.Closed, (await Line.CloseAppealAsync(new() { AppealId = asked, At = At(7), ExpectedVersion = called.Version }, there)).State);

        await CountedAsync(Here, "total.all 1", "class.report 1", "state.classified 1", "answer.notDue 1", "transferred.none 1", "channel.phone 1");
        await CountedAsync(There, "total.all 1", "class.appeal 1", "state.closed 1", "answer.inTime 1", "transferred.once 1", "psychologicalHelp.once 1", "familyGuidance.none 1");
        await CountedAsync(Here[..4], "total.all 2", "class.report 1", "class.appeal 1");
        var bureau = running.Bureau(There, ct);
        Assert.Equal([asked], (await Platform.ListSubjectsAsync(new() { DivisionCode = There, Measure = "hotlineAppeal.state.closed" }, bureau)).Subjects_.Select(s => s.SubjectId));
        Assert.Contains((await Platform.GetTimelineAsync(new() { SubjectId = asked }, bureau)).Entries, e => e is { Fact: "hotline_appeal_recorded", Change: "Appeal, Closed" });
        Assert.DoesNotContain((await Platform.GetTimelineAsync(new() { SubjectId = asked }, As(Department.Police, There))).Entries, e => e.Fact is "hotline_appeal_recorded" or "obligation_recorded");
        await Eventually.IsAsync(async () => await Platform.ReconcileAsync(new(), running.Operations(ct)), r => r.FigureDifferences == 0 && r.Sources.All(s => s.Differences == 0), ct);
    }

    private async Task<string> ReceivedAsync(string words, CallOptions league) => (await Line.ReceiveAppealAsync(new()
    {
        RequestId = Guid.NewGuid().ToString(), Channel = AppealChannel.Phone, Words = words, CallerName = "小禾", CallerPhone = "13700001111", ReceivedAt = At(0),
    }, league)).AppealId;

    private async Task CountedAsync(string division, params string[] expected)
    {
        var wanted = expected.Select(e => e.Split(' ')).ToDictionary(e => $"hotlineAppeal.{e[0]}", e => long.Parse(e[1], System.Globalization.CultureInfo.InvariantCulture));
        await Eventually.IsAsync(async () => (await Platform.GetFiguresAsync(new() { DivisionCode = division, Populations = { "hotlineAppeal" } }, As(Department.YouthLeague, division)))
            .Division.Figures.ToDictionary(f => f.Measure, f => f.Value), f => wanted.All(w => f.GetValueOrDefault(w.Key) == w.Value), ct);
    }

    private static string At(int minute) => Start.AddMinutes(minute).ToString("O");

    private CallOptions As(Department department, string division) => running.As(department, Role.Officer, division, ct: ct);
}
