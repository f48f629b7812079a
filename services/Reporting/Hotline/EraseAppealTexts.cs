using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Reporting.Reports;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Hotline;

/// <summary>When a child's personal data was erased, what appeals about it tell in words goes too; who called stays, whose own data that is. Told again, nothing changes.</summary>
public sealed class EraseAppealTexts(PersonKeyTable personKeys) : IPageHandler
{
    public string Source => "registry";

    public bool Wants(string type) => type == "personal_data_erased";

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Child: ((PersonalDataErased)Contract.Facts.Read(f.Type, f.Json)).ChildId)).ToList();
        var appeals = await work.LoadAsync<Appeal>(await OpenAppeals.OfChildrenAsync(work, [.. told.Select(t => t.Child).Distinct()], ct), ct);
        var keys = new HashSet<Guid>();
        foreach (var (fact, child) in told)
            foreach (var appeal in appeals.Values.Where(a => a.Child == child).ToList())
                if (Decide(appeal, fact.OccurredAt).ToList() is { Count: > 0 } events)
                {
                    appeals[appeal.Id] = work.Keep(appeal, events, new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id));
                    keys.Add(appeal.Received!.TextKey);
                }
        await personKeys.Destroy(work.Connection, work.Transaction, keys, ct);
    }

    /// <summary>None for an appeal whose texts were erased before, and for one that came after.</summary>
    public static IEnumerable<AppealTextsErased> Decide(Appeal appeal, DateTimeOffset erasedAt) =>
        appeal.Exists && !appeal.TextsErased && appeal.Received!.RecordedAt <= erasedAt ? [new()] : [];
}
