using LeftBehind.EventLog;
using LeftBehind.Reporting.Hotline;
using LeftBehind.Reporting.Responses;

namespace LeftBehind.Reporting.Reports;

/// <summary>Appends what was decided, and after it where the stream stands: the fact that leaves the house.</summary>
internal static class Keeping
{
    /// <summary>The report after the events; nothing is written where there are none.</summary>
    public static Report Keep(this StoreWork work, Report report, IReadOnlyCollection<object> events, EventMeta meta)
    {
        var after = events.Aggregate(report, (r, e) => r.After(e));
        return events.Count == 0 ? report : Append(work, report.Id, after, events, new ReportStood(after.Facts), meta);
    }

    /// <summary>The response after the events, given its report.</summary>
    public static Response Keep(this StoreWork work, Response response, IReadOnlyCollection<object> events, Report report, EventMeta meta)
    {
        var after = events.Aggregate(response, (r, e) => r.After(e));
        return events.Count == 0 ? response : Append(work, response.Id, after, events, new ResponseStood(after.FactsOf(report)), meta);
    }

    /// <summary>The appeal after the events.</summary>
    public static Appeal Keep(this StoreWork work, Appeal appeal, IReadOnlyCollection<object> events, EventMeta meta)
    {
        var after = events.Aggregate(appeal, (a, e) => a.After(e));
        return events.Count == 0 ? appeal : Append(work, appeal.Id, after, events, new AppealStood(after.Facts), meta);
    }

    private static T Append<T>(StoreWork work, Guid stream, T after, IEnumerable<object> events, object stood, EventMeta meta) where T : class, IFolded<T>
    {
        foreach (var @event in events.Append(stood))
            work.Append(stream, @event, meta);
        return after.After(stood);
    }
}
