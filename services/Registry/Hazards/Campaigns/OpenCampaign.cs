using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;

namespace LeftBehind.Registry.Hazards.Campaigns;

/// <summary>Opens a campaign. Of one kind only one is open at a time in one place, so that a child is screened in one. Pure.</summary>
public sealed record OpenCampaign(CampaignKind Kind, DivisionId Division, DateOnly From, DateOnly Until)
{
    /// <summary>A term is the longest key period (platform default).</summary>
    public const int LongestDays = 200;

    /// <param name="command">The command.</param>
    /// <param name="campaign">The campaign of this kind, division and period.</param>
    /// <param name="meetsAnother">Whether another open one of the kind meets it in time and place.</param>
    /// <param name="today">The day.</param>
    public static IEnumerable<object> Decide(OpenCampaign command, Campaign campaign, bool meetsAnother, DateOnly today)
    {
        if (campaign.Opened is not null)
            return campaign.IsOpen ? [] : throw new RejectedException("The campaign of this period was closed.");
        if (command.Until < today)
            throw new RejectedException("The period is over.");
        if (meetsAnother)
            throw new RejectedException("Another campaign of this kind is open there in this period.");
        return [new CampaignOpened(command.Kind, command.Division, command.From, command.Until)];
    }
}

/// <summary>Closes a campaign, whatever it left unscreened or unrectified. Pure.</summary>
public static class CloseCampaign
{
    public static IEnumerable<object> Decide(Campaign campaign, DateOnly today) => campaign.IsOpen ? [new CampaignClosed(today)] : [];
}
