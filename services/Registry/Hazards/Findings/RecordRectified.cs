using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;

namespace LeftBehind.Registry.Hazards.Findings;

/// <summary>A hazard was rectified on a day: late after its due date, whenever that is told. Pure.</summary>
public static class RecordRectified
{
    /// <summary>Whether the same was recorded before.</summary>
    public static bool Repeats(Hazard hazard, DateOnly on) => hazard.Facts?.RectifiedOn == on;

    public static IEnumerable<IHazardEvent> Decide(Hazard hazard, DateOnly on, DateOnly today)
    {
        if (Repeats(hazard, on))
            return [];
        if (!hazard.IsOpen)
            throw new RejectedException("The hazard was rectified on another day.");
        if (on > today)
            throw new RejectedException("rectified_on: a day to come");
        if (on < hazard.Facts!.FoundOn)
            throw new RejectedException("rectified_on: before the hazard was found");
        var late = hazard.Facts.DueOn < on;
        var rectified = new Rectified(hazard.Facts with { State = late ? HazardState.RectifiedLate : HazardState.Rectified, RectifiedOn = on });
        // Late is overdue first, whether the sweep has come by or not.
        return late ? [.. OverdueHazards.Decide(hazard, on), rectified] : [rectified];
    }
}
