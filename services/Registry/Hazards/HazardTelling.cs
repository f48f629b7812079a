using LeftBehind.Contracts.Registry;
using LeftBehind.Pages;
using LeftBehind.Registry.Hazards.Findings;
using LeftBehind.Registry.Hazards.Screenings;

namespace LeftBehind.Registry.Hazards;

/// <summary>What the relay tells of hazard screening: hazards, and of each child its screenings and accidents. Campaigns and notes stay inside.</summary>
internal static class HazardTelling
{
    public static IEnumerable<RelayedFact> Of(Guid stream, object data)
    {
        if (data is IHazardEvent hazard)
        {
            var told = new HazardRecorded(stream, ChangeOf(hazard), hazard.After);
            yield return new(stream, told);
            if (hazard.After is { ChildId: { } child })
                yield return new(child, told);
        }
        if (data is ISafetyEvent safety)
            yield return new(safety.Child, Told(stream, safety));
    }

    private static HazardChange ChangeOf(IHazardEvent e) => e switch
    {
        HazardFound => HazardChange.Found,
        RectificationOrdered => HazardChange.RectificationOrdered,
        HazardOverdue => HazardChange.Overdue,
        Rectified => HazardChange.Rectified,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };

    private static ScreeningRecorded Told(Guid stream, ISafetyEvent e) => e switch
    {
        ScreenedSafe s => new(stream, s.Child, ScreeningChange.Safe, s.Kind, s.After),
        ScreenedWithHazard s => new(stream, s.Child, ScreeningChange.HazardFound, s.Kind, s.After),
        CountingCampaignChanged s => new(stream, s.Child, ScreeningChange.CampaignChanged, s.Kind, s.After),
        InjuryOccurred s => new(stream, s.Child, ScreeningChange.InjuryOccurred, null, s.After, s.Of),
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };
}
