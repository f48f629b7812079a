using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.Responses;

/// <summary>
/// Hands the rapid search for a missing child (儿童失踪快速查找机制) to another division. The first hand-over comes from the county of the case, each
/// further one from whoever accepted the last.
/// </summary>
public sealed record HandOverSearch(Guid Hop, DivisionId County, DivisionId To, DateTimeOffset At, string By)
{
    public static IEnumerable<object> Decide(HandOverSearch command, Response response, Report report, DateTimeOffset now)
    {
        if (response.Search.Find(h => h.To == command.To && h.At == command.At) is not null)
            return [];
        if (!report.Situations.Contains(Situation.Missing))
            throw new RejectedException("No child is missing in this case.");
        if (response.ClosedAt is not null)
            throw new RejectedException("The response is closed.");
        if (response.DispatchedAt is not { } dispatched)
            throw new RejectedException("Nobody was sent out yet.");
        if (response.Search.Find(h => h.AcceptedAt is null) is not null)
            throw new RejectedException("The last hand-over was not accepted yet.");
        var (from, since) = response.Search.LastOrDefault() is { } last ? (last.To, last.AcceptedAt!.Value) : (command.County, dispatched);
        if (command.To == from)
            throw new RejectedException("The search is there already.");
        if (command.At > now || command.At < since)
            throw new RejectedException("The time lies in the future or before the search came here.");
        return [new SearchHandedOver(command.Hop, from, command.To, command.At, command.By)];
    }
}

/// <summary>The receiving division took the search over.</summary>
public static class AcceptSearch
{
    public static IEnumerable<object> Decide(Hop hop, Notice notice, DateTimeOffset now)
    {
        if (hop.AcceptedAt is { } at)
            return at == notice.At ? [] : throw new RejectedException("It was accepted at another time.");
        if (notice.At > now || notice.At < hop.At)
            throw new RejectedException("The time lies in the future or before the hand-over.");
        return [new SearchAccepted(hop.Id, notice.At, notice.By)];
    }
}
