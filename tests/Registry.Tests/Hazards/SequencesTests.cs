using CsCheck;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Hazards.Campaigns;
using LeftBehind.Registry.Hazards.Findings;
using LeftBehind.Registry.Hazards.Screenings;

namespace LeftBehind.Registry.Tests.Hazards;

/// <summary>Whatever is commanded in whatever order: nothing but rejections is thrown, and what must hold holds.</summary>
public sealed class SequencesTests
{
    private static readonly DateOnly Today = Samples.Today;

    private static readonly Gen<(int Command, int Day, int Other)[]> Commands = Gen.Select(Gen.Int[0, 3], Gen.Int[-3, 15], Gen.Int[0, 3]).Array[0, 30];

    [Fact]
    public void A_hazard_ends_once_and_is_overdue_at_most_once_and_never_before_its_due_date() => Commands.Sample(commands =>
    {
        var (hazard, overdue, ended, day) = (NewHazard(), 0, 0, 0);
        foreach (var (command, step, other) in commands)
        {
            day += Math.Max(0, step) / 3;
            var (before, today) = (hazard, Today.AddDays(day));
            var events = Taken(() => command switch
            {
                0 => OrderRectification.Decide(new(new(Samples.Matian, (OwnerDepartment)other, Today.AddDays(step)), Today.AddDays(step)), hazard, today),
                1 => RecordRectified.Decide(hazard, Today.AddDays(step), today),
                _ => OverdueHazards.Decide(hazard, today),
            });
            foreach (var e in events)
            {
                hazard = hazard.After(e);
                Assert.True(e is not HazardOverdue || e.After.DueOn < today);
            }
            overdue += events.Count(e => e is HazardOverdue);
            ended += events.Count(e => e is Rectified);
            Assert.True(before.IsOpen || events.Count == 0);
            Assert.True(hazard.Facts is not { State: HazardState.RectifiedLate } || overdue == 1);
            Assert.Equal(hazard.IsOpen, hazard.Facts!.RectifiedOn is null);
            Assert.Equal(before.Version + events.Count, hazard.Version);
        }
        Assert.InRange(overdue, 0, 1);
        Assert.InRange(ended, 0, 1);
    });

    [Fact]
    public void A_child_is_told_as_the_campaign_that_counts_found_it_and_a_hazard_is_never_taken_back() => Commands.Sample(commands =>
    {
        var file = Samples.File(new(2016, 5, 1));
        var campaigns = Enumerable.Range(0, 4).Select(i => Campaign.New(Guid.NewGuid()).After(
            new CampaignOpened(i < 2 ? CampaignKind.SummerHoliday : CampaignKind.AfterSchool, Samples.Matian, Today.AddDays(-9), Today.AddDays(9)))).ToArray();
        var (safety, counting, told) = (ChildSafety.New(ChildSafety.IdOf(file.Id)), 0, ChildSafety.New(Guid.Empty).Facts);
        foreach (var (command, step, other) in commands)
        {
            var campaign = campaigns[other];
            counting = command == 3 ? step & 1 : counting;
            var events = Taken(() => command switch
            {
                0 or 1 => ScreenChild.Decide(new(campaign, Today, Found: command == 1, Counts: other % 2 == counting), file, safety),
                2 => RecordInjuries.Decide(campaign.Id, new((HazardKind)(other + 1), Today.AddDays(step), InjurySeverity.Minor), file, safety, Today),
                _ => ChildSafety.Follow(file.Id, safety, kind => campaigns[(kind is CampaignKind.SummerHoliday ? 0 : 2) + counting].Id),
            });
            var before = safety;
            foreach (var e in events)
                (safety, told) = (safety.After(e), e.After);
            Assert.Equal(safety.Facts, told);
            Assert.All(before.Screenings.Where(s => s.Value is ScreeningState.HazardFound), s => Assert.Equal(ScreeningState.HazardFound, safety.Screenings[s.Key]));
            Assert.Equal(ScreeningState.NotScreened, safety.Facts.WinterHoliday);
        }
    });

    private static List<T> Taken<T>(Func<IEnumerable<T>> decide)
    {
        try
        {
            return [.. decide()];
        }
        catch (RejectedException)
        {
            return [];
        }
    }

    private static Hazard NewHazard() => Hazard.New(Guid.NewGuid()).After(new HazardFound(HazardPlace.Home, null,
        new(Guid.NewGuid(), null, Samples.Matian, HazardKind.Fall, HazardState.Found, Today)));
}
