using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Hazards.Campaigns;

namespace LeftBehind.Registry.Hazards.Screenings;

/// <summary>A child was screened in a campaign. Pure.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="On">The day.</param>
/// <param name="Found">Whether any hazard was found.</param>
/// <param name="Counts">Whether the campaign is the one that counts where the child lives.</param>
public sealed record ScreenChild(Campaign Campaign, DateOnly On, bool Found, bool Counts)
{
    /// <summary>None for a child that was screened before, unless hazards are found now.</summary>
    public static IEnumerable<ISafetyEvent> Decide(ScreenChild command, Child child, ChildSafety safety)
    {
        if (child.Facts.State is not FileState.Open)
            throw new RejectedException($"the file is closed: {child.Facts.State}");
        var known = safety.Screenings.GetValueOrDefault(command.Campaign.Id);
        if (known is ScreeningState.HazardFound && !command.Found)
            throw new RejectedException("a hazard was found in this campaign; it ends by being rectified");
        if (known is ScreeningState.HazardFound || (known is ScreeningState.Safe && !command.Found))
            return [];
        var (campaign, kind, facts) = (command.Campaign.Id, command.Campaign.Opened!.Kind, safety.Facts);
        if (command.Found)
        {
            var found = new ScreenedWithHazard(child.Id, campaign, kind, command.On, command.Counts, facts);
            return [found with { After = safety.After(found).Facts }];
        }
        var safe = new ScreenedSafe(child.Id, campaign, kind, command.On, command.Counts, facts);
        return [safe with { After = safety.After(safe).Facts }];
    }

    /// <summary>A campaign takes screenings of the days of its period, told until it is closed.</summary>
    public static void RequireInPeriod(Campaign campaign, DateOnly on, DateOnly today)
    {
        if (!campaign.IsOpen)
            throw new RejectedException("The campaign is closed.");
        if (on > today)
            throw new RejectedException("screened_on: a day to come");
        if (on < campaign.Opened!.From || on > campaign.Opened.Until)
            throw new RejectedException("screened_on: outside of the campaign's period");
    }
}
