using LeftBehind.Calls;
using LeftBehind.Reporting.Reports;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Responses;

internal static class ResponseAnswer
{
    /// <summary>A response as it is answered. Reasons stay closed unless somebody opens them.</summary>
    public static V1.Response Of(Response response, Report report, Func<Sealing.Sealed, string>? open = null) => new()
    {
        ResponseId = response.Id.ToString(), ReportId = report.Id.ToString(), ParentsUnreachable = response.ParentsUnreachable,
        TownNotifiedAt = Requests.Written(response.TownNotifiedAt), CountyCivilAffairsNotifiedAt = Requests.Written(response.CountyNotifiedAt),
        ClosedAt = Requests.Written(response.ClosedAt),
        Measures =
        {
            from m in response.Measures
            select new V1.RecordedMeasure
            {
                Measure = Enum.Parse<V1.Measure>(m.Key.ToString()), Taken = m.Value.Taken, At = Requests.Written(m.Value.At),
                Organ = m.Value.Organ ?? "", DocumentNo = m.Value.DocumentNo ?? "", Reason = m.Value.Reason is { } reason && open is not null ? open(reason) : "",
            },
        },
        Missing = { response.ClosedAt is null ? CloseResponse.Missing(response, report) : [] },
        OpenObligations = { response.ClosedAt is null ? [] : CloseResponse.OpenObligations(response, report).Select(r => r.Words) },
    };
}
