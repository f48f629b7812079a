using LeftBehind.EventLog;

namespace LeftBehind.Intake;

/// <summary>How far rows of one thing have come in their source's order, for rules that compare rows of two things.</summary>
public static class SourceOrder
{
    /// <summary>The sequence of the row taken last, applied or unchanged, of each order key that has one.</summary>
    public static Task<Dictionary<Guid, long>> LatestAsync(StoreWork work, IEnumerable<Guid> orderKeys, CancellationToken ct) =>
        InboxTable.OrderAsync(work, [.. orderKeys.Distinct()], ct);
}
