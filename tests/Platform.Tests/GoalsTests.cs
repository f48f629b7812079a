using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Tests;

/// <summary>学业有教、监护有人、生活有助、健康有保、安全有护: whether a left-behind child has what the policy promises each.</summary>
public sealed class GoalsTests
{
    private static readonly ChildFacts Child = Sample.LeftBehind(new(2016, 5, 1)) with { Carer = CarerKind.Grandparents };
    private static readonly CareFacts Cared = new(Entrustment.Entrusted, true, true, ParentContact.UpToDate, Unattended: false);
    private static readonly VisitFacts Visits = new(Cadence.Quarterly, KeyListReasons.None, Sample.Today.AddDays(-9), false, true, true);

    [Fact]
    public void Of_a_child_of_whom_little_is_known_each_goal_that_hangs_on_it_is_open() => Assert.Equal(
        ["educated.notCollected", "guarded.met", "supported.met", "healthy.notCollected", "safe.notCollected"], Goals(Sample.Of(Child)));

    [Fact]
    public void A_child_in_nobodys_difficulty_is_counted_in_no_goal() =>
        Assert.Empty(Goals(Sample.Of(Child with { Category = ChildCategory.None, Reason = null })));

    [Theory]
    [InlineData(Schooling.Primary, "met")]
    [InlineData(Schooling.NotInKindergarten, "met")]
    [InlineData(Schooling.DroppedOut, "failed")]
    [InlineData(Schooling.NotInSchool, "failed")]
    [InlineData(Schooling.NotCollected, "notCollected")]
    public void A_child_is_educated_in_school_or_where_none_is_compulsory(Schooling schooling, string bucket) =>
        Assert.Contains($"educated.{bucket}", Goals(Sample.Of(Child, new(Sample.Id, Guid.NewGuid(), schooling, null))));

    [Fact]
    public void A_child_is_guarded_by_whoever_may_care_and_not_where_nobody_does_or_the_rule_finds_it_alone()
    {
        Assert.Contains("guarded.met", Goals(Sample.Of(Child).InCare(Cared)));
        Assert.Contains("guarded.met", Goals(Sample.Of(Child with { Carer = CarerKind.NotCollected }).InCare(Cared)));
        Assert.Contains("guarded.notCollected", Goals(Sample.Of(Child with { Carer = CarerKind.NotCollected })));
        foreach (var alone in (SubjectFacts[])
            [
                Sample.Of(Child with { Carer = CarerKind.None }), Sample.Of(Child with { Guardian = GuardianKind.Missing }).InCare(Cared),
                Sample.Of(Child).InCare(Cared with { Unattended = true }), Sample.Of(Child).InCare(Cared with { Entrusted = Entrustment.Unfit }),
            ])
            Assert.Contains("guarded.failed", Goals(alone));
    }

    [Theory]
    [InlineData(null, "notCollected")]
    [InlineData(AidKinds.None, "failed")]
    [InlineData(AidKinds.Temporary, "met")]
    public void A_child_in_difficulty_is_supported_by_any_aid(AidKinds? aid, string bucket) =>
        Assert.Contains($"supported.{bucket}", Goals(Sample.Of(Child with { Category = ChildCategory.LeftBehindInDifficulty, Aid = aid })));

    [Theory]
    [InlineData(Illness.Serious, null, "notCollected")]
    [InlineData(Illness.Serious, AidKinds.MinimumLiving, "failed")]
    [InlineData(Illness.Serious, AidKinds.MinimumLiving | AidKinds.Medical, "met")]
    [InlineData(Illness.Ill, AidKinds.None, "met")]
    [InlineData(Illness.None, null, "met")]
    public void A_gravely_ill_child_is_helped_with_what_that_costs(Illness illness, AidKinds? aid, string bucket) =>
        Assert.Contains($"healthy.{bucket}", Goals(Sample.Of(Child with { Illness = illness, Aid = aid })));

    [Fact]
    public void A_child_is_safe_that_is_visited_in_time_hears_from_its_parents_and_lives_beside_no_hazard()
    {
        var safe = Sample.Visited(Sample.Of(Child), Visits);
        Assert.Contains("safe.met", Goals(safe));
        Assert.Contains("safe.notCollected", Goals(Sample.Visited(Sample.Of(Child), Visits with { LastVisitOn = null })));
        Assert.Contains("safe.failed", Goals(Sample.Visited(Sample.Of(Child), Visits with { Overdue = true })));
        Assert.Contains("safe.failed", Goals(Sample.Visited(Sample.Of(Child).InCare(Cared with { Contact = ParentContact.Missed }), Visits)));
        Assert.Contains("safe.failed", Goals(safe.Screened(new(ScreeningState.NotScreened, ScreeningState.HazardFound, ScreeningState.Safe))));
    }

    private static string[] Goals(SubjectFacts subject) => [.. Sample.Names(subject).Where(m => m.StartsWith("leftBehind.", StringComparison.Ordinal)
        && m.Split('.')[1] is "educated" or "guarded" or "supported" or "healthy" or "safe").Select(m => m["leftBehind.".Length..])];
}
