using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Reporting.V1;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.IntegrationTests;

/// <summary>A child that Registry's rule finds unattended is reported once, as any person would report it.</summary>
public sealed class ReportUnattendedTests(RunningReports reports)
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private readonly Guid child = Guid.NewGuid();

    [Fact]
    public async Task A_detected_child_arrives_as_a_report_exactly_once_however_often_it_is_told()
    {
        var fact = RunningReports.Unattended(child, At);
        await reports.TellAsync([fact], times: 3);
        // A source that was restored tells the same fact again, at another place of its log.
        await reports.TellAsync([fact]);
        Assert.Equal(["harm_reported"], await EventsAsync());

        var report = await reports.Client.GetReportAsync(new() { ReportId = $"{ReportUnattendedChildren.IdOf(fact.Id)}", Purpose = "核实情况" }, reports.As(Department.CivilAffairs));
        Assert.Equal((ReporterKind.PlatformRule, Standing.Received, Urgency.High), (report.ReporterKind, report.Standing, report.Urgency));
        Assert.Equal([Situation.LivingAlone], report.Situations);
        Assert.Equal(($"{child}", Places.Village, "2026-03-02T01:00:00Z", "", ""), (report.ChildId, report.DivisionCode, report.DiscoveredAt, report.Description, report.ReporterName));
        Assert.Equal([report.ReportId], await reports.ColumnAsync("select report::text from reporting.open_case where child = $1", child));
    }

    [Fact]
    public async Task Another_episode_joins_the_open_case_and_so_does_what_a_person_reports()
    {
        var (first, second) = (RunningReports.Unattended(child, At), RunningReports.Unattended(child, At.AddDays(1)));
        await reports.TellAsync([first, second]);
        Assert.Equal(["harm_reported", "harm_reported", "report_linked", "repeat_received"], await EventsAsync());
        var harm = new ReportHarmRequest
        {
            RequestId = $"{Guid.NewGuid()}", ReporterKind = ReporterKind.Citizen, Situation = Situation.OtherHarm, DivisionCode = Places.Village, ChildId = $"{child}", DiscoveredAt = "2026-03-02T08:00:00+08:00",
        };
        var told = await reports.Client.ReportHarmAsync(harm, reports.As(Department.CivilAffairs));
        await reports.TellAsync([RunningReports.Unattended(child, At.AddDays(2))]);
        var open = await reports.Client.GetReportAsync(new() { ReportId = $"{ReportUnattendedChildren.IdOf(first.Id)}" }, reports.As(Department.Police));
        Assert.Equal(3, open.JoinedReportIds.Count);
        Assert.Contains(told.ReportId, open.JoinedReportIds);
        Assert.Single(await reports.ColumnAsync("select report::text from reporting.open_case where child = $1", child));
    }

    [Fact]
    public async Task A_case_that_a_person_opened_is_joined_and_its_urgency_never_lowered()
    {
        var opened = await reports.Client.ReportHarmAsync(new()
        {
            RequestId = $"{Guid.NewGuid()}", ReporterKind = ReporterKind.School, Situation = Situation.Missing, DivisionCode = Places.Village, ChildId = $"{child}", DiscoveredAt = "2026-03-02T08:00:00+08:00",
        }, reports.As(Department.CivilAffairs));
        var fact = RunningReports.Unattended(child, At);
        await reports.TellAsync([fact], times: 2);
        var seen = await reports.Client.GetReportAsync(new() { ReportId = opened.ReportId }, reports.As(Department.Police));
        Assert.Equal((Urgency.Emergency, $"{ReportUnattendedChildren.IdOf(fact.Id)}"), (seen.Urgency, Assert.Single(seen.JoinedReportIds)));
        Assert.Equal([Situation.Missing, Situation.LivingAlone], seen.Situations);
    }

    [Fact]
    public async Task A_page_of_many_opens_each_once_and_what_cannot_be_read_is_parked_alone()
    {
        var children = Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()).ToList();
        var facts = children.Select(c => RunningReports.Unattended(c, At)).ToList();
        facts.Insert(20, facts[20] with { Id = Guid.NewGuid(), Stream = child, Subject = child, Json = """{"childId": 7}""" });
        await reports.TellAsync(facts);
        Assert.Equal(["40"], await reports.ColumnAsync("select count(*)::text from reporting.open_case where child = any($1)", children.ToArray()));
        Assert.Equal(["1"], await reports.ColumnAsync("select count(*)::text from reporting.parked_event where source = 'registry'"));
    }

    [Fact]
    public async Task Nobody_reports_in_the_platforms_name()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await reports.Client.ReportHarmAsync(new()
        {
            RequestId = $"{Guid.NewGuid()}", ReporterKind = ReporterKind.PlatformRule, Situation = Situation.LivingAlone, DivisionCode = Places.Village, DiscoveredAt = "2026-03-02T08:00:00+08:00",
        }, reports.As(Department.CivilAffairs)));
        Assert.Equal((StatusCode.InvalidArgument, true), (refused.StatusCode, refused.Status.Detail.StartsWith("reporter_kind:", StringComparison.Ordinal)));
    }

    private Task<List<string>> EventsAsync() => reports.ColumnAsync(
        "select e.type from reporting.mt_events e where e.type <> 'report_stood' and exists (select from reporting.mt_events r where r.stream_id = e.stream_id and r.type = 'harm_reported' and r.data->'case'->>'child' = $1) order by e.seq_id", $"{child}");
}
