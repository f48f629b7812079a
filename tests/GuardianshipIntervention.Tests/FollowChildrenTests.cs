using LeftBehind.Contracts;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Children;
using LeftBehind.Residences;
using Xunit;
using CaseMoved = LeftBehind.GuardianshipIntervention.Cases.CaseMoved;
using CaseOpened = LeftBehind.GuardianshipIntervention.Cases.CaseOpened;
using StepRecorded = LeftBehind.GuardianshipIntervention.Cases.StepRecorded;

namespace LeftBehind.GuardianshipIntervention.Tests;

/// <summary>A case lies where its child lives.</summary>
public class FollowChildrenTests
{
    private static readonly DivisionId Here = DivisionId.Parse("431003101218@2023"), There = DivisionId.Parse("431002002200@2023");
    private static readonly CaseSubject Mother = new(Guid.NewGuid(), Here, Respondent.Mother);
    private static readonly InterventionCase Open = new InterventionCase(Guid.NewGuid()).After(new CaseOpened(Mother, Conduct.DutyRefused));

    [Fact]
    public void A_case_follows_its_child_once_and_the_next_step_is_recorded_where_the_child_lives()
    {
        var moved = Assert.Single(FollowChildren.Decide(Open, new(There, FileState.Open, 2)));
        Assert.Equal(new CaseMoved(Mother with { Division = There }, Here), moved);

        var followed = Open.After(moved);
        Assert.Equal(There, followed.Of!.Division);
        Assert.Empty(FollowChildren.Decide(followed, new(There, FileState.Open, 3)));
        var step = new Step(Guid.NewGuid(), Conduct.DutyRefused, InterventionAct.Reprimand, "公安分局", "苏公训5", DateTimeOffset.UnixEpoch);
        var recorded = Assert.IsType<StepRecorded>(Assert.Single(RecordConduct.Decide(new(followed.Of, step, FileState.Open), followed, DateTimeOffset.UtcNow)));
        Assert.Equal(There, recorded.Of.Division);
    }

    [Fact]
    public void A_child_that_stays_moves_no_case_and_no_fact_of_a_child_opens_one()
    {
        Assert.Empty(FollowChildren.Decide(Open, new(Here, FileState.Adult, 9)));
        Assert.Empty(FollowChildren.Decide(new(Guid.NewGuid()), new(There, FileState.Open, 1)));
    }

    [Fact]
    public void A_version_lower_than_known_is_ignored()
    {
        var known = ChildPlace.After(null, Facts(Here, FileState.Open), 4);
        Assert.Same(known, ChildPlace.After(known, Facts(There, FileState.Open), 3));
        Assert.Equal(new ChildPlace(There, FileState.MovedAway, 5), ChildPlace.After(known, Facts(There, FileState.MovedAway), 5));
    }

    [Fact]
    public void A_restored_registry_is_believed_whatever_its_versions_and_its_former_log_no_longer()
    {
        var known = ChildPlace.After(null, Facts(There, FileState.Open), 9);
        var restored = ChildPlace.After(known, Facts(Here, FileState.Open), 2, epoch: 1);
        Assert.Equal(Here, restored.Village);
        Assert.Same(restored, ChildPlace.After(restored, Facts(There, FileState.Open), 10));
    }

    [Fact]
    public void Only_where_children_live_is_heard()
    {
        var follow = new FollowChildren(null!);
        Assert.Equal("registry", follow.Source);
        Assert.True(follow.Wants("child_recorded"));
        Assert.DoesNotContain(Pages.Contract.Facts.All.Keys, name => name != "child_recorded" && follow.Wants(name));
    }

    private static ChildFacts Facts(DivisionId residence, FileState state) =>
        new(state, residence, null, Sex.NotCollected, ChildCategory.None, null, CarerKind.NotCollected, false);
}
