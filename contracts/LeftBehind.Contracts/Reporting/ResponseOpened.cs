namespace LeftBehind.Contracts.Reporting;

/// <summary>A report was referred to the police, who respond (应急处置). Subject as in <see cref="HarmReported"/>.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ReportId">The report that opened the case.</param>
/// <param name="ChildId">The child's file, when known.</param>
/// <param name="Division">Village of the place, or the town.</param>
/// <param name="Urgency">Of the case at that time.</param>
/// <param name="PoliceNotifiedAt">When the police learned of it; UTC.</param>
[StoredName("response_opened")]
public sealed record ResponseOpened(Guid ResponseId, Guid ReportId, Guid? ChildId, DivisionId Division, Urgency Urgency, DateTimeOffset PoliceNotifiedAt);

/// <summary>The police informed the town (policy: 公安机关要将相关情况及时通报相关镇（街道）); Assessment opens on it.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ReportId">The report that opened the case.</param>
/// <param name="ChildId">The child's file, when known.</param>
/// <param name="Division">Village of the place, or the town.</param>
/// <param name="Urgency">Of the case at that time.</param>
/// <param name="NotifiedAt">When the town learned of it; UTC. The assessment's time runs from here.</param>
[StoredName("town_notified")]
public sealed record TownNotified(Guid ResponseId, Guid ReportId, Guid? ChildId, DivisionId Division, Urgency Urgency, DateTimeOffset NotifiedAt);

/// <summary>A response was closed: both notices were given and every required measure was settled.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ReportId">The report that opened the case, concluded with it.</param>
/// <param name="ChildId">The child's file, when known.</param>
/// <param name="Division">Village of the place, or the town.</param>
/// <param name="OpenObligations">What is still to be done where the parents could not be reached; empty otherwise.</param>
[StoredName("response_closed")]
public sealed record ResponseClosed(Guid ResponseId, Guid ReportId, Guid? ChildId, DivisionId Division, IReadOnlyList<ResponseObligation> OpenObligations);

/// <summary>What stays to be done at once (立即) after a closed response; the policy names no due time.</summary>
public enum ResponseObligation
{
    /// <summary>Parents return, or a carer is named.</summary>
    ParentsReturnOrCarerNamed,

    /// <summary>Parents are reprimanded (训诫).</summary>
    ParentsReprimanded,
}
