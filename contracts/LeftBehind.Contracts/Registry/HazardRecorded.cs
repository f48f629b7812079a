namespace LeftBehind.Contracts.Registry;

/// <summary>
/// Something changed about a hazard that a screening found (安全隐患, policy: 建立重点时段排查机制). Subject of the fact: the hazard, and once more
/// the child it was found with, for that one's timeline. Carries the whole state after the change. Notes stay in Registry.
/// </summary>
/// <param name="HazardId">The hazard.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">All that is told of it, after the change.</param>
[StoredName("hazard_recorded")]
public sealed record HazardRecorded(Guid HazardId, HazardChange Change, HazardFacts After);

/// <summary>What happened to a hazard.</summary>
public enum HazardChange { Found, RectificationOrdered, Overdue, Rectified }

/// <summary>All that is told of a hazard.</summary>
/// <param name="CampaignId">The campaign that found it.</param>
/// <param name="ChildId">The child it was found with; null for a hazard of a place.</param>
/// <param name="Division">The village in which it was found; it stays there when the child moves.</param>
/// <param name="Kind">What may happen.</param>
/// <param name="State">Where it stands.</param>
/// <param name="FoundOn">The day it was found; Asia/Shanghai.</param>
/// <param name="DueOn">The last day in time for its rectification; null until one was ordered.</param>
/// <param name="RectifiedOn">The day it was rectified; null until then.</param>
public sealed record HazardFacts(
    Guid CampaignId, Guid? ChildId, DivisionId Division, HazardKind Kind, HazardState State, DateOnly FoundOn, DateOnly? DueOn = null, DateOnly? RectifiedOn = null);

/// <summary>The main accidents that the policy names: 溺水、交通事故、烫伤、坠落、中毒 (建立重点时段排查机制).</summary>
public enum HazardKind { Drowning = 1, Traffic, Scald, Fall, Poisoning }

/// <summary>Where a hazard stands.</summary>
public enum HazardState
{
    /// <summary>Nobody was told to rectify it yet.</summary>
    Found,

    /// <summary>Its rectification was ordered, with a due date.</summary>
    Ordered,

    /// <summary>The due date passed.</summary>
    Overdue,

    /// <summary>Rectified in time, or with no date ordered.</summary>
    Rectified,

    /// <summary>Rectified after its due date.</summary>
    RectifiedLate,
}
