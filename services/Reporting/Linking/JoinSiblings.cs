using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Reports;
using Npgsql;

namespace LeftBehind.Reporting.Linking;

/// <summary>
/// Cases of siblings that were open before anybody told that the children live in one household (户): they become one, as if the later report had come
/// after that. The urgency is the higher of both.
/// </summary>
public static class JoinSiblings
{
    /// <summary>
    /// Which of a household's open cases joins which: all that nobody answers yet and no report joined go to the one that the police answer, or that has
    /// reports, or that came first. What the police answer already, or is a case of several reports, stays a case.
    /// </summary>
    public static IEnumerable<(Report Joins, Report Case)> Pairs(IEnumerable<Report> household)
    {
        var open = household.Where(r => r.IsOpenCase).OrderByDescending(r => r.Response is not null).ThenByDescending(r => r.Joined.Count > 0)
            .ThenBy(r => r.ReceivedAt).ThenBy(r => r.Id).ToList();
        return open.Skip(1).Where(r => r is { Response: null, Joined.Count: 0 }).Select(r => (r, open[0]));
    }

    /// <summary>Events of the report that joins. It stays its own child's.</summary>
    public static IEnumerable<object> Decide(Report report, Report openCase) =>
        [new ReportLinked(report.Case with { Shielded = report.Case.Shielded || openCase.Case.Shielded }, openCase.Id, Triage.Raised(openCase.Case.Urgency, report.Case.Urgency))];
}

/// <summary>Looks for such cases when households become known, and joins them.</summary>
public sealed class JoinCasesOfHouseholds(CaseDuties duties, TimeProvider clock)
{
    /// <param name="work">Holds, unwritten, in which households the children are.</param>
    /// <param name="causes">Households that became known of a child, each with the fact that told it.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task JoinAsync(StoreWork work, IReadOnlyDictionary<Guid, Guid> causes, CancellationToken ct)
    {
        await work.FlushAsync(ct);
        var open = await OpenAsync(work, causes.Keys, ct);
        var reports = await work.LoadAsync<Report>(open.SelectMany(o => o.Cases).Distinct(), ct);
        foreach (var (household, cases) in open)
            foreach (var pair in JoinSiblings.Pairs(cases.Select(c => reports[c])).ToList())
            {
                var now = clock.GetUtcNow();
                var (meta, into) = (new EventMeta(now, WorkCalendar.DayOf(now), Cause: causes[household]), reports[pair.Case.Id]);
                reports[into.Id] = work.Keep(into, [.. LinkReport.Join(pair.Joins, into)], meta);
                reports[pair.Joins.Id] = work.Keep(pair.Joins, [.. JoinSiblings.Decide(pair.Joins, into)], meta);
                OpenReports.Write(work, [reports[into.Id], reports[pair.Joins.Id]]);
                OpenCases.Conclude(work, pair.Joins.Id);
                await duties.LetGoAsync(work, reports[pair.Joins.Id], meta, ct);
            }
    }

    /// <summary>The households among these of which more than one case is open.</summary>
    private static async Task<List<(Guid Household, Guid[] Cases)>> OpenAsync(StoreWork work, IEnumerable<Guid> households, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select h.household, array_agg(distinct c.report) from {work.Schema}.child_household h join {work.Schema}.open_case c on c.child = h.child
            where h.household = any($1) group by h.household having count(distinct c.report) > 1 order by h.household
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = households.ToArray() });
        var found = new List<(Guid, Guid[])>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add((reader.GetGuid(0), reader.GetFieldValue<Guid[]>(1)));
        return found;
    }
}
