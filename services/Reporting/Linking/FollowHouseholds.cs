using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using Npgsql;

namespace LeftBehind.Reporting.Linking;

/// <summary>
/// Keeps which household (户) each child is in, by ids alone: a report on a sibling joins the household's open case, and cases that were open before the
/// household was known become one. A child that moves to another household takes its case along; by a move alone nothing is joined.
/// </summary>
public sealed class FollowHouseholds(JoinCasesOfHouseholds join) : IPageHandler
{
    public string Source => "registry";

    public bool Wants(string type) => type == "child_recorded";

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var last = new Dictionary<Guid, (Guid Household, int Epoch, long Version)>();
        var causes = new Dictionary<Guid, Guid>();
        foreach (var fact in facts)
            if (JsonSerializer.Deserialize<ChildRecorded>(fact.Json, EventTypes.Json) is { HouseholdId: { } household, ChildId: var child }
                && (!last.TryGetValue(child, out var before) || (fact.Epoch, fact.Version).CompareTo((before.Epoch, before.Version)) > 0))
                (last[child], causes[child]) = ((household, fact.Epoch, fact.Version), fact.Id);
        var known = await Households.OfAsync(work, last.Keys, ct);
        Households.Write(work, last);
        var became = last.Where(told => !known.ContainsKey(told.Key)).GroupBy(told => told.Value.Household).ToDictionary(h => h.Key, h => causes[h.First().Key]);
        if (became.Count > 0)
            await join.JoinAsync(work, became, ct);
    }
}

/// <summary>A row for each child on file. What an older version of the file told, or a log that ended, changes nothing.</summary>
internal static class Households
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.child_household (child uuid primary key, household uuid not null, epoch int not null, version bigint not null);
        create index if not exists child_household_household on {schema}.child_household (household);
        """;

    public static void Write(StoreWork work, IReadOnlyDictionary<Guid, (Guid Household, int Epoch, long Version)> told)
    {
        var rows = told.OrderBy(t => t.Key).ToArray();
        if (rows.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.child_household as h (child, household, epoch, version) select * from unnest($1, $2, $3, $4)
                on conflict (child) do update set household = excluded.household, epoch = excluded.epoch, version = excluded.version
                    where (h.epoch, h.version) < (excluded.epoch, excluded.version)
                """, Array.ConvertAll(rows, r => r.Key), Array.ConvertAll(rows, r => r.Value.Household), Array.ConvertAll(rows, r => r.Value.Epoch), Array.ConvertAll(rows, r => r.Value.Version));
    }

    /// <summary>The households of children, of those that are known to be in one.</summary>
    public static async Task<Dictionary<Guid, Guid>> OfAsync(StoreWork work, IEnumerable<Guid> children, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select child, household from {work.Schema}.child_household where child = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = children.Distinct().ToArray() });
        var households = new Dictionary<Guid, Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            households[reader.GetGuid(0)] = reader.GetGuid(1);
        return households;
    }
}
