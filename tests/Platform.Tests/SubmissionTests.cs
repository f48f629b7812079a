using CsCheck;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Platform.Quarters;

namespace LeftBehind.Platform.Tests;

/// <summary>逐级报送: how a town's submission of a quarter goes up and comes down.</summary>
public sealed class SubmissionTests
{
    private static readonly DivisionId Town = DivisionId.Parse("431003101@2023");
    private static readonly SubmissionAct[] Up = [SubmissionAct.Submit, SubmissionAct.Approve, SubmissionAct.CityAccept, SubmissionAct.ProvinceAccept, SubmissionAct.Lock];

    public static TheoryData<SubmissionAct, SubmissionState, DivisionLevel> Forbidden { get; } =
    [
        .. from act in Enum.GetValues<SubmissionAct>()
           from state in Enum.GetValues<SubmissionState>()
           from level in Enum.GetValues<DivisionLevel>()
           where !Submission.Transitions.Any(t => t.Act == act && t.From == state && t.By == level)
           select new TheoryDataRow<SubmissionAct, SubmissionState, DivisionLevel>(act, state, level),
    ];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void What_the_table_does_not_allow_is_not_done(SubmissionAct act, SubmissionState state, DivisionLevel level) => Assert.Null(At(state).Decide(act, level));

    [Fact]
    public void What_the_table_allows_leads_where_it_says() => Assert.All(Submission.Transitions, t => Assert.Equal(t.To, At(t.From).Decide(t.Act, t.By)));

    [Fact]
    public void A_locked_quarter_comes_down_step_by_step_from_the_top_until_the_town_may_submit_again()
    {
        var (at, way) = (At(SubmissionState.Locked), new List<(SubmissionState, DivisionLevel)>());
        while (Submission.Transitions.SingleOrDefault(t => t.Act is SubmissionAct.Reopen && t.From == at.State) is { } down)
        {
            way.Add((down.To, down.By));
            at = Done(at, SubmissionAct.Reopen, down.To);
        }
        Assert.Equal([
            (SubmissionState.ProvinceAccepted, DivisionLevel.Province), (SubmissionState.CityAccepted, DivisionLevel.Province), (SubmissionState.CountyApproved, DivisionLevel.City),
            (SubmissionState.Returned, DivisionLevel.County)], way);
        Assert.Equal(SubmissionState.Resubmitted, at.Decide(SubmissionAct.Submit, DivisionLevel.Town));
    }

    [Fact]
    public void It_counts_as_submitted_on_the_first_day_whatever_is_returned_later()
    {
        var at = Submission.New(Guid.NewGuid());
        foreach (var (act, state, day) in new[] { (SubmissionAct.Submit, SubmissionState.Submitted, 3), (SubmissionAct.Return, SubmissionState.Returned, 5), (SubmissionAct.Submit, SubmissionState.Resubmitted, 9) })
            at = at.After(new SubmissionChanged(Guid.NewGuid(), 20261, Town, act, state, Town, new(2026, 4, day)));
        Assert.Equal((SubmissionState.Resubmitted, new DateOnly(2026, 4, 3)), (at.State, at.SubmittedOn));
    }

    [Fact]
    public void No_sequence_of_acts_skips_a_level() => Gen.Select(Gen.Enum<SubmissionAct>(), Gen.Enum<DivisionLevel>()).List[0, 40].Sample(acts =>
    {
        var (at, height) = (Submission.New(Guid.NewGuid()), 0);
        foreach (var (act, level) in acts)
            if (at.Decide(act, level) is { } to)
            {
                at = Done(at, act, to);
                height = Height(to) is var now && now <= height + 1 ? now : throw new InvalidOperationException($"{act} by {level} came from {height} to {now}");
            }

        static int Height(SubmissionState state) => state switch
        {
            SubmissionState.Open or SubmissionState.Returned => 0,
            SubmissionState.Submitted or SubmissionState.Resubmitted => 1,
            _ => (int)state - (int)SubmissionState.CountyApproved + 2,
        };
    });

    [Fact]
    public void A_request_is_taken_once_and_is_refused_for_another_act()
    {
        var request = Guid.NewGuid();
        var at = Submission.New(Guid.NewGuid()).After(new SubmissionChanged(request, 20261, Town, SubmissionAct.Submit, SubmissionState.Submitted, Town, new(2026, 4, 3)));
        Assert.True(at.IsTaken(request, SubmissionAct.Submit));
        Assert.False(at.IsTaken(Guid.NewGuid(), SubmissionAct.Submit));
        Assert.Throws<RejectedException>(() => at.IsTaken(request, SubmissionAct.Lock));
    }

    [Theory]
    [InlineData("2026Q1", "2026-01-01", "2026-03-31", "2025Q4", "2026Q2")]
    [InlineData("2026Q4", "2026-10-01", "2026-12-31", "2026Q3", "2027Q1")]
    [InlineData("2024Q1", "2024-01-01", "2024-03-31", "2023Q4", "2024Q2")]
    public void A_quarter_has_its_days_and_its_neighbours(string text, string first, string last, string before, string next)
    {
        var quarter = Quarter.Read(text);
        Assert.Equal((first, last, before, next), ($"{quarter.First:yyyy-MM-dd}", $"{quarter.Last:yyyy-MM-dd}", $"{quarter.Before}", $"{quarter.Next}"));
        Assert.Equal(quarter, Quarter.Of(quarter.First));
        Assert.Equal(quarter, Quarter.Of(quarter.Last));
        Assert.Equal(quarter, Quarter.Stored(quarter.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("2026Q5")]
    [InlineData("2026q1")]
    [InlineData("0000Q1")]
    [InlineData("2026Q1; drop schema platform")]
    public void What_is_no_quarter_is_refused(string text) => Assert.Throws<Grpc.Core.RpcException>(() => Quarter.Read(text));

    private static Submission At(SubmissionState state)
    {
        var at = Submission.New(Guid.NewGuid());
        if (state is SubmissionState.Returned or SubmissionState.Resubmitted)
            at = Done(Done(at, SubmissionAct.Submit, SubmissionState.Submitted), SubmissionAct.Return, SubmissionState.Returned);
        if (state is SubmissionState.Resubmitted)
            at = Done(at, SubmissionAct.Submit, SubmissionState.Resubmitted);
        foreach (var act in Up)
            if (at.State != state && state is not (SubmissionState.Returned or SubmissionState.Open))
                at = Done(at, act, Submission.Transitions.First(t => t.Act == act && t.From == at.State).To);
        return at;
    }

    private static Submission Done(Submission at, SubmissionAct act, SubmissionState to) =>
        at.After(new SubmissionChanged(Guid.NewGuid(), 20261, Town, act, to, Town, new(2026, 4, 3)));
}
