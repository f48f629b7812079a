namespace LeftBehind.Contracts.Registry;

/// <summary>
/// Something changed about how a child stands in the hazard screenings (重点时段排查), or an accident happened to it. Subject of the fact: the child.
/// Carries the group of facts that screenings own, after the change.
/// </summary>
/// <param name="ScreeningId">The child's screenings, a stream of their own.</param>
/// <param name="ChildId">The child's file.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="Kind">The key period it is about; null for an accident.</param>
/// <param name="After">How the child stands, after the change.</param>
/// <param name="Injury">The accident, of <see cref="ScreeningChange.InjuryOccurred"/>.</param>
[StoredName("screening_recorded")]
public sealed record ScreeningRecorded(
    Guid ScreeningId, Guid ChildId, ScreeningChange Change, CampaignKind? Kind, ScreeningFacts After, InjuryFacts? Injury = null);

/// <summary>What happened to a child's screenings.</summary>
public enum ScreeningChange
{
    /// <summary>Screened, nothing found.</summary>
    Safe,

    /// <summary>Screened, at least one hazard found.</summary>
    HazardFound,

    /// <summary>Another campaign counts for the child now: a new one was opened, or the child moved.</summary>
    CampaignChanged,

    /// <summary>An accident happened to the child.</summary>
    InjuryOccurred,
}

/// <summary>How a child stands in the campaign of each kind that was opened last where it lives.</summary>
/// <param name="WinterHoliday">寒假.</param>
/// <param name="SummerHoliday">暑假.</param>
/// <param name="AfterSchool">放学后.</param>
public sealed record ScreeningFacts(ScreeningState WinterHoliday, ScreeningState SummerHoliday, ScreeningState AfterSchool);

/// <summary>Whether a child was screened in a campaign.</summary>
public enum ScreeningState { NotScreened, Safe, HazardFound }

/// <summary>The key periods (重点时段) of the policy: 寒暑假、放学后.</summary>
public enum CampaignKind { WinterHoliday = 1, SummerHoliday, AfterSchool }

/// <summary>An accident.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="On">The day; Asia/Shanghai.</param>
/// <param name="Severity">How grave it was.</param>
public sealed record InjuryFacts(HazardKind Kind, DateOnly On, InjurySeverity Severity);

/// <summary>How grave an injury was; the steps are a platform default.</summary>
public enum InjurySeverity
{
    /// <summary>No doctor was needed.</summary>
    Minor = 1,

    /// <summary>Treated by a doctor.</summary>
    Treated,

    /// <summary>Taken into hospital.</summary>
    Serious,

    /// <summary>The child died of it.</summary>
    Fatal,
}
