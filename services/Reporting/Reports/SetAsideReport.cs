using LeftBehind.EventLog;

namespace LeftBehind.Reporting.Reports;

/// <summary>Sets a report aside by a person's decision, with a reason. The event comes ready made, with its sealed reason.</summary>
public static class SetAsideReport
{
    public static IEnumerable<object> Decide(ReportSetAside setAside, Report report)
    {
        if (report.SetAside is { } before)
            return before.As == setAside.As ? [] : throw new RejectedException("The report was set aside otherwise.");
        if (report.LinkedTo is not null)
            throw new RejectedException("The report joined a case; it stands with that one.");
        if (report.Response is not null)
            throw new RejectedException("The police answer the report; it is concluded with their response.");
        return [setAside];
    }
}
