using CsCheck;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.EventLog;
using LeftBehind.Platform.Appraisals;

namespace LeftBehind.Platform.Tests;

/// <summary>考核问责: what the level above records of a town or a department.</summary>
public sealed class AppraisalTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly DivisionId Town = DivisionId.Parse("431003101@2023"), County = DivisionId.Parse("431003@2023");

    public static TheoryData<AppraisalAct, AppraisalState> Forbidden { get; } =
    [
        .. from act in Enum.GetValues<AppraisalAct>()
           from state in Enum.GetValues<AppraisalState>()
           where !Appraisal.Transitions.Any(t => t.Act == act && t.From == state)
           select new TheoryDataRow<AppraisalAct, AppraisalState>(act, state),
    ];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void What_the_table_does_not_allow_is_refused(AppraisalAct act, AppraisalState state) =>
        Assert.Throws<RejectedException>(() => At(state).Decide(Do(act, Guid.NewGuid())));

    [Fact]
    public void What_the_table_allows_leads_where_it_says() => Assert.All(Appraisal.Transitions, t =>
        Assert.Equal(t.To, At(t.From).After(At(t.From).Decide(Do(t.Act, Guid.NewGuid()))).State));

    [Fact]
    public void A_rectification_is_overdue_the_day_after_its_last_until_it_is_reported_and_anew_where_it_is_returned()
    {
        var ordered = At(AppraisalState.Ordered);
        Assert.False(ordered.IsOverdue(Day.AddDays(9)));
        Assert.True(ordered.IsOverdue(Day.AddDays(10)));
        Assert.False(ordered.After(new RectificationReported(Guid.NewGuid(), "报1号")).IsOverdue(Day.AddDays(99)));
        var returned = At(AppraisalState.Returned);
        Assert.False(returned.IsOverdue(Day.AddDays(20)));
        Assert.True(returned.IsOverdue(Day.AddDays(21)));
    }

    [Fact]
    public void The_same_request_is_taken_once_and_is_refused_in_other_words()
    {
        var request = Guid.NewGuid();
        var reported = At(AppraisalState.Ordered).After(new RectificationReported(request, "报1号"));
        Assert.True(reported.IsTaken(new RectificationReported(request, "报1号")));
        Assert.False(reported.IsTaken(new RectificationReported(Guid.NewGuid(), "报1号")));
        Assert.Throws<RejectedException>(() => reported.IsTaken(new RectificationReported(request, "报2号")));
    }

    [Fact]
    public void No_sequence_of_acts_leaves_the_table_or_changes_what_was_accepted() => Gen.Enum<AppraisalAct>().List[0, 20].Sample(acts =>
    {
        var appraisal = At(AppraisalState.Ordered);
        foreach (var act in acts)
        {
            var before = appraisal;
            try
            {
                appraisal = before.After(before.Decide(Do(act, Guid.NewGuid())));
                Assert.Contains(Appraisal.Transitions, t => t.Act == act && t.From == before.State && t.To == appraisal.State);
                Assert.NotEqual(AppraisalState.Accepted, before.State);
            }
            catch (RejectedException)
            {
                Assert.DoesNotContain(Appraisal.Transitions, t => t.Act == act && t.From == before.State);
            }
        }
    });

    private static Appraisal At(AppraisalState state)
    {
        var kind = state is AppraisalState.Recorded ? AppraisalKind.Criticism : AppraisalKind.Rectification;
        var appraisal = Appraisal.New(Guid.NewGuid()).After(
            new AppraisalRecorded(Guid.NewGuid(), kind, Town, OwnerDepartment.Education, County, "通报1号", null, Day, kind is AppraisalKind.Rectification ? Day.AddDays(9) : null));
        AppraisalAct[] way = state switch
        {
            AppraisalState.Reported => [AppraisalAct.Report],
            AppraisalState.Accepted => [AppraisalAct.Report, AppraisalAct.Accept],
            AppraisalState.Returned => [AppraisalAct.Report, AppraisalAct.Return],
            _ => [],
        };
        return way.Aggregate(appraisal, (a, act) => a.After(Do(act, Guid.NewGuid())));
    }

    private static IAppraisalEvent Do(AppraisalAct act, Guid request) => act switch
    {
        AppraisalAct.Report => new RectificationReported(request, "报1号"),
        AppraisalAct.Accept => new RectificationAccepted(request),
        _ => new RectificationReturned(request, Day.AddDays(20)),
    };
}
