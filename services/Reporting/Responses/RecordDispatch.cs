using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.Responses;

/// <summary>The police were sent out (policy: 第一时间出警调查).</summary>
public static class RecordDispatch
{
    public static IEnumerable<object> Decide(Notice notice, Response response, Report report, DateTimeOffset now)
    {
        if (response.DispatchedAt is { } at)
            return at == notice.At ? [] : throw new RejectedException("They were sent out at another time.");
        if (response.ClosedAt is not null)
            throw new RejectedException("The response is closed.");
        Timing.Require(notice.At, report, now);
        if (notice.At < response.PoliceNotifiedAt)
            throw new RejectedException("They cannot have been sent out before the police were told.");
        return [new PoliceDispatched(notice.At, notice.By)];
    }
}

/// <summary>They arrived.</summary>
public static class RecordOnScene
{
    public static IEnumerable<object> Decide(Notice notice, Response response, Report report, DateTimeOffset now)
    {
        if (response.OnSceneAt is { } at)
            return at == notice.At ? [] : throw new RejectedException("They arrived at another time.");
        if (response.DispatchedAt is not { } dispatched)
            throw new RejectedException("Nobody was sent out yet.");
        Timing.Require(notice.At, report, now);
        if (notice.At < dispatched)
            throw new RejectedException("They cannot have arrived before they were sent out.");
        return [new PoliceOnScene(notice.At, notice.By)];
    }
}
