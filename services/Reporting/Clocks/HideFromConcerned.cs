using LeftBehind.Access;
using LeftBehind.Contracts.Obligations;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Reporting.Hotline;
using LeftBehind.Reporting.Placements;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;

namespace LeftBehind.Reporting.Clocks;

/// <summary>That a duty exists tells that a report or an appeal does: it is in no list of those whom that concerns, or who may not see it.</summary>
public sealed class HideFromConcerned(EventStore store) : IHidesObligations
{
    /// <summary>The League owes what is owed of appeals, and reads no report.</summary>
    public static bool MayOwe(Caller caller) => caller.Department is Department.YouthLeague;

    public async Task<IReadOnlySet<Guid>> HiddenAsync(Caller caller, IReadOnlyCollection<ObligationSubject> subjects, CancellationToken ct)
    {
        var reportOf = Of(subjects, Report.StreamType).ToDictionary(id => id, id => id);
        foreach (var (id, response) in await store.ReadAsync<Response>(Of(subjects, Response.StreamType), ct))
            reportOf[id] = response.Report;
        foreach (var (id, placement) in await store.ReadAsync<Placement>(Of(subjects, Placement.StreamType), ct))
            reportOf[id] = placement.Facts!.ReportId;
        var reports = await store.ReadAsync<Report>(reportOf.Values.Distinct(), ct);
        var appeals = await store.ReadAsync<Appeal>(Of(subjects, Appeal.StreamType), ct);
        return new HashSet<Guid>([
            .. reportOf.Where(r => !caller.Reads(FieldGroup.ReportResponse) || reports[r.Value].IsConcerned(caller)).Select(r => r.Key),
            .. appeals.Values.Where(a => !a.Shows(caller)).Select(a => a.Id),
        ]);
    }

    private static List<Guid> Of(IEnumerable<ObligationSubject> subjects, string kind) => [.. subjects.Where(s => s.Kind == kind).Select(s => s.Id).Distinct()];
}
