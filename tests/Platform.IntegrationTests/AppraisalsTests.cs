using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using static LeftBehind.Platform.IntegrationTests.RunningPlatform;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>排名与考核问责: indicators of a county's towns, the league made of them, and what the county records of a town.</summary>
public sealed class AppraisalsTests(RunningPlatform platform)
{
    private const string County = "431126";
    private static readonly string[] Towns = [.. ShippedData.Tree.Children(DivisionId.Parse(County + "@2023")).Take(3).Select(t => ShippedData.Tree.Code(t).ToString())];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Towns_are_ranked_by_a_share_whose_failing_children_are_one_query_away()
    {
        var (guarded, alone) = (Guid.NewGuid(), Guid.NewGuid());
        await platform.TellAsync([LeftBehindFact(guarded, Village(0)), LeftBehindFact(alone, Village(1), alone: true), LeftBehindFact(Guid.NewGuid(), Village(1))]);
        var all = await Eventually.IsAsync(async () => await platform.Appraisals.GetIndicatorsAsync(new() { DivisionCode = County }, platform.AsOfficer(County)),
            i => Share(i.Division, "guarded") == (2, 3), Ct);
        Assert.Equal(["学业有教", "监护有人", "生活有助", "健康有保", "安全有护"], all.Division.Shares.Take(5).Select(s => s.Title));
        Assert.Equal([(1, 1), (1, 2), (0, 0)], Towns.Select(t => Share(all.Children.Single(c => c.Division.Code == t), "guarded")));

        var league = await platform.Appraisals.GetLeagueAsync(new() { DivisionCode = County, Indicator = "guarded" }, platform.AsOfficer(County));
        Assert.Equal([(Towns[0], 1), (Towns[1], 2)], league.Places.Where(p => p.Rank > 0).Select(p => (p.Division.Code, p.Rank)));
        Assert.Contains(league.Places, p => p.Rank == 0 && p.Division.Code == Towns[2]);
        var failing = await platform.Client.ListSubjectsAsync(new() { DivisionCode = County, Measure = "leftBehind.guarded.failed" }, platform.AsOfficer(County));
        Assert.Equal(alone.ToString(), Assert.Single(failing.Subjects_).SubjectId);
        await RefusedAsync(StatusCode.InvalidArgument, () => platform.Appraisals.GetLeagueAsync(new() { DivisionCode = County, Indicator = "best" }, platform.AsOfficer(County)));
    }

    [Fact]
    public async Task A_rectification_goes_from_its_order_over_a_report_that_is_returned_to_one_that_is_accepted()
    {
        var (county, town) = (platform.AsOfficer(County), platform.AsOfficer(Towns[0]));
        var order = new RecordAppraisalRequest
        {
            RequestId = Guid.NewGuid().ToString(), Kind = AppraisalKind.Rectification, DivisionCode = Towns[0], Document = "督〔2026〕7号", Indicator = "visited", DueOn = "2100-01-01",
        };
        var ordered = await platform.Appraisals.RecordAppraisalAsync(order, county);
        Assert.Equal((AppraisalState.Ordered, County, "2100-01-01", false), (ordered.State, ordered.By.Code, ordered.DueOn, ordered.Overdue));
        Assert.Equal(ordered, await platform.Appraisals.RecordAppraisalAsync(order, county));

        var report = new ReportRectificationRequest { AppraisalId = ordered.AppraisalId, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 1, Document = "报〔2026〕1号" };
        await RefusedAsync(StatusCode.FailedPrecondition, () => platform.Appraisals.ReportRectificationAsync(report, county));
        await RefusedAsync(StatusCode.FailedPrecondition, () => platform.Appraisals.ReportRectificationAsync(report, platform.AsOfficer(Towns[0], Department.Education)));
        await RefusedAsync(StatusCode.NotFound, () => platform.Appraisals.ReportRectificationAsync(report, platform.AsOfficer(Towns[1])));
        var reported = await platform.Appraisals.ReportRectificationAsync(report, town);
        Assert.Equal(reported, await platform.Appraisals.ReportRectificationAsync(report, town));
        await RefusedAsync(StatusCode.Aborted, () => platform.Appraisals.JudgeRectificationAsync(Judge(1, accepted: true), county));
        var returned = await platform.Appraisals.JudgeRectificationAsync(Judge(2, accepted: false), county);
        Assert.Equal((AppraisalState.Returned, "2100-02-01"), (returned.State, returned.DueOn));
        await RefusedAsync(StatusCode.FailedPrecondition, () => platform.Appraisals.JudgeRectificationAsync(Judge(3, accepted: true), county));
        await platform.Appraisals.ReportRectificationAsync(new(report) { RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 3, Document = "报〔2026〕2号" }, town);
        await RefusedAsync(StatusCode.FailedPrecondition, () => platform.Appraisals.JudgeRectificationAsync(Judge(4, accepted: true), platform.AsOfficer(County[..4])));
        var accepted = await platform.Appraisals.JudgeRectificationAsync(Judge(4, accepted: true), county);
        Assert.Equal((AppraisalState.Accepted, "报〔2026〕2号", 5L), (accepted.State, accepted.Report, accepted.Version));

        var listed = await platform.Appraisals.ListAppraisalsAsync(new() { DivisionCode = Towns[0], State = AppraisalState.Accepted }, town);
        Assert.Equal(accepted, Assert.Single(listed.Appraisals));

        JudgeRectificationRequest Judge(long version, bool accepted) => new()
        {
            AppraisalId = ordered.AppraisalId, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = version, Accepted = accepted, DueOn = accepted ? "" : "2100-02-01",
        };
    }

    [Fact]
    public async Task Nobody_appraises_himself_or_what_lies_beside_him_and_what_is_missing_is_told_by_field()
    {
        var good = new RecordAppraisalRequest { RequestId = Guid.NewGuid().ToString(), Kind = AppraisalKind.Criticism, DivisionCode = Towns[1], Department = "education", Document = "通报〔2026〕3号" };
        foreach (var beside in (string[])[County, "431128", "43"])
            await RefusedAsync(StatusCode.NotFound, () => platform.Appraisals.RecordAppraisalAsync(new(good) { DivisionCode = beside }, platform.AsOfficer(County)));
        foreach (var (field, bad) in (IEnumerable<(string, RecordAppraisalRequest)>)
            [
                ("request_id", new(good) { RequestId = "" }), ("kind", new(good) { Kind = AppraisalKind.Unspecified }), ("document", new(good) { Document = "" }),
                ("department", new(good) { Department = "fire" }), ("indicator", new(good) { Indicator = "best" }), ("due_on", new(good) { DueOn = "2100-01-01" }),
                ("due_on", new(good) { Kind = AppraisalKind.Rectification, DueOn = "2020-01-01" }), ("division_code", new(good) { DivisionCode = "x" }),
            ])
            Assert.StartsWith(field, await RefusedAsync(StatusCode.InvalidArgument, () => platform.Appraisals.RecordAppraisalAsync(bad, platform.AsOfficer(County))), StringComparison.Ordinal);
        var recorded = await platform.Appraisals.RecordAppraisalAsync(good, platform.AsOfficer(County));
        Assert.Equal((AppraisalState.Recorded, "education"), (recorded.State, recorded.Department));
        await RefusedAsync(StatusCode.FailedPrecondition, () => platform.Appraisals.ReportRectificationAsync(
            new() { AppraisalId = recorded.AppraisalId, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 1, Document = "报1号" }, platform.AsOfficer(Towns[1], Department.Education)));
    }

    [Fact]
    public async Task Departments_that_owe_nothing_have_no_rank()
    {
        var league = await platform.Appraisals.GetDepartmentLeagueAsync(new() { DivisionCode = "431127" }, platform.AsOfficer("431127"));
        Assert.Equal(8, league.Places.Count);
        Assert.All(league.Places, p => Assert.Equal((0, 0L), (p.Rank, p.Owed)));
    }

    private static string Village(int town) => ShippedData.Tree.Code(ShippedData.Tree.Children(DivisionId.Parse(Towns[town] + "@2023")).First()).ToString();

    private static (long Have, long Of) Share(DivisionIndicators row, string indicator) => row.Shares.Single(s => s.Indicator == indicator) is var share ? (share.Have, share.Of) : default;

    private static async Task<string> RefusedAsync<T>(StatusCode code, Func<AsyncUnaryCall<T>> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call());
        Assert.Equal(code, refused.StatusCode);
        return refused.Status.Detail;
    }
}
