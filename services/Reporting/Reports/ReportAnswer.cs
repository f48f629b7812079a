using LeftBehind.Calls;
using LeftBehind.Divisions;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Reports;

/// <summary>A report as it is answered: never who reported, and no sealed text; <see cref="GetReport"/> opens those.</summary>
public sealed class ReportAnswer(DivisionTree tree)
{
    /// <summary>What whoever reported keeps.</summary>
    public static V1.Report Receipt(Report report) => new()
    {
        ReportId = report.Id.ToString(), ReceivedAt = Requests.Written(report.ReceivedAt), ReceiptOnly = true,
        // That the child has an open case is not the reporter's to know.
        Standing = report.LinkedTo is null ? StandingOf(report) : V1.Standing.Received,
    };

    public V1.Report InFull(Report report) => new()
    {
        ReportId = report.Id.ToString(), ReceivedAt = Requests.Written(report.ReceivedAt), Standing = StandingOf(report), Version = report.Version,
        ReporterKind = Enum.Parse<V1.ReporterKind>(report.Reporter.ToString()), Anonymous = report.Anonymous,
        ReporterDuty = Enum.Parse<V1.ReporterDuty>(Reporters.DutyOf(report.Reporter).ToString()),
        Situations = { report.Situations.Select(s => Enum.Parse<V1.Situation>(s.ToString())) },
        Category = report.Category is { } category ? Enum.Parse<V1.ReportedCategory>(category.ToString()) : V1.ReportedCategory.Unspecified,
        Urgency = Enum.Parse<V1.Urgency>(report.Case.Urgency.ToString()),
        DivisionCode = tree.Code(report.Case.Division).ToString(), ChildId = report.Case.Child?.ToString() ?? "",
        DiscoveredAt = Requests.Written(report.DiscoveredAt), PoliceNotifiedAt = Requests.Written(report.PoliceNotifiedAt),
        CaseId = report.LinkedTo?.ToString() ?? "", JoinedReportIds = { report.Joined.Select(j => j.ToString()) },
        Failures =
        {
            from failure in report.Failures
            select new V1.FailureToReport
            {
                Organisation = failure.Organisation, Kind = Enum.Parse<V1.ReporterKind>(failure.Kind.ToString()), KnewAt = Requests.Written(failure.KnewAt),
                Accountability =
                {
                    from a in report.Accountability
                    where a.Organisation == failure.Organisation
                    select new V1.Accountability
                    {
                        Measure = Enum.Parse<V1.AccountabilityMeasure>(a.Measure.ToString()), Organ = a.Organ, DocumentNo = a.DocumentNo, At = Requests.Written(a.At),
                    },
                },
            },
        },
        Updates = { report.Updates.Select(u => new V1.ReportUpdate { AppealId = u.Appeal.ToString(), At = Requests.Written(u.At) }) },
        Commendations =
        {
            from c in report.Commendations
            select new V1.Commendation { Form = Enum.Parse<V1.CommendationForm>(c.Form.ToString()), Organ = c.Organ, DocumentNo = c.DocumentNo ?? "", At = Requests.Written(c.At) },
        },
    };

    private static V1.Standing StandingOf(Report report) => Enum.Parse<V1.Standing>(report.State.ToString());
}
