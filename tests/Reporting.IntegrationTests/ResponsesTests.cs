using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Reporting.V1;
using static LeftBehind.Reporting.IntegrationTests.Story;

namespace LeftBehind.Reporting.IntegrationTests;

/// <summary>Dispatch, measures with their evidence, closing, and a search that goes to another county.</summary>
public sealed class ResponsesTests(RunningReports reports)
{
    private readonly Story story = new(reports);

    [Fact]
    public async Task A_living_alone_response_closes_with_everything_and_each_thing_that_is_missing_is_said()
    {
        var report = await story.ReportAsync(Harm(Situation.LivingAlone));
        var response = (await reports.Client.ReferToPoliceAsync(new() { ReportId = report, At = At(10) }, story.Bureau)).ResponseId;
        Assert.Contains("sent out", await RefusedAsync(StatusCode.FailedPrecondition, reports.Client.TakeMeasureAsync(
            new() { ResponseId = response, Measure = Measure.CarerNamed, Taken = new() { At = At(20), Organ = "苏仙公安分局" } }, story.Police)), StringComparison.Ordinal);
        var dispatched = await story.Responses.RecordDispatchAsync(new() { ResponseId = response, At = At(12) }, story.Police);
        Assert.Equal(dispatched, await story.Responses.RecordDispatchAsync(new() { ResponseId = response, At = At(12) }, story.Police));
        await RefusedAsync(StatusCode.FailedPrecondition, story.Responses.RecordDispatchAsync(new() { ResponseId = response, At = At(13) }, story.Police));
        await RefusedAsync(StatusCode.NotFound, story.Responses.RecordDispatchAsync(new() { ResponseId = response, At = At(12) }, story.PoliceElsewhere));
        Assert.Equal((Standing.UnderHandling, ResponseState.OnScene), ((await story.ReadAsync(report)).Standing, dispatched.State));
        Assert.NotEmpty((await story.Responses.RecordOnSceneAsync(new() { ResponseId = response, At = At(15) }, story.Police)).OnSceneAt);

        string[] missing =
        [
            "the town notified", "county civil affairs notified", "parents ordered back at once, or a carer named", "parents reprimanded (训诫)", "evidence taken", "help with medical care",
            "help with the injury examination",
        ];
        Func<Task>[] steps =
        [
            async () => await reports.Client.NotifyTownAsync(new() { ResponseId = response, At = At(30) }, story.Police),
            async () => await reports.Client.NotifyCountyCivilAffairsAsync(new() { ResponseId = response, At = At(31) }, story.Police),
            .. new[] { Measure.CarerNamed, Measure.ParentsReprimanded, Measure.EvidenceTaken, Measure.MedicalCareHelped, Measure.InjuryExaminationHelped }.Select(m => (Func<Task>)(() => story.TakeAsync(response, m))),
        ];
        for (var done = 0; done < steps.Length; done++)
        {
            Assert.Equal($"The response cannot close; missing: {string.Join("; ", missing.Skip(done))}.",
                await RefusedAsync(StatusCode.FailedPrecondition, reports.Client.CloseResponseAsync(new() { ResponseId = response }, story.Police)));
            await steps[done]();
        }
        Assert.Equal(ResponseState.Closed, (await reports.Client.CloseResponseAsync(new() { ResponseId = response }, story.Police)).State);
        Assert.Equal(Standing.Concluded, (await story.ReadAsync(report)).Standing);
    }

    [Fact]
    public async Task Telling_the_police_and_sending_them_out_are_duties_from_the_moment_they_could_be_done()
    {
        var report = await story.ReportAsync(Harm(Situation.Missing));
        Assert.Equal(["reporting.referToPolice report"], await RunningAsync(report));
        var response = (await reports.Client.ReferToPoliceAsync(new() { ReportId = report, At = At(10) }, story.Bureau)).ResponseId;
        Assert.Empty(await RunningAsync(report));
        Assert.Equal(["reporting.dispatch response"], await RunningAsync(response));
        Assert.Equal([Start.AddMinutes(10).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss")], await reports.ColumnAsync(
            "select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') from reporting.obligation_due where subject = $1", Guid.Parse(response)));
        await story.Responses.RecordDispatchAsync(new() { ResponseId = response, At = At(12) }, story.Police);
        Assert.Empty(await RunningAsync(response));
    }

    [Fact]
    public async Task Evidence_is_listed_with_its_measure_and_its_words_are_opened_for_a_purpose_alone()
    {
        var response = await story.RespondAsync(await story.ReportAsync(Harm(Situation.OtherHarm)));
        var evidence = new AddEvidenceRequest
        {
            ResponseId = response, EvidenceId = $"{Guid.NewGuid()}", Measure = Measure.EvidenceTaken, Kind = EvidenceKind.Recording, DocumentNo = "苏公〔2026〕3号", At = At(25), Description = "门口监控录像三段",
        };
        await RefusedAsync(StatusCode.FailedPrecondition, story.Responses.AddEvidenceAsync(evidence, story.Police));
        await story.TakeAsync(response, Measure.EvidenceTaken);
        var added = await story.Responses.AddEvidenceAsync(evidence, story.Police);
        Assert.Equal(added, await story.Responses.AddEvidenceAsync(evidence, story.Police));
        Assert.Equal(("苏公〔2026〕3号", ""), (added.Measures.Single().Evidence.Single().DocumentNo, added.Measures.Single().Evidence.Single().Description));
        var read = await story.ReadAsync(added.ReportId, "核对证据");
        Assert.Equal("门口监控录像三段", read.Response.Measures.Single().Evidence.Single().Description);
        await RefusedAsync(StatusCode.FailedPrecondition, story.Responses.AddEvidenceAsync(new(evidence) { Kind = EvidenceKind.Document }, story.Police));
        await RefusedAsync(StatusCode.NotFound, story.Responses.AddEvidenceAsync(evidence, story.PoliceElsewhere));
        await RefusedAsync(StatusCode.InvalidArgument, story.Responses.AddEvidenceAsync(new(evidence) { Description = "" }, story.Police));
        Assert.Equal(["0"], await reports.ColumnAsync("select count(*)::text from reporting.mt_events where data::text like '%监控%'"));
    }

    [Fact]
    public async Task A_search_is_handed_to_another_county_whose_police_accept_it_and_see_no_more()
    {
        var report = await story.ReportAsync(Harm(Situation.Missing));
        var response = await story.RespondAsync(report);
        var over = new HandOverSearchRequest { ResponseId = response, ToDivisionCode = Places.NextCounty, At = At(40) };
        await RefusedAsync(StatusCode.InvalidArgument, story.Responses.HandOverSearchAsync(new(over) { ToDivisionCode = Places.NextVillage }, story.Police));
        var hop = (await story.Responses.HandOverSearchAsync(over, story.Police)).Search.Single();
        Assert.Equal((Places.County, Places.NextCounty, ""), (hop.FromDivisionCode, hop.ToDivisionCode, hop.AcceptedAt));
        Assert.Single((await story.Responses.HandOverSearchAsync(over, story.Police)).Search);

        var accept = new AcceptSearchRequest { ResponseId = response, HopId = hop.HopId, At = At(50) };
        await RefusedAsync(StatusCode.NotFound, story.Responses.AcceptSearchAsync(accept, reports.As(Department.Police, "431022")));
        var accepted = await story.Responses.AcceptSearchAsync(accept, story.PoliceElsewhere);
        Assert.Equal(Start.AddMinutes(50), DateTimeOffset.Parse(accepted.AcceptedAt));
        Assert.Equal(accepted, await story.Responses.AcceptSearchAsync(accept, story.PoliceElsewhere));
        await RefusedAsync(StatusCode.NotFound, reports.Client.GetReportAsync(new() { ReportId = report }, story.PoliceElsewhere));
        await RefusedAsync(StatusCode.NotFound, story.Responses.AcceptSearchAsync(new(accept) { HopId = $"{Guid.NewGuid()}" }, story.PoliceElsewhere));

        // On to another province, which is another installation: those who have the case record its answer.
        var far = (await story.Responses.HandOverSearchAsync(new(over) { ToDivisionCode = "44", At = At(60) }, story.Police)).Search[1];
        Assert.Equal((Places.NextCounty, "44"), (far.FromDivisionCode, far.ToDivisionCode));
        await story.Responses.AcceptSearchAsync(new() { ResponseId = response, HopId = far.HopId, At = At(70) }, story.Police);
        Assert.All((await story.ReadAsync(report)).Response.Search, h => Assert.NotEmpty(h.AcceptedAt));
    }

    private async Task<List<string>> RunningAsync(string subject) =>
        await reports.ColumnAsync("select kind || ' ' || subject_kind from reporting.obligation_due where subject = $1 order by kind", Guid.Parse(subject));
}
