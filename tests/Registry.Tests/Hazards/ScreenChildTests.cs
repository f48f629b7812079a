using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Hazards.Campaigns;
using LeftBehind.Registry.Hazards.Screenings;

namespace LeftBehind.Registry.Tests.Hazards;

/// <summary>A child is screened once in a campaign: safe, or with hazards, which no further screening takes back.</summary>
public sealed class ScreenChildTests
{
    private static readonly DateOnly Today = Samples.Today;
    private static readonly Child File = Samples.File(new(2016, 5, 1));
    private static readonly Campaign Winter = Open(CampaignKind.WinterHoliday), NextWinter = Open(CampaignKind.WinterHoliday);
    private static readonly ChildSafety Unseen = ChildSafety.New(ChildSafety.IdOf(File.Id));

    [Fact]
    public void A_safe_child_is_screened_and_the_same_again_is_no_news()
    {
        var safe = Screened(Unseen, found: false);
        Assert.Equal(new(ScreeningState.Safe, ScreeningState.NotScreened, ScreeningState.NotScreened), safe.Facts);
        Assert.Empty(Decide(safe, found: false));
    }

    [Fact]
    public void Hazards_are_found_also_of_a_child_that_was_safe_and_not_the_other_way_round()
    {
        var found = Screened(Screened(Unseen, found: false), found: true);
        Assert.Equal(ScreeningState.HazardFound, found.Facts.WinterHoliday);
        Assert.Empty(Decide(found, found: true));
        Assert.Throws<RejectedException>(() => Decide(found, found: false));
    }

    [Fact]
    public void Each_event_tells_the_state_after_it()
    {
        Assert.All(Decide(Unseen, found: true), e => Assert.Equal(ScreeningState.HazardFound, e.After.WinterHoliday));
        Assert.All(Decide(Unseen, found: true, counts: false), e => Assert.Equal(ScreeningState.NotScreened, e.After.WinterHoliday));
    }

    [Theory]
    [InlineData(FileState.Deceased)]
    [InlineData(FileState.MovedAway)]
    [InlineData(FileState.MergedInto)]
    public void A_closed_file_is_not_screened(FileState state)
    {
        var closed = File.After(new ChildFileClosed(DetermineCategory.Closed(File.Facts, state)));
        Assert.Throws<RejectedException>(() => ScreenChild.Decide(new(Winter, Today, Found: false, Counts: true), closed, Unseen));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(20, true)]
    [InlineData(-1, false)]
    [InlineData(21, false)]
    public void A_campaign_takes_the_days_of_its_period(int day, bool taken)
    {
        void Require() => ScreenChild.RequireInPeriod(Winter, Winter.Opened!.From.AddDays(day), Today.AddDays(100));
        if (taken)
            Require();
        else
            Assert.Throws<RejectedException>(Require);
    }

    [Fact]
    public void A_day_to_come_is_not_taken_and_after_the_close_none_is()
    {
        ScreenChild.RequireInPeriod(Winter, Today, Today);
        Assert.Throws<RejectedException>(() => ScreenChild.RequireInPeriod(Winter, Today.AddDays(1), Today));
        var closed = CloseCampaign.Decide(Winter, Today).Aggregate(Winter, (c, e) => c.After(e));
        Assert.Throws<RejectedException>(() => ScreenChild.RequireInPeriod(closed, Today, Today));
    }

    [Fact]
    public void With_a_new_campaign_nobody_is_screened_and_with_the_former_one_everybody_is_again()
    {
        var safe = Screened(Unseen, found: false);
        var anew = Follow(safe, NextWinter.Id);
        Assert.Equal(ScreeningState.NotScreened, anew.Facts.WinterHoliday);
        Assert.Empty(ChildSafety.Follow(File.Id, anew, _ => NextWinter.Id));
        Assert.Equal(ScreeningState.Safe, Follow(anew, Winter.Id).Facts.WinterHoliday);
        Assert.Equal(ScreeningState.NotScreened, Follow(safe, null).Facts.WinterHoliday);
    }

    [Fact]
    public void A_screening_of_a_former_campaign_told_late_does_not_count()
    {
        var now = ScreenChild.Decide(new(NextWinter, Today, Found: true, Counts: true), File, Unseen).Aggregate(Unseen, (s, e) => s.After(e));
        var late = Decide(now, found: false, counts: false).Aggregate(now, (s, e) => s.After(e));
        Assert.Equal(ScreeningState.HazardFound, late.Facts.WinterHoliday);
        Assert.Equal(ScreeningState.Safe, late.Screenings[Winter.Id]);
    }

    [Fact]
    public void An_accident_is_recorded_once_and_of_a_closed_file_only_a_fatal_one()
    {
        var (id, told) = (Guid.NewGuid(), new InjuryFacts(HazardKind.Drowning, Today, InjurySeverity.Fatal));
        var injured = RecordInjuries.Decide(id, told, File, Unseen, Today).Aggregate(Unseen, (s, e) => s.After(e));
        Assert.Equal(told, injured.Injuries[id]);
        Assert.Equal(Unseen.Facts, injured.Facts);
        Assert.Empty(RecordInjuries.Decide(id, told, File, injured, Today));
        Assert.Throws<RejectedException>(() => RecordInjuries.Decide(id, told with { Kind = HazardKind.Fall }, File, injured, Today));
        Assert.Throws<RejectedException>(() => RecordInjuries.Decide(id, told with { On = Today.AddDays(1) }, File, Unseen, Today));
        var dead = File.After(new ChildFileClosed(DetermineCategory.Closed(File.Facts, FileState.Deceased)));
        Assert.Single(RecordInjuries.Decide(id, told, dead, Unseen, Today));
        Assert.Throws<RejectedException>(() => RecordInjuries.Decide(id, told with { Severity = InjurySeverity.Serious }, dead, Unseen, Today));
        var away = File.After(new ChildFileClosed(DetermineCategory.Closed(File.Facts, FileState.MovedAway)));
        Assert.Throws<RejectedException>(() => RecordInjuries.Decide(id, told, away, Unseen, Today));
    }

    private static IEnumerable<ISafetyEvent> Decide(ChildSafety safety, bool found, bool counts = true) =>
        ScreenChild.Decide(new(Winter, Today, found, counts), File, safety);

    private static ChildSafety Screened(ChildSafety safety, bool found) => Decide(safety, found).Aggregate(safety, (s, e) => s.After(e));

    private static ChildSafety Follow(ChildSafety safety, Guid? campaign) =>
        ChildSafety.Follow(File.Id, safety, _ => campaign).Aggregate(safety, (s, e) => s.After(e));

    private static Campaign Open(CampaignKind kind) =>
        Campaign.New(Guid.NewGuid()).After(new CampaignOpened(kind, Samples.Matian, Today.AddDays(-10), Today.AddDays(10)));
}
