using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Reporting.V1;
using static LeftBehind.Reporting.IntegrationTests.Story;

namespace LeftBehind.Reporting.IntegrationTests;

/// <summary>What people decide about reports, on real servers.</summary>
public sealed class MandatoryReportsTests(RunningReports reports)
{
    private readonly Story story = new(reports);

    [Fact]
    public async Task Both_lists_are_kept_as_reported_and_a_category_alone_says_the_situation()
    {
        var both = await story.ReadAsync(await story.ReportAsync(new(Harm(Situation.GuardianIncapableOrFailing)) { Category = ReportedCategory.AbandonedOrUnattended }));
        Assert.Equal((Situation.GuardianIncapableOrFailing, ReportedCategory.AbandonedOrUnattended), (both.Situations.Single(), both.Category));
        var mapped = await story.ReadAsync(await story.ReportAsync(new(Harm(Situation.Unspecified)) { Category = ReportedCategory.MissingOrTrafficked }));
        Assert.Equal((Situation.Missing, Urgency.Emergency, ReporterDuty.Voluntary), (mapped.Situations.Single(), mapped.Urgency, mapped.ReporterDuty));
        Assert.StartsWith("situation:", await RefusedAsync(StatusCode.InvalidArgument, reports.Client.ReportHarmAsync(Harm(Situation.Unspecified), story.Bureau)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_anonymous_report_keeps_nobody_and_is_answered_again_to_who_repeats_it()
    {
        var harm = new ReportHarmRequest(Harm(Situation.LivingAlone)) { Anonymous = true, ReporterName = "", ReporterPhone = "" };
        var school = reports.As(Department.Education);
        var report = await story.ReportAsync(harm, school);
        Assert.Equal(report, await story.ReportAsync(harm, school));
        await RefusedAsync(StatusCode.NotFound, reports.Client.GetReportAsync(new() { ReportId = report }, school));
        Assert.True((await story.ReadAsync(report)).Anonymous);
        var stored = string.Concat(await reports.ColumnAsync("select concat(data::text, headers::text) from reporting.mt_events where stream_id = $1", Guid.Parse(report)));
        Assert.DoesNotContain("officer", stored, StringComparison.Ordinal);
        await RefusedAsync(StatusCode.InvalidArgument, reports.Client.ReportHarmAsync(new(harm) { ReporterName = "陈某" }, school));
        await RefusedAsync(StatusCode.FailedPrecondition, story.People.CommendReporterAsync(
            new() { ReportId = report, Form = CommendationForm.Praise, Organ = "公安分局", At = Now(), ExpectedVersion = await VersionAsync(report) }, story.Bureau));
    }

    [Theory]
    [InlineData("discovered_at", 600, 0, 0, StatusCode.FailedPrecondition)]
    [InlineData("discovered_at after reported_at", 30, 20, 0, StatusCode.FailedPrecondition)]
    [InlineData("police before the discovery", 30, 40, 10, StatusCode.FailedPrecondition)]
    [InlineData("in order", 10, 40, 30, StatusCode.OK)]
    public async Task The_times_of_a_report_are_in_order(string what, int discovered, int reported, int police, StatusCode expected)
    {
        Assert.NotEmpty(what);
        var harm = new ReportHarmRequest(Harm(Situation.LivingAlone))
        { DiscoveredAt = At(discovered), ReportedAt = reported == 0 ? "" : At(reported), PoliceNotifiedAt = police == 0 ? "" : At(police) };
        if (expected is not StatusCode.OK)
            await RefusedAsync(expected, reports.Client.ReportHarmAsync(harm, story.Bureau));
        else
            Assert.Equal(Start.AddMinutes(police), DateTimeOffset.Parse((await story.ReadAsync(await story.ReportAsync(harm))).PoliceNotifiedAt));
    }

    [Fact]
    public async Task Unknown_words_and_a_description_of_a_megabyte_are_refused()
    {
        var harm = Harm(Situation.LivingAlone);
        Assert.StartsWith("situation:", await RefusedAsync(StatusCode.InvalidArgument, reports.Client.ReportHarmAsync(new(harm) { Situation = (Situation)77 }, story.Bureau)), StringComparison.Ordinal);
        Assert.StartsWith("category:", await RefusedAsync(StatusCode.InvalidArgument, reports.Client.ReportHarmAsync(new(harm) { Category = (ReportedCategory)77 }, story.Bureau)), StringComparison.Ordinal);
        Assert.StartsWith("description:", await RefusedAsync(StatusCode.InvalidArgument, reports.Client.ReportHarmAsync(new(harm) { Description = new('哭', 1024 * 1024 / 3) }, story.Bureau)), StringComparison.Ordinal);
        await RefusedAsync(StatusCode.ResourceExhausted, reports.Client.ReportHarmAsync(new(harm) { Description = new('x', 2 * 1024 * 1024) }, story.Bureau));
    }

    [Fact]
    public async Task Triage_raises_with_the_version_that_was_read_and_never_lowers()
    {
        var report = await story.ReportAsync(Harm(Situation.GuardianIncapableOrFailing));
        var version = await VersionAsync(report);
        var raise = new TriageReportRequest { ReportId = report, Urgency = Urgency.Emergency, ExpectedVersion = version };
        var raised = await story.People.TriageReportAsync(raise, story.Bureau);
        Assert.Equal((Urgency.Emergency, Standing.Triaged), (raised.Urgency, raised.Standing));
        Assert.Equal(raised, await story.People.TriageReportAsync(raise, story.Bureau));
        await RefusedAsync(StatusCode.Aborted, story.People.TriageReportAsync(new(raise) { Urgency = Urgency.High }, story.Bureau));
        await RefusedAsync(StatusCode.FailedPrecondition, story.People.TriageReportAsync(new(raise) { Urgency = Urgency.High, ExpectedVersion = raised.Version }, story.Bureau));
        await RefusedAsync(StatusCode.InvalidArgument, story.People.TriageReportAsync(new(raise) { ExpectedVersion = 0 }, story.Bureau));
        await RefusedAsync(StatusCode.NotFound, story.People.TriageReportAsync(raise, story.PoliceElsewhere));
        await RefusedAsync(StatusCode.NotFound, story.People.TriageReportAsync(new(raise) { ReportId = $"{Guid.NewGuid()}" }, story.Bureau));
        var read = await story.ReadAsync(report);
        Assert.Equal((Urgency.Emergency, raised.Version), (read.Urgency, read.Version));
    }

    [Fact]
    public async Task What_is_set_aside_stays_readable_with_its_reason_and_the_next_report_opens_a_new_case()
    {
        var child = Guid.NewGuid();
        var report = await story.ReportAsync(Harm(Situation.DomesticViolence, child));
        var aside = new SetAsideReportRequest { ReportId = report, As = SetAsideAs.Unfounded, Reason = "入户核实查无此事", ExpectedVersion = await VersionAsync(report) };
        await RefusedAsync(StatusCode.Aborted, story.People.SetAsideReportAsync(new(aside) { ExpectedVersion = 1 }, story.Bureau));
        var answer = await story.People.SetAsideReportAsync(aside, story.Bureau);
        Assert.Equal((Standing.Unfounded, Urgency.Emergency, ""), (answer.Standing, answer.Urgency, answer.SetAsideReason));
        Assert.Equal(answer, await story.People.SetAsideReportAsync(aside, story.Bureau));
        Assert.Equal("入户核实查无此事", (await story.ReadAsync(report, "复查本案")).SetAsideReason);
        Assert.Equal(["Waived"], await DutiesAsync(report));

        var next = await story.ReportAsync(Harm(Situation.LivingAlone, child));
        Assert.Equal(("", Standing.Received), ((await story.ReadAsync(next)).CaseId, (await story.ReadAsync(next)).Standing));
        Assert.DoesNotContain((await story.People.ListReportsAsync(new() { DivisionCode = Places.Village, PageSize = 200 }, story.Police)).Reports_, r => r.ReportId == report);
        await story.RespondAsync(next);
        await RefusedAsync(StatusCode.FailedPrecondition, story.People.SetAsideReportAsync(new(aside) { ReportId = next, ExpectedVersion = await VersionAsync(next) }, story.Bureau));
    }

    [Fact]
    public async Task Whoever_failed_to_report_is_held_to_account_as_a_duty()
    {
        var report = await story.ReportAsync(Harm(Situation.DomesticViolence));
        var failure = new RecordFailureToReportRequest
        { ReportId = report, Kind = ReporterKind.School, Organisation = "第一小学", KnewAt = At(-600), Note = "班主任知情三天未报", ExpectedVersion = await VersionAsync(report) };
        await RefusedAsync(StatusCode.InvalidArgument, story.People.RecordFailureToReportAsync(new(failure) { Kind = ReporterKind.Citizen }, story.Bureau));
        var found = await story.People.RecordFailureToReportAsync(failure, story.Bureau);
        Assert.Equal(("第一小学", ""), (found.Failures.Single().Organisation, found.Failures.Single().Note));
        Assert.Equal("班主任知情三天未报", (await story.ReadAsync(report, "追责核实")).Failures.Single().Note);
        Assert.Equal(["Opened", "Opened"], await DutiesAsync(report));
        var held = new RecordAccountabilityRequest
        {
            ReportId = report, Organisation = "第一小学", Measure = AccountabilityMeasure.Disciplined, Organ = "区教育局", DocumentNo = "苏教〔2026〕1号", At = Now(), ExpectedVersion = found.Version,
        };
        await RefusedAsync(StatusCode.FailedPrecondition, story.People.RecordAccountabilityAsync(new(held) { Organisation = "第二小学" }, story.Bureau));
        var answer = await story.People.RecordAccountabilityAsync(held, story.Bureau);
        Assert.Equal("区教育局", answer.Failures.Single().Accountability.Single().Organ);
        Assert.Equal(answer, await story.People.RecordAccountabilityAsync(held, story.Bureau));
        Assert.Equal(["Fulfilled", "Opened"], await DutiesAsync(report));
    }

    [Fact]
    public async Task The_work_list_has_the_most_urgent_first_page_by_page_and_nothing_of_elsewhere()
    {
        const string Village = "431003101217";
        foreach (var situation in new[] { Situation.GuardianIncapableOrFailing, Situation.Missing, Situation.LivingAlone, Situation.DomesticViolence, Situation.OtherHarm })
            await story.ReportAsync(Harm(situation, Guid.NewGuid(), Village));
        var (seen, token) = (new List<Report>(), "");
        do
        {
            var page = await story.People.ListReportsAsync(new() { DivisionCode = Village, PageSize = 2, PageToken = token }, story.Police);
            seen.AddRange(page.Reports_);
            token = page.NextPageToken;
        } while (token.Length > 0);
        Assert.Equal([Urgency.Emergency, Urgency.Emergency, Urgency.High, Urgency.High, Urgency.Ordinary], seen.Select(r => r.Urgency));
        Assert.Equal(5, seen.Select(r => r.ReportId).Distinct().Count());
        await RefusedAsync(StatusCode.NotFound, story.People.ListReportsAsync(new() { DivisionCode = Village }, story.PoliceElsewhere));
        await RefusedAsync(StatusCode.InvalidArgument, story.People.ListReportsAsync(new() { DivisionCode = Village, PageToken = "x" }, story.Police));
    }

    [Fact]
    public async Task A_hundred_ordinary_reports_at_once_meet_a_limit_and_emergencies_none()
    {
        // An account of its own, that no other test reports with.
        var wild = reports.As(Department.WomensFederation, "4310");
        async Task<StatusCode> SendAsync(ReportHarmRequest harm)
        {
            try
            {
                await reports.Client.ReportHarmAsync(harm, wild);
                return StatusCode.OK;
            }
            catch (RpcException e)
            {
                return e.StatusCode;
            }
        }
        var ordinary = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SendAsync(Harm(Situation.GuardianIncapableOrFailing, Guid.NewGuid(), "431003101216"))));
        var urgent = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => SendAsync(Harm(Situation.Missing, Guid.NewGuid(), "431003101216"))));
        Assert.Contains(StatusCode.ResourceExhausted, ordinary);
        Assert.True(ordinary.Count(s => s is StatusCode.OK) >= 50 && ordinary.All(s => s is StatusCode.OK or StatusCode.ResourceExhausted));
        Assert.All(urgent, s => Assert.Equal(StatusCode.OK, s));
    }

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("O");

    private async Task<long> VersionAsync(string report) => (await story.ReadAsync(report)).Version;

    /// <summary>How the duties about a subject stand: the last event of each.</summary>
    private async Task<List<string>> DutiesAsync(string subject) => [.. (await reports.ColumnAsync("""
        select distinct on (stream_id) initcap(replace(type, 'obligation_', '')) from reporting.mt_events
        where type like 'obligation%' and data->'of'->'subject'->>'id' = $1 order by stream_id, version desc
        """, subject)).Order(StringComparer.Ordinal)];
}
