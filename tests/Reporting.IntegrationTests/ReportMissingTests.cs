using LeftBehind.Access;
using LeftBehind.Protos.Reporting.V1;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.IntegrationTests;

/// <summary>A pupil whom its school reaches nowhere is reported as missing, once for each time it was found so.</summary>
public sealed class ReportMissingTests(RunningReports reports)
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_pupil_with_a_file_opens_the_childs_case_or_joins_it_and_told_again_it_reports_nothing()
    {
        var child = Guid.NewGuid();
        var (first, second) = (RunningReports.Missing(Guid.NewGuid(), child, At), RunningReports.Missing(Guid.NewGuid(), child, At.AddDays(1)));
        await reports.TellAsync([first], times: 2, source: "education");
        await reports.TellAsync([first, second], source: "education");
        var open = await reports.Client.GetReportAsync(new() { ReportId = $"{ReportMissingChildren.IdOf(first.Id)}" }, reports.As(Department.Police));
        Assert.Equal((ReporterKind.PlatformRule, Urgency.Emergency, $"{child}", "2026-03-02T01:00:00Z"), (open.ReporterKind, open.Urgency, open.ChildId, open.DiscoveredAt));
        Assert.Equal([Situation.Missing], open.Situations);
        Assert.Equal([$"{ReportMissingChildren.IdOf(second.Id)}"], open.JoinedReportIds);
        Assert.Equal([open.ReportId], await reports.ColumnAsync("select report::text from reporting.open_case where child = $1", child));
    }

    [Fact]
    public async Task A_child_found_unattended_before_is_missing_in_the_same_case()
    {
        var child = Guid.NewGuid();
        var (unattended, missing) = (RunningReports.Unattended(child, At), RunningReports.Missing(Guid.NewGuid(), child, At.AddDays(1)));
        await reports.TellAsync([unattended]);
        await reports.TellAsync([missing], source: "education");
        var open = await reports.Client.GetReportAsync(new() { ReportId = $"{ReportUnattendedChildren.IdOf(unattended.Id)}" }, reports.As(Department.Police));
        Assert.Equal((Urgency.Emergency, $"{ReportMissingChildren.IdOf(missing.Id)}"), (open.Urgency, Assert.Single(open.JoinedReportIds)));
    }

    [Fact]
    public async Task A_pupil_without_a_file_is_reported_all_the_same_and_opens_nobodys_case()
    {
        var fact = RunningReports.Missing(Guid.NewGuid(), null, At);
        await reports.TellAsync([fact, fact with { Id = Guid.NewGuid() }], source: "education");
        var report = await reports.Client.GetReportAsync(new() { ReportId = $"{ReportMissingChildren.IdOf(fact.Id)}" }, reports.As(Department.CivilAffairs));
        Assert.Equal(("", Places.Village, Urgency.Emergency, 0), (report.ChildId, report.DivisionCode, report.Urgency, report.JoinedReportIds.Count));
        Assert.Empty(await reports.ColumnAsync("select child::text from reporting.open_case where report = $1", ReportMissingChildren.IdOf(fact.Id)));
    }
}
