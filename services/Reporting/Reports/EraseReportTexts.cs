using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Reports;

/// <summary>
/// When a child's personal data was erased, what the reports about it tell in words goes too: description, and the reasons of their
/// measures. That they were made, and what was done, stays; so does who reported, whose own data that is. Told again, nothing changes.
/// </summary>
public sealed class EraseReportTexts(PersonKeyTable personKeys) : IPageHandler
{
    public string Source => "registry";

    public bool Wants(string type) => type == "personal_data_erased";

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Child: ((PersonalDataErased)Contract.Facts.Read(f.Type, f.Json)).ChildId)).ToList();
        var reports = await work.LoadAsync<Report>(await ReportsOfChild.OfAsync(work, [.. told.Select(t => t.Child).Distinct()], ct), ct);
        var keys = new HashSet<Guid>();
        foreach (var (fact, child) in told)
            foreach (var report in reports.Values.Where(r => r.Case.Child == child).ToList())
                if (Decide(report, fact.OccurredAt).ToList() is { Count: > 0 } events)
                {
                    reports[report.Id] = work.Keep(report, events, new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id));
                    keys.UnionWith([report.TextKey, .. report.Updates.Select(u => u.TextKey)]);
                }
        await personKeys.Destroy(work.Connection, work.Transaction, keys, ct);
    }

    /// <summary>None for a report whose texts were erased before, and for one that was made after: new danger is told anew.</summary>
    public static IEnumerable<ReportTextsErased> Decide(Report report, DateTimeOffset erasedAt) =>
        report.Exists && !report.TextsErased && report.ReceivedAt <= erasedAt ? [new()] : [];
}
