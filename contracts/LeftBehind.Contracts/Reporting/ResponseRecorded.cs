namespace LeftBehind.Contracts.Reporting;

/// <summary>Where an emergency response (应急处置) stands after something about it was recorded. Subject: the response. Measures stay in the house.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="After">All that is told of it, after the change.</param>
[StoredName("response_recorded")]
public sealed record ResponseRecorded(Guid ResponseId, ResponseFacts After);

/// <summary>All that is told of a response.</summary>
/// <param name="ReportId">The report that opened the case.</param>
/// <param name="Division">Village of the place, or the town.</param>
/// <param name="State">Where it stands.</param>
/// <param name="PoliceNotifiedAt">When the police learned of it; UTC.</param>
/// <param name="DispatchedAt">When they were sent out; UTC, null until then.</param>
/// <param name="Shielded">As of its report.</param>
public sealed record ResponseFacts(
    Guid ReportId, DivisionId Division, ResponseState State, DateTimeOffset PoliceNotifiedAt, DateTimeOffset? DispatchedAt, bool Shielded);

/// <summary>Where a response stands.</summary>
public enum ResponseState
{
    /// <summary>The police were told, and are to be sent out at once (第一时间出警).</summary>
    DispatchRequested,

    /// <summary>They were sent out, or are there.</summary>
    OnScene,

    /// <summary>A measure was settled.</summary>
    MeasuresTaken,

    /// <summary>Town and county civil affairs were informed, who take over.</summary>
    HandedOver,

    /// <summary>Closed with everything required.</summary>
    Closed,
}
