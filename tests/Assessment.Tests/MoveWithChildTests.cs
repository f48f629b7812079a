using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.Children;
using LeftBehind.Assessment.Plans;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using Xunit;
using static LeftBehind.Assessment.Tests.Given;
using static LeftBehind.Assessment.Tests.GivenPlan;

namespace LeftBehind.Assessment.Tests;

/// <summary>What is done for a child lies where the child lives.</summary>
public class MoveWithChildTests
{
    private static readonly DivisionId Next = DivisionId.Parse("431003101219@2023"), There = DivisionId.Parse("431002002200@2023");

    [Fact]
    public void An_assessment_moves_once_and_whatever_follows_is_done_where_the_child_lives()
    {
        var moved = Assert.Single(MoveWithChild.Decide(Visited, There, TownOf));
        Assert.Equal(new AssessmentMoved(Child with { Division = There }, Child.Division, true), moved);
        var there = Visited.After(moved);
        Assert.Empty(MoveWithChild.Decide(there, There, TownOf));
        Assert.Equal((There, AssessmentState.FieldworkDone, 1), (there.Facts.Division, there.State, there.Moves));
        var drafted = Assert.IsType<AssessmentDrafted>(Assert.Single(DraftAssessment.Decide(new(Scored("Low"), Scored("Good"), "assessor", Ask()), there, Now)));
        Assert.Equal(There, drafted.Of.Division);
        var finalised = Given.After(Review(there.After(drafted)), FinaliseAssessment.Decide(Finalise, Review(there.After(drafted)), Now));
        Assert.Equal(There, Assert.Single(DraftPlan.Decide(finalised, new(AssistancePlan.IdOf(finalised.Id)), Now)).Of.Division);
    }

    [Fact]
    public void Within_a_town_the_same_town_owes_it_under_the_same_key()
    {
        var next = Open.After(Assert.Single(MoveWithChild.Decide(Open, Next, TownOf)));
        Assert.Equal((Next, 0), (next.Facts.Division, next.Moves));
        Assert.Equal(AssessmentDuty.Done(Open, new(Now, new(2026, 3, 2))).Key, AssessmentDuty.Done(next, new(Now, new(2026, 3, 2))).Key);
    }

    [Fact]
    public void A_plan_moves_with_its_arranged_services_and_one_that_has_ended_stays_where_it_ended()
    {
        var arranged = GivenPlan.After(Active, ArrangeService.Decide(Arrange(Active), Active, Now));
        var there = arranged.After(Assert.Single(MoveWithChild.Decide(arranged, There, TownOf)));
        Assert.Equal((There, PlanState.Active), (there.Facts.Division, there.State));
        Assert.Equal([1, 0], there.Services.Select(s => s.Moves));
        Assert.Empty(MoveWithChild.Decide(there, There, TownOf));
        var ended = GivenPlan.After(there, TerminatePlan.Decide(new(TerminationReason.FamilyRefused, "by", Ask()), there, Now));
        Assert.Empty(MoveWithChild.Decide(ended, Next, TownOf));
    }

    internal static DivisionId TownOf(DivisionId village) => DivisionId.Parse($"{village.FirstCode.ToString()[..9]}@2023");
}
