using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Placements;
using LeftBehind.Reporting.Reports;
using Xunit;

namespace LeftBehind.Reporting.Tests;

/// <summary>A temporary placement by 未成年人保护法 §92–§94: one at a time, reviewed, ended by one of three ways.</summary>
public class PlacementTests
{
    private static readonly Report Case = Given.Received(Situation.DomesticViolence);
    private static readonly PlacementFacts Facts = new(Case.Id, Given.Child, Given.Village, PlacementGround.GuardianHarming, PlacementPlace.WelfareBody, PlacementState.Placed, false);
    private static readonly ChildPlaced Handed = new(Given.Text, "交接1号", Given.Text, Given.Now.AddHours(-1), "digest", Given.Officer, Facts);
    private static readonly Placement Lasting = new Placement(Guid.NewGuid()).After(Handed);
    private static readonly PlacementEnded Returned = new(Given.Now, "评估1号", null, Given.Officer, Facts with { State = PlacementState.Returned });

    [Fact]
    public void The_law_has_seven_grounds_and_five_for_long_term() =>
        Assert.Equal((7, 5, 4), (Enum.GetValues<PlacementGround>().Length, Enum.GetValues<LongTermGround>().Length, Enum.GetValues<PlacementPlace>().Length));

    [Fact]
    public void A_child_is_placed_once_at_a_time()
    {
        Assert.Single(PlaceChild.Decide(Handed, new(Guid.NewGuid()), null, Case, Given.Now));
        Assert.Empty(PlaceChild.Decide(Handed, Lasting, Lasting.Id, Case, Given.Now));
        Assert.Throws<RejectedException>(() => PlaceChild.Decide(Handed with { Digest = "other" }, Lasting, Lasting.Id, Case, Given.Now));
        Assert.Throws<RejectedException>(() => PlaceChild.Decide(Handed, new(Guid.NewGuid()), Lasting.Id, Case, Given.Now));
        Assert.Throws<RejectedException>(() => PlaceChild.Decide(Handed, new(Guid.NewGuid()), null, Case.After(new ReportLinked(Case.Case, Guid.NewGuid(), Urgency.High)), Given.Now));
        foreach (var at in new[] { Given.Now.AddMinutes(1), Given.Found.AddMinutes(-1) })
            Assert.Throws<RejectedException>(() => PlaceChild.Decide(Handed with { At = at }, new(Guid.NewGuid()), null, Case, Given.Now));
    }

    [Fact]
    public void Without_a_known_child_the_case_is_what_is_placed_once()
    {
        Assert.Equal(Given.Child, Placement.SubjectOf(Facts));
        Assert.Equal(Case.Id, Placement.SubjectOf(Facts with { ChildId = null }));
    }

    [Fact]
    public void A_placement_is_reviewed_while_it_lasts_and_forward_in_time()
    {
        var review = new PlacementReviewed(Given.Now, Given.Text, Given.Officer, Facts);
        var reviewed = Lasting.After(Assert.Single(ReviewPlacement.Decide(review, Lasting, Given.Now)));

        Assert.Equal(Given.Now, reviewed.LastAt);
        Assert.Empty(ReviewPlacement.Decide(review, reviewed, Given.Now));
        Assert.Throws<RejectedException>(() => ReviewPlacement.Decide(review with { At = Given.Now.AddHours(-2) }, Lasting, Given.Now));
        Assert.Throws<RejectedException>(() => ReviewPlacement.Decide(review with { At = Given.Now.AddMinutes(1) }, Lasting, Given.Now));
        Assert.Throws<RejectedException>(() => ReviewPlacement.Decide(review, Lasting.After(Returned), Given.Now));
    }

    [Fact]
    public void It_ends_once_in_one_way()
    {
        var ended = Lasting.After(Assert.Single(EndPlacement.Decide(Returned, Lasting, Given.Now)));

        Assert.Equal((PlacementState.Returned, "评估1号"), (ended.Facts!.State, ended.Ended!.DocumentNo));
        Assert.Empty(EndPlacement.Decide(Returned with { By = "another" }, ended, Given.Now));
        Assert.Throws<RejectedException>(() => EndPlacement.Decide(Returned with { After = Facts with { State = PlacementState.Court } }, ended, Given.Now));
        Assert.Throws<RejectedException>(() => EndPlacement.Decide(Returned with { At = Given.Now.AddHours(-2) }, Lasting, Given.Now));
        Assert.Throws<RejectedException>(() => EndPlacement.Decide(Returned with { At = Given.Now.AddMinutes(1) }, Lasting, Given.Now));
    }
}
