using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.Placements;

/// <summary>Places the child of a case. The event comes ready made, with what is sealed of it.</summary>
public static class PlaceChild
{
    /// <param name="placed">What was recorded.</param>
    /// <param name="placement">The placement's stream.</param>
    /// <param name="lasting">Another placement of the same child that lasts.</param>
    /// <param name="report">The report that opened the case.</param>
    /// <param name="now">The time now.</param>
    /// <param name="sibling">The report joined a case of its household that is another child's.</param>
    public static IEnumerable<IPlacementEvent> Decide(ChildPlaced placed, Placement placement, Guid? lasting, Report report, DateTimeOffset now, bool sibling = false)
    {
        if (placement.Placed is { } known)
            return known.Digest == placed.Digest ? [] : throw new RejectedException("The request_id was used for another placement.");
        if (lasting is not null)
            throw new RejectedException("The child is placed already; that placement ends first.");
        if (report.LinkedTo is not null && !sibling)
            throw new RejectedException("The report joined a case; the child is placed in that one.");
        if (placed.At > now || placed.At < report.DiscoveredAt)
            throw new RejectedException("The time lies in the future or before the discovery.");
        return [placed];
    }
}

/// <summary>Records a review of a placement that lasts.</summary>
public static class ReviewPlacement
{
    public static IEnumerable<IPlacementEvent> Decide(PlacementReviewed reviewed, Placement placement, DateTimeOffset now)
    {
        if (placement.Reviews.Any(r => r.At == reviewed.At))
            return [];
        if (placement.Ended is not null)
            throw new RejectedException("The placement ended.");
        if (reviewed.At > now || reviewed.At < placement.LastAt)
            throw new RejectedException("The time lies in the future or before what was recorded last.");
        return [reviewed];
    }
}

/// <summary>Ends a placement; how is told with it, or it does not end.</summary>
public static class EndPlacement
{
    public static IEnumerable<IPlacementEvent> Decide(PlacementEnded ended, Placement placement, DateTimeOffset now)
    {
        if (placement.Ended is { } before)
            return before with { By = ended.By } == ended ? [] : throw new RejectedException("The placement ended otherwise.");
        if (ended.At > now || ended.At < placement.LastAt)
            throw new RejectedException("The time lies in the future or before what was recorded last.");
        return [ended];
    }
}
