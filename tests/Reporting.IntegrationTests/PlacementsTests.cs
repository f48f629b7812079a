using Grpc.Core;
using LeftBehind.Protos.Reporting.V1;
using static LeftBehind.Reporting.IntegrationTests.Story;

namespace LeftBehind.Reporting.IntegrationTests;

/// <summary>A temporary placement on real servers: handed over, reviewed, ended by one of three ways.</summary>
public sealed class PlacementsTests(RunningReports reports)
{
    private readonly Story story = new(reports);

    [Fact]
    public async Task A_placed_child_is_reviewed_and_its_placement_ends_with_how()
    {
        var report = await story.ReportAsync(Harm(Situation.DomesticViolence, Guid.NewGuid()));
        var place = Placing(report);
        var placed = await story.Placements.PlaceChildAsync(place, story.Bureau);
        Assert.Equal(placed, await story.Placements.PlaceChildAsync(place, story.Bureau));
        Assert.Equal((PlacementState.Placed, "交接〔2026〕1号", "", ""), (placed.State, placed.HandOverNo, placed.Receiver, placed.HandOverNote));
        Assert.Equal(["0"], await DutiesAsync(placed));
        await RefusedAsync(StatusCode.FailedPrecondition, story.Placements.PlaceChildAsync(Placing(report), story.Bureau));
        await RefusedAsync(StatusCode.FailedPrecondition, story.Placements.PlaceChildAsync(new(place) { HandOverNo = "2号" }, story.Bureau));
        await RefusedAsync(StatusCode.NotFound, story.Placements.PlaceChildAsync(Placing(report), reports.As(Access.Department.CivilAffairs, Places.NextCounty)));

        var review = new ReviewPlacementRequest { PlacementId = placed.PlacementId, At = At(60), Note = "情绪稳定，父亲仍失联", ExpectedVersion = placed.Version };
        await RefusedAsync(StatusCode.Aborted, story.Placements.ReviewPlacementAsync(new(review) { ExpectedVersion = 7 }, story.Bureau));
        var reviewed = await story.Placements.ReviewPlacementAsync(review, story.Bureau);
        Assert.Equal(reviewed, await story.Placements.ReviewPlacementAsync(review, story.Bureau));
        Assert.Equal(["1"], await DutiesAsync(placed));
        var read = await story.Placements.GetPlacementAsync(new() { PlacementId = placed.PlacementId, Purpose = "复查安置" }, story.Police);
        Assert.Equal(("苏仙区福利院", "衣物齐全", "情绪稳定，父亲仍失联"), (read.Receiver, read.HandOverNote, read.Reviews.Single().Note));
        Assert.Equal(["复查安置"], await reports.ColumnAsync("select purpose from reporting.personal_read where what = 'placement' and $1 = any(subjects)", Guid.Parse(report)));

        var end = new EndPlacementRequest { PlacementId = placed.PlacementId, At = At(90), Return = new() { AssessmentNo = "评估〔2026〕1号" }, ExpectedVersion = reviewed.Version };
        Assert.StartsWith("end:", await RefusedAsync(StatusCode.InvalidArgument, story.Placements.EndPlacementAsync(
            new() { PlacementId = placed.PlacementId, At = At(90), ExpectedVersion = reviewed.Version }, story.Bureau)), StringComparison.Ordinal);
        await RefusedAsync(StatusCode.InvalidArgument, story.Placements.EndPlacementAsync(new(end) { Return = new() }, story.Bureau));
        await RefusedAsync(StatusCode.InvalidArgument, story.Placements.EndPlacementAsync(new(end) { LongTerm = new() { DocumentNo = "1号" } }, story.Bureau));
        var ended = await story.Placements.EndPlacementAsync(end, story.Bureau);
        Assert.Equal((PlacementState.Returned, "评估〔2026〕1号"), (ended.State, ended.EndDocumentNo));
        Assert.Equal(ended, await story.Placements.EndPlacementAsync(end, story.Bureau));
        await RefusedAsync(StatusCode.FailedPrecondition, story.Placements.EndPlacementAsync(new(end) { Court = new() { DocumentNo = "1号" }, ExpectedVersion = ended.Version }, story.Bureau));
        Assert.Empty(await DutiesAsync(placed));

        var again = await story.Placements.PlaceChildAsync(Placing(report), story.Bureau);
        Assert.NotEqual(placed.PlacementId, again.PlacementId);
        Assert.Equal(LongTermGround.RevokedByCourt, (await story.Placements.EndPlacementAsync(
            new() { PlacementId = again.PlacementId, At = At(95), LongTerm = new() { Ground = LongTermGround.RevokedByCourt, DocumentNo = "民决1号" }, ExpectedVersion = 1 }, story.Bureau)).LongTermGround);
    }

    [Fact]
    public async Task Who_does_not_see_the_case_sees_no_placement()
    {
        var report = await story.ReportAsync(new(Harm(Situation.OtherHarm)) { ConcernedAccount = $"officer-{Places.Village[..9]}" });
        var placed = await story.Placements.PlaceChildAsync(Placing(report), story.Bureau);
        Assert.Equal("", placed.ChildId);
        await RefusedAsync(StatusCode.NotFound, story.Placements.GetPlacementAsync(new() { PlacementId = placed.PlacementId }, reports.As(Access.Department.CivilAffairs, Places.Village[..9])));
        await RefusedAsync(StatusCode.NotFound, story.Placements.GetPlacementAsync(new() { PlacementId = placed.PlacementId }, story.PoliceElsewhere));
        await RefusedAsync(StatusCode.NotFound, story.Placements.GetPlacementAsync(new() { PlacementId = $"{Guid.NewGuid()}" }, story.Police));
    }

    private static PlaceChildRequest Placing(string report) => new()
    {
        RequestId = $"{Guid.NewGuid()}", ReportId = report, Ground = PlacementGround.GuardianHarming, Place = PlacementPlace.WelfareBody, Receiver = "苏仙区福利院",
        HandOverNo = "交接〔2026〕1号", HandOverNote = "衣物齐全", At = At(30),
    };

    /// <summary>The review that runs: how many were done before it.</summary>
    private async Task<List<string>> DutiesAsync(Placement placed) => await reports.ColumnAsync("""
        select (select count(*) from reporting.mt_events r where r.stream_id = d.subject and r.type = 'placement_reviewed')::text
        from reporting.obligation_due d where subject = $1 and kind = 'reporting.reviewPlacement'
        """, Guid.Parse(placed.PlacementId));
}
