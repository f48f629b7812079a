using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Hazards.Campaigns;

namespace LeftBehind.Registry.Tests.Hazards;

/// <summary>Opened by a county for a division and a period; one of a kind at a time in one place.</summary>
public sealed class CampaignTests
{
    private static readonly OpenCampaign Summer = new(CampaignKind.SummerHoliday, Samples.Matian, Samples.Today, Samples.Today.AddDays(60));

    [Fact]
    public void A_campaign_is_opened_once_and_closed_once()
    {
        var open = Opened(Summer);
        Assert.True(open.IsOpen);
        Assert.Empty(OpenCampaign.Decide(Summer, open, meetsAnother: false, Samples.Today));
        var closed = CloseCampaign.Decide(open, Samples.Today.AddDays(10)).Aggregate(open, (c, e) => c.After(e));
        Assert.Equal((false, 2L), (closed.IsOpen, closed.Version));
        Assert.Empty(CloseCampaign.Decide(closed, Samples.Today.AddDays(11)));
    }

    [Fact]
    public void A_closed_campaign_is_not_opened_again()
    {
        var closed = CloseCampaign.Decide(Opened(Summer), Samples.Today).Aggregate(Opened(Summer), (c, e) => c.After(e));
        Assert.Throws<RejectedException>(() => OpenCampaign.Decide(Summer, closed, meetsAnother: false, Samples.Today));
    }

    [Fact]
    public void A_second_one_of_its_kind_is_not_opened_where_one_is_open() =>
        Assert.Throws<RejectedException>(() => OpenCampaign.Decide(Summer, Campaign.New(Guid.NewGuid()), meetsAnother: true, Samples.Today));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_period_may_end_today_and_not_before(int daysAfter, bool opened)
    {
        var command = Summer with { From = Samples.Today.AddDays(-5), Until = Samples.Today };
        IEnumerable<object> Open() => OpenCampaign.Decide(command, Campaign.New(Guid.NewGuid()), meetsAnother: false, Samples.Today.AddDays(daysAfter));
        if (opened)
            Assert.Single(Open());
        else
            Assert.Throws<RejectedException>(Open);
    }

    [Fact]
    public void Kind_division_and_period_make_a_campaign()
    {
        Guid[] ids =
        [
            IdOf(Summer), IdOf(Summer with { Kind = CampaignKind.AfterSchool }), IdOf(Summer with { Division = Samples.NextVillage }),
            IdOf(Summer with { From = Samples.Today.AddDays(1) }), IdOf(Summer with { Until = Samples.Today.AddDays(1) }),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(IdOf(Summer), IdOf(Summer with { }));

        static Guid IdOf(OpenCampaign c) => Campaign.IdOf(c.Kind, c.Division, c.From, c.Until);
    }

    [Fact]
    public void Who_lies_within_or_above_takes_part_and_who_lies_beside_does_not()
    {
        var campaign = Opened(Summer);
        Assert.True(campaign.Meets(Samples.Tree, Samples.Matian));
        Assert.True(campaign.Meets(Samples.Tree, Samples.Tree.Parent(Samples.Matian)!.Value));
        Assert.False(campaign.Meets(Samples.Tree, Samples.NextVillage));
        Assert.False(Campaign.New(Guid.NewGuid()).Meets(Samples.Tree, Samples.Matian));
    }

    [Fact]
    public void The_campaign_opened_last_for_the_village_or_above_counts_open_or_closed()
    {
        var county = Samples.Tree.Path(Samples.Matian)[2];
        CampaignRow earlier = Row(county, 1, open: false), later = Row(Samples.Matian, 2, open: false), other = Row(Samples.NextVillage, 3, open: true);
        var counting = new CountingCampaigns(Samples.Tree, [earlier, later, other]);
        Assert.Equal(later.Id, counting.Of(CampaignKind.SummerHoliday, Samples.Matian));
        Assert.Equal(other.Id, counting.Of(CampaignKind.SummerHoliday, Samples.NextVillage));
        Assert.Equal(earlier.Id, new CountingCampaigns(Samples.Tree, [earlier, other]).Of(CampaignKind.SummerHoliday, Samples.Matian));
        Assert.Null(counting.Of(CampaignKind.WinterHoliday, Samples.Matian));
    }

    private static CampaignRow Row(Contracts.DivisionId division, int hour, bool open) =>
        new(Guid.NewGuid(), CampaignKind.SummerHoliday, division, Samples.Today, Samples.Today, open, DateTimeOffset.UnixEpoch.AddHours(hour), 1);

    private static Campaign Opened(OpenCampaign command) => OpenCampaign.Decide(command, Campaign.New(Guid.NewGuid()), meetsAnother: false, Samples.Today)
        .Aggregate(Campaign.New(Guid.NewGuid()), (c, e) => c.After(e));
}
