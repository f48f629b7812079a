using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.Responses;

/// <summary>Closes a response: only with both notices and every required measure (policy: 应急处置机制; notice to town and county civil affairs).</summary>
public sealed record CloseResponse(string By)
{
    public static IEnumerable<object> Decide(CloseResponse command, Response response, Report report, DateTimeOffset now)
    {
        if (response.ClosedAt is not null)
            return [];
        var missing = Missing(response, report).ToList();
        if (missing.Count > 0)
            throw new RejectedException($"The response cannot close; missing: {string.Join("; ", missing)}.");
        var open = OpenObligations(response, report).Select(r => r.StaysOpenAs!.Value).Distinct().ToList();
        return [new ResponseClosed(report.Case, now, open, command.By)];
    }

    /// <summary>What still keeps a response from closing, in the officer's words.</summary>
    public static IEnumerable<string> Missing(Response response, Report report)
    {
        if (response.TownNotifiedAt is null)
            yield return "the town notified";
        if (response.CountyNotifiedAt is null)
            yield return "county civil affairs notified";
        foreach (var requirement in ResponseMatrix.Required(report.Situations, response.ParentsUnreachable).Where(r => !r.IsMet(response.Measures)))
            yield return requirement.Words;
    }

    /// <summary>What stays to be done at once when the parents could not be reached.</summary>
    public static IEnumerable<Requirement> OpenObligations(Response response, Report report) =>
        ResponseMatrix.StaysOpen(report.Situations, response.ParentsUnreachable).Where(r => !r.IsMet(response.Measures));
}
