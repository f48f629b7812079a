using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;

namespace LeftBehind.Registry.Hazards.Screenings;

/// <summary>An event of a child's screenings and accidents. Each carries the facts that leave the house, after the change.</summary>
public interface ISafetyEvent
{
    /// <summary>The child's file.</summary>
    Guid Child { get; }

    /// <summary>The group of facts that screenings own.</summary>
    ScreeningFacts After { get; }
}

/// <summary>Screened, nothing found. It counts when no later campaign of the kind was opened where the child lives.</summary>
[StoredName("screened_safe")]
public sealed record ScreenedSafe(Guid Child, Guid Campaign, CampaignKind Kind, DateOnly On, bool Counts, ScreeningFacts After) : ISafetyEvent;

/// <summary>Screened, and hazards found, which have streams of their own.</summary>
[StoredName("screened_with_hazard")]
public sealed record ScreenedWithHazard(Guid Child, Guid Campaign, CampaignKind Kind, DateOnly On, bool Counts, ScreeningFacts After) : ISafetyEvent;

/// <summary>Another campaign counts for the child, since it moved or a new one was opened; null where none was ever opened.</summary>
[StoredName("counting_campaign_changed")]
public sealed record CountingCampaignChanged(Guid Child, CampaignKind Kind, Guid? Campaign, ScreeningFacts After) : ISafetyEvent;

/// <summary>An accident happened to the child.</summary>
[StoredName("injury_occurred")]
public sealed record InjuryOccurred(Guid Child, Guid Injury, InjuryFacts Of, ScreeningFacts After) : ISafetyEvent;

/// <summary>The screenings and accidents of one child.</summary>
public sealed record ChildSafety(Guid Id) : IFolded<ChildSafety>
{
    private static readonly ScreeningFacts Nothing = new(ScreeningState.NotScreened, ScreeningState.NotScreened, ScreeningState.NotScreened);

    public static string StreamType => "safety";

    public static ChildSafety New(Guid id) => new(id);

    public static Guid IdOf(Guid child) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{child:N}")).AsSpan(0, 16));

    /// <summary>What each campaign found, whether it counts or not.</summary>
    public ImmutableDictionary<Guid, ScreeningState> Screenings { get; init; } = ImmutableDictionary<Guid, ScreeningState>.Empty;

    /// <summary>The campaign that counts, of each kind that the child was ever screened in.</summary>
    public ImmutableDictionary<CampaignKind, Guid?> Counting { get; init; } = ImmutableDictionary<CampaignKind, Guid?>.Empty;

    public ImmutableDictionary<Guid, InjuryFacts> Injuries { get; init; } = ImmutableDictionary<Guid, InjuryFacts>.Empty;

    public ScreeningFacts Facts => new(In(CampaignKind.WinterHoliday), In(CampaignKind.SummerHoliday), In(CampaignKind.AfterSchool));

    public ChildSafety After(object @event) => @event switch
    {
        ScreenedSafe e => Screened(e.Campaign, e.Kind, ScreeningState.Safe, e.Counts),
        ScreenedWithHazard e => Screened(e.Campaign, e.Kind, ScreeningState.HazardFound, e.Counts),
        CountingCampaignChanged e => this with { Counting = Counting.SetItem(e.Kind, e.Campaign) },
        InjuryOccurred e => this with { Injuries = Injuries.SetItem(e.Injury, e.Of) },
        _ => this,
    };

    /// <summary>What follows when other campaigns count where the child lives now.</summary>
    public static IEnumerable<ISafetyEvent> Follow(Guid child, ChildSafety safety, Func<CampaignKind, Guid?> counting)
    {
        foreach (var kind in safety.Counting.Keys.Order())
        {
            if (counting(kind) is var now && now == safety.Counting[kind])
                continue;
            var changed = new CountingCampaignChanged(child, kind, now, Nothing);
            safety = safety.After(changed);
            yield return changed with { After = safety.Facts };
        }
    }

    private ScreeningState In(CampaignKind kind) =>
        Counting.GetValueOrDefault(kind) is { } campaign ? Screenings.GetValueOrDefault(campaign) : ScreeningState.NotScreened;

    private ChildSafety Screened(Guid campaign, CampaignKind kind, ScreeningState state, bool counts) => this with
    {
        Screenings = Screenings.SetItem(campaign, state),
        Counting = counts || !Counting.ContainsKey(kind) ? Counting.SetItem(kind, counts ? campaign : null) : Counting,
    };
}
