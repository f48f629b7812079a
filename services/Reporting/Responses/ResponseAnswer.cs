using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.Reporting.Reports;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Responses;

/// <summary>A response as it is answered.</summary>
public sealed class ResponseAnswer(DivisionTree tree)
{
    /// <summary>Sealed reasons and descriptions stay closed unless somebody opens them.</summary>
    public V1.Response Of(Response response, Report report, Func<Sealing.Sealed, string>? open = null) => new()
    {
        ResponseId = response.Id.ToString(), ReportId = report.Id.ToString(), ParentsUnreachable = response.ParentsUnreachable,
        TownNotifiedAt = Requests.Written(response.TownNotifiedAt), CountyCivilAffairsNotifiedAt = Requests.Written(response.CountyNotifiedAt),
        ClosedAt = Requests.Written(response.ClosedAt), State = Enum.Parse<V1.ResponseState>(response.State.ToString()),
        DispatchedAt = Requests.Written(response.DispatchedAt), OnSceneAt = Requests.Written(response.OnSceneAt),
        Measures =
        {
            from m in response.Measures
            select new V1.RecordedMeasure
            {
                Measure = Enum.Parse<V1.Measure>(m.Key.ToString()), Taken = m.Value.Taken, At = Requests.Written(m.Value.At),
                Organ = m.Value.Organ ?? "", DocumentNo = m.Value.DocumentNo ?? "", Reason = m.Value.Reason is { } reason && open is not null ? open(reason) : "",
                Evidence =
                {
                    from e in response.Evidence
                    where e.Measure == m.Key
                    select new V1.Evidence
                    {
                        EvidenceId = e.Evidence.ToString(), Kind = Enum.Parse<V1.EvidenceKind>(e.Kind.ToString()), DocumentNo = e.DocumentNo ?? "",
                        At = Requests.Written(e.At), Description = open is not null ? open(e.Description) : "",
                    },
                },
            },
        },
        Missing = { response.ClosedAt is null ? CloseResponse.Missing(response, report) : [] },
        OpenObligations = { response.ClosedAt is null ? [] : CloseResponse.OpenObligations(response, report).Select(r => r.Words) },
        Search = { response.Search.Select(h => SearchAnswer.Of(h, tree)) },
    };
}

internal static class SearchAnswer
{
    public static V1.SearchHop Of(Hop hop, DivisionTree tree) => new()
    {
        HopId = hop.Id.ToString(), FromDivisionCode = tree.Code(hop.From).ToString(), ToDivisionCode = tree.Code(hop.To).ToString(),
        At = Requests.Written(hop.At), AcceptedAt = Requests.Written(hop.AcceptedAt),
    };
}
