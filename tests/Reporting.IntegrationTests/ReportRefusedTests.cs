using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Reporting.V1;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.IntegrationTests;

/// <summary>A child whom a school refused is reported once, and the school does not meet the report.</summary>
public sealed class ReportRefusedTests(RunningReports reports)
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_refused_child_is_reported_exactly_once_however_often_it_is_told_and_the_school_does_not_meet_it()
    {
        var (child, school) = (Guid.NewGuid(), $"S{Guid.NewGuid():N}");
        var fact = RunningReports.Refused(child, school, At);
        await reports.TellAsync([fact], times: 3, source: "education");
        // A source that was restored tells the same fact again, at another place of its log.
        await reports.TellAsync([fact], source: "education");
        var id = $"{ReportRefusedAdmissions.IdOf(fact.Id)}";
        Assert.Equal([id], await reports.ColumnAsync("select stream_id::text from reporting.mt_events where type = 'harm_reported' and data->'case'->>'child' = $1", $"{child}"));

        var open = await reports.Client.GetReportAsync(new() { ReportId = id }, reports.As(Department.CivilAffairs));
        Assert.Equal((ReporterKind.PlatformRule, Urgency.High, $"{child}", Places.Village), (open.ReporterKind, open.Urgency, open.ChildId, open.DivisionCode));
        Assert.Equal([Situation.OtherHarm], open.Situations);
        Assert.Equal([id], await reports.ColumnAsync("select report::text from reporting.open_case where child = $1", child));

        // An officer who belongs to that school, though he reads reports.
        var ofSchool = reports.As(Department.CivilAffairs, organisation: school);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await reports.Client.GetReportAsync(new() { ReportId = id }, ofSchool))).StatusCode);
        Assert.DoesNotContain(await ListedAsync(ofSchool), r => r == id);
        Assert.Contains(await ListedAsync(reports.As(Department.CivilAffairs)), r => r == id);
        Assert.Equal(["true"], await reports.ColumnAsync("select data->'after'->>'shielded' from reporting.mt_events where type = 'report_stood' and stream_id = $1", Guid.Parse(id)));
    }

    [Fact]
    public async Task A_refusal_joins_the_open_case_of_its_child_and_hides_it_from_the_school()
    {
        var (child, school) = (Guid.NewGuid(), $"S{Guid.NewGuid():N}");
        var (missing, refused) = (RunningReports.Missing(Guid.NewGuid(), child, At), RunningReports.Refused(child, school, At.AddDays(1)));
        await reports.TellAsync([missing, refused], source: "education");
        var open = await reports.Client.GetReportAsync(new() { ReportId = $"{ReportMissingChildren.IdOf(missing.Id)}" }, reports.As(Department.Police));
        Assert.Equal((Urgency.Emergency, $"{ReportRefusedAdmissions.IdOf(refused.Id)}"), (open.Urgency, Assert.Single(open.JoinedReportIds)));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () =>
            await reports.Client.GetReportAsync(new() { ReportId = open.ReportId }, reports.As(Department.Police, organisation: school)))).StatusCode);
    }

    private async Task<List<string>> ListedAsync(CallOptions caller)
    {
        var (client, seen, token) = (new MandatoryReports.MandatoryReportsClient(reports.Channel), new List<string>(), "");
        do
        {
            var page = await client.ListReportsAsync(new() { DivisionCode = Places.Village, PageSize = 200, PageToken = token }, caller);
            seen.AddRange(page.Reports_.Select(r => r.ReportId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return seen;
    }
}
