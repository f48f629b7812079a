using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.Responses;

/// <summary>Records how a measure was settled. The event comes ready made: taken, or not needed with its sealed reason.</summary>
public static class TakeMeasure
{
    public static IEnumerable<object> Decide(MeasureTaken taken, Response response, Report report, DateTimeOffset now)
    {
        if (response.Measures.TryGetValue(taken.Measure, out var settled) && settled.Taken)
            return settled.At == taken.At && settled.Organ == taken.Organ && settled.DocumentNo == taken.DocumentNo
                ? []
                : throw new RejectedException("The measure was taken already, otherwise than told now.");
        RequireOpen(taken.Measure, response, report);
        Timing.Require(taken.At, report, now);
        if (taken.At < response.DispatchedAt)
            throw new RejectedException("The time lies before the police were sent out.");
        return [taken];
    }

    public static IEnumerable<object> Decide(MeasureNotNeeded notNeeded, Response response, Report report)
    {
        if (response.Measures.TryGetValue(notNeeded.Measure, out var settled))
            return settled.Taken ? throw new RejectedException("The measure was taken.") : [];
        if (ResponseMatrix.MustBeTaken(notNeeded.Measure))
            throw new RejectedException("The filing decision is recorded either way; it is never \"not needed\".");
        RequireOpen(notNeeded.Measure, response, report);
        return [notNeeded];
    }

    /// <summary>A measure follows the dispatch (出警). After closing, only what stayed open as an obligation is recorded.</summary>
    private static void RequireOpen(Measure measure, Response response, Report report)
    {
        if (response.DispatchedAt is null && response.ClosedAt is null)
            throw new RejectedException("Nobody was sent out yet; a measure follows the dispatch.");
        if (response.ClosedAt is not null && !CloseResponse.OpenObligations(response, report).Any(r => r.AnyOf.Contains(measure)))
            throw new RejectedException("The response is closed, and the measure did not stay open.");
    }
}
