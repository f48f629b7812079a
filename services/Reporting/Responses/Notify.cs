using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.Responses;

/// <summary>Something that happened in a response at a time, recorded by an account.</summary>
public sealed record Notice(DateTimeOffset At, string By);

/// <summary>The police inform the town and county civil affairs (policy: 及时向镇人民政府、区民政局通报应急处置情况).</summary>
public static class Notify
{
    public static IEnumerable<object> Town(Notice notice, Response response, Report report, DateTimeOffset now) =>
        Given(response.TownNotifiedAt, notice, report, now) ? [] : [new TownNotified(report.Case, notice.At, notice.By)];

    /// <summary>Of each sibling whose report joined the case too: its own assessment opens on it. Pure.</summary>
    public static IEnumerable<object> Siblings(Notice notice, Report report, IEnumerable<Report> joined) =>
        from sibling in joined
        where sibling.Case.Child is { } child && child != report.Case.Child
        group sibling by sibling.Case.Child into of
        select new TownNotified(report.Case with { Child = of.Key, Division = of.First().Case.Division }, notice.At, notice.By);

    public static IEnumerable<object> CountyCivilAffairs(Notice notice, Response response, Report report, DateTimeOffset now) =>
        Given(response.CountyNotifiedAt, notice, report, now) ? [] : [new CountyCivilAffairsNotified(notice.At, notice.By)];

    private static bool Given(DateTimeOffset? before, Notice notice, Report report, DateTimeOffset now)
    {
        if (before is { } at)
            return at == notice.At ? true : throw new RejectedException("The notice was given at another time.");
        Timing.Require(notice.At, report, now);
        return false;
    }
}

/// <summary>The parents cannot be reached, which replaces the measures asked of them.</summary>
public static class FindParentsUnreachable
{
    public static IEnumerable<object> Decide(Notice notice, Response response, Report report, DateTimeOffset now)
    {
        if (response.ParentsUnreachable)
            return [];
        if (response.ClosedAt is not null)
            throw new RejectedException("The response is closed.");
        if (!ResponseMatrix.AsksParents(report.Situations))
            throw new RejectedException("Nothing is asked of the parents in this situation.");
        Timing.Require(notice.At, report, now);
        return [new ParentsFoundUnreachable(notice.At, notice.By)];
    }
}

internal static class Timing
{
    /// <summary>What is recorded of a response happened after the discovery and not in the future.</summary>
    public static void Require(DateTimeOffset at, Report report, DateTimeOffset now)
    {
        if (at > now)
            throw new RejectedException("The time lies in the future.");
        if (at < report.DiscoveredAt)
            throw new RejectedException("The time lies before the discovery.");
    }
}
