using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Protos.Registry.V1;
using static LeftBehind.Registry.IntegrationTests.Visits.VisitStory;
using VisitFinding = LeftBehind.Protos.Registry.V1.VisitFinding;

namespace LeftBehind.Registry.IntegrationTests.Visits;

/// <summary>What is abnormal is told to the town at once, and the town takes note (policy: 发现异常情况要及时向镇人民政府报告).</summary>
public sealed class SituationTests(RegistryServers servers)
{
    [Fact]
    public async Task An_abnormal_finding_is_a_duty_of_the_town_until_it_takes_note_and_never_a_breach()
    {
        await using var story = await BeginAsync(servers);
        var situation = (await story.VisitAsync(Start, VisitFinding.CarerAbsent)).Children[0].SituationId;
        Assert.Equal(["visit_plan_changed", "visit_recorded", "visit_situation_reported"], await story.EventsAsync());
        Assert.Equal(["registry.acknowledgeSituation Open -", "registry.visit Open 2026-08-04 00:00"], await story.RunningAsync());
        await story.SweepAtAsync(Start.AddHours(24));
        Assert.Equal("registry.acknowledgeSituation AtRisk -", (await story.RunningAsync())[0]);
        await story.SweepAtAsync(Start.AddHours(48));
        Assert.Equal(["County"], await story.Registry.ColumnAsync("select data->>'to' from registry.mt_events where type = 'obligation_escalated'"));

        var version = (await story.ReadAsync()).Version;
        var note = new AcknowledgeSituationRequest { ChildId = story.Elder, SituationId = situation, ExpectedVersion = version };
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(async () => await story.Registry.Visits.AcknowledgeSituationAsync(note, story.Worker)));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(async () => await story.Registry.Visits.AcknowledgeSituationAsync(note, story.County)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(async () => await story.Registry.Visits.AcknowledgeSituationAsync(note, story.Registry.AsAccount("t", "431003102"))));
        Assert.Equal(StatusCode.Aborted, await RefusedAsync(async () => await story.Registry.Visits.AcknowledgeSituationAsync(new(note) { ExpectedVersion = version + 1 }, story.TownOfficer)));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(async () => await story.Registry.Visits.AcknowledgeSituationAsync(new(note) { SituationId = $"{Guid.NewGuid()}" }, story.TownOfficer)));
        var noted = await story.Registry.Visits.AcknowledgeSituationAsync(note, story.TownOfficer);
        Assert.Equal(noted, await story.Registry.Visits.AcknowledgeSituationAsync(note, story.TownOfficer));
        Assert.Equal(("town-1", situation), (noted.Situations.Single().AcknowledgedBy, noted.Situations.Single().SituationId));
        Assert.Equal(["registry.visit Open 2026-08-04 00:00"], await story.RunningAsync());
        Assert.DoesNotContain("obligation_breached", await story.DutiesAsync());
    }

    [Fact]
    public async Task What_is_told_of_it_holds_the_findings_and_no_word_of_the_note()
    {
        await using var story = await BeginAsync(servers);
        var visit = await story.VisitAsync(Start, VisitFinding.HarmSuspected);
        await using var marten = story.Registry.Service<Marten.IDocumentStore>().QuerySession();
        var stored = await marten.Events.FetchStreamAsync(LeftBehind.Registry.Visits.ChildVisits.IdOf(Guid.Parse(story.Elder)), token: TestContext.Current.CancellationToken);
        var told = stored.SelectMany(e => new RegistryRelay().Translate(new(e.Sequence, e.Id, e.StreamId, e.Version, e.Data, EventMeta.Of(e)))).ToList();
        Assert.All(told, f => Assert.Equal(Guid.Parse(story.Elder), f.Subject));
        var situation = Assert.IsType<AbnormalSituationReported>(told[^1].Fact);
        Assert.Equal((visit.Children[0].SituationId, Contracts.Reporting.Urgency.Emergency), (situation.SituationId.ToString(), situation.Urgency));
        Assert.All(told, f => Assert.DoesNotContain("妈妈", System.Text.Json.JsonSerializer.Serialize(f.Fact, f.Fact.GetType(), EventTypes.Json), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dropping_out_is_a_reason_of_the_key_list_until_the_roll_tells_otherwise()
    {
        await using var story = await BeginAsync(servers);
        var (pupil, fact) = (Guid.NewGuid(), Guid.NewGuid());
        var lane = new InTurn(new LeftBehind.Registry.Visits.FollowDropouts(story.Registry.Service<LeftBehind.Registry.Visits.VisitDuties>(), story.Clock));
        Task TellAsync(Contracts.Education.Schooling schooling, Contracts.Education.EnrolmentState state, DateOnly on) => story.TellAsync(lane, "child_schooling_recorded",
            new Contracts.Education.ChildSchoolingRecorded(Guid.Parse(story.Elder), pupil, schooling, false, state, on), Guid.Parse(story.Elder), fact);
        await TellAsync(Contracts.Education.Schooling.Primary, Contracts.Education.EnrolmentState.Enrolled, new(2025, 9, 1));
        Assert.Equal(["visit_plan_changed"], await story.EventsAsync());
        await TellAsync(Contracts.Education.Schooling.DroppedOut, Contracts.Education.EnrolmentState.DroppedOut, new(2026, 3, 1));
        await TellAsync(Contracts.Education.Schooling.DroppedOut, Contracts.Education.EnrolmentState.DroppedOut, new(2026, 3, 1));
        Assert.Equal(("Monthly", "DroppedOut"), ((await story.FactsAsync()).Cadence, (await story.FactsAsync()).KeyList));
        Assert.Equal(2, (await story.EventsAsync()).Count);
        await TellAsync(Contracts.Education.Schooling.Primary, Contracts.Education.EnrolmentState.Enrolled, new(2026, 5, 1));
        Assert.Equal(("Quarterly", "None"), ((await story.FactsAsync()).Cadence, (await story.FactsAsync()).KeyList));
    }

    [Fact]
    public async Task The_county_lets_a_visit_go_and_the_next_one_follows()
    {
        await using var story = await BeginAsync(servers);
        var duties = story.Registry.Duties;
        var listed = (await duties.ListObligationsAsync(new() { DivisionCode = Town, Kind = "registry.visit", PageSize = 1 }, story.TownOfficer)).Obligations.Single();
        Assert.Equal((Town, "child", Protos.Obligations.V1.ObligationState.Open, Protos.Obligations.V1.ObligationBasis.PlatformDefault),
            (listed.DivisionCode, listed.SubjectKind, listed.State, listed.Basis));
        Assert.Contains("走访", listed.Citation, StringComparison.Ordinal);
        var waive = new Protos.Obligations.V1.WaiveObligationRequest { ObligationId = listed.ObligationId, Reason = "随父母外出过暑假", ExpectedState = listed.State };
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(async () => await duties.WaiveObligationAsync(waive, story.TownOfficer)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(async () => await duties.WaiveObligationAsync(waive, story.Elsewhere)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(async () => await duties.WaiveObligationAsync(waive, story.Registry.AsOfficer(department: Department.Education))));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(async () => await duties.WaiveObligationAsync(waive, story.Registry.AsOfficer(department: Department.Police))));
        Assert.Equal(StatusCode.Aborted, await RefusedAsync(async () => await duties.WaiveObligationAsync(new(waive) { ExpectedState = Protos.Obligations.V1.ObligationState.Breached }, story.County)));
        foreach (var bad in (Protos.Obligations.V1.WaiveObligationRequest[])[new(waive) { Reason = "x" }, new(waive) { Reason = "电话13800001111" }, new(waive) { ExpectedState = 0 }, new(waive) { ObligationId = "1" }])
            Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(async () => await duties.WaiveObligationAsync(bad, story.County)));
        story.Clock.Advance(TimeSpan.FromDays(1));
        var waived = await duties.WaiveObligationAsync(waive, story.County);
        Assert.Equal(waived, await duties.WaiveObligationAsync(waive, story.County));
        Assert.Equal(Protos.Obligations.V1.ObligationState.Waived, waived.State);
        Assert.Equal(["visit_plan_changed", "visit_let_go"], await story.EventsAsync(listed.SubjectId));
        Assert.Equal(["registry.visit Open 2026-08-04 00:00"], await story.RunningAsync(listed.SubjectId));
        Assert.Equal([$"{ObligationBasis.PlatformDefault}"], await story.Registry.ColumnAsync("select distinct basis from registry.obligation_due"));
    }

    [Fact]
    public async Task Duties_are_listed_page_by_page_to_those_alone_who_read_what_they_are_about()
    {
        await using var story = await BeginAsync(servers);
        await story.VisitAsync(Start, VisitFinding.CarerAbsent);
        var (read, token) = (new List<string>(), "");
        do
        {
            var page = await story.Registry.Duties.ListObligationsAsync(new() { DivisionCode = Places.County, PageSize = 2, PageToken = token }, story.County);
            read.AddRange(page.Obligations.Select(o => o.Kind));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal(["registry.acknowledgeSituation", "registry.visit", "registry.visit"], read);
        Assert.Empty((await story.Registry.Duties.ListObligationsAsync(new() { DivisionCode = "4310" }, story.Registry.AsOfficer("4310"))).Obligations);
        Assert.Empty((await story.Registry.Duties.ListObligationsAsync(new() { DivisionCode = Places.County }, story.Registry.AsOfficer(department: Department.Education))).Obligations);
        Assert.Empty((await story.Registry.Duties.ListObligationsAsync(new() { DivisionCode = Places.County, Department = Protos.Obligations.V1.OwnerDepartment.Police }, story.County)).Obligations);
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(async () => await story.Registry.Duties.ListObligationsAsync(new() { DivisionCode = Places.County }, story.Elsewhere)));
        foreach (var bad in (Protos.Obligations.V1.ListObligationsRequest[])[new() { PageSize = 201 }, new() { PageToken = "x" }, new() { State = Protos.Obligations.V1.ObligationState.Waived }, new() { DueBefore = "soon" }])
            Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(async () => await story.Registry.Duties.ListObligationsAsync(new(bad) { DivisionCode = Places.County }, story.County)));
    }
}
