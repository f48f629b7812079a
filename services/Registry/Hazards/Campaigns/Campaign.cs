using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;

namespace LeftBehind.Registry.Hazards.Campaigns;

/// <summary>A county calls a division to screen its children in a key period (重点时段排查).</summary>
[StoredName("campaign_opened")]
public sealed record CampaignOpened(CampaignKind Kind, DivisionId Division, DateOnly From, DateOnly Until);

/// <summary>Nothing more is screened in it; what it found stays open.</summary>
[StoredName("campaign_closed")]
public sealed record CampaignClosed(DateOnly On);

/// <summary>A campaign of hazard screening.</summary>
public sealed record Campaign(Guid Id) : IFolded<Campaign>
{
    public static string StreamType => "campaign";

    public static Campaign New(Guid id) => new(id);

    /// <summary>There is one campaign of a kind for a division and a period: whoever opens it again meets it.</summary>
    public static Guid IdOf(CampaignKind kind, DivisionId division, DateOnly from, DateOnly until) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{kind}/{division}/{from:yyyyMMdd}/{until:yyyyMMdd}")).AsSpan(0, 16));

    public CampaignOpened? Opened { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public long Version { get; init; }

    public bool IsOpen => Opened is not null && ClosedOn is null;

    /// <summary>Whether a division takes part, whole or in part.</summary>
    public bool Meets(DivisionTree tree, DivisionId division) =>
        Opened is { Division: var own } && (tree.IsWithin(division, own) || tree.IsWithin(own, division));

    public Campaign After(object @event) => @event switch
    {
        CampaignOpened e => this with { Opened = e, Version = Version + 1 },
        CampaignClosed e => this with { ClosedOn = e.On, Version = Version + 1 },
        _ => this,
    };
}
