using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Residences;

/// <summary>
/// The places of all children on file, for a service that is asked about a child by its id or keeps something that lies where the child lives: a row
/// each, written in the transaction of the page that told it.
/// </summary>
public static class ChildPlaces
{
    /// <summary>The fact of Registry that tells them.</summary>
    public const string Told = "child_recorded";

    /// <summary>The table.</summary>
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.child_place (child uuid primary key, village bigint not null, state smallint not null, version bigint not null);
        alter table {schema}.child_place add column if not exists epoch int not null default 0;
        """;

    /// <summary>Where a child lives; null of whom nobody told.</summary>
    public static async Task<ChildPlace?> OfAsync(StoreWork work, Guid child, CancellationToken ct) =>
        (await LoadAsync(work, [child], ct)).GetValueOrDefault(child);

    /// <summary>Takes facts of children's files; those that changed what is known, in their order.</summary>
    public static async Task<List<PlaceTold>> TakeAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Child: JsonSerializer.Deserialize<ChildRecorded>(f.Json, EventTypes.Json)!)).ToList();
        var places = await LoadAsync(work, [.. told.Select(t => t.Child.ChildId).Distinct()], ct);
        var news = new List<PlaceTold>();
        foreach (var (fact, child) in told)
        {
            var known = places.GetValueOrDefault(child.ChildId);
            var place = ChildPlace.After(known, child.After, fact.Version, fact.Epoch);
            if (place == known)
                continue;
            places[child.ChildId] = place;
            news.Add(new(fact, child.ChildId, place));
        }
        Write(work, news.GroupBy(n => n.Child).ToDictionary(n => n.Key, n => n.Last().Place));
        return news;
    }

    private static async Task<Dictionary<Guid, ChildPlace>> LoadAsync(StoreWork work, IReadOnlyCollection<Guid> children, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select child, village, state, version, epoch from {work.Schema}.child_place where child = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = children.ToArray() });
        var places = new Dictionary<Guid, ChildPlace>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            places[reader.GetGuid(0)] = new(new(reader.GetInt64(1)), (FileState)reader.GetInt16(2), reader.GetInt64(3), reader.GetInt32(4));
        return places;
    }

    private static void Write(StoreWork work, Dictionary<Guid, ChildPlace> places)
    {
        if (places.Count == 0)
            return;
        var rows = places.OrderBy(p => p.Key).ToArray();
        work.Beside($"""
            insert into {work.Schema}.child_place (child, village, state, version, epoch) select * from unnest($1, $2, $3, $4, $5)
            on conflict (child) do update set village = excluded.village, state = excluded.state, version = excluded.version, epoch = excluded.epoch
            """, Array.ConvertAll(rows, r => r.Key), Array.ConvertAll(rows, r => r.Value.Village.Value),
            Array.ConvertAll(rows, r => (short)r.Value.State), Array.ConvertAll(rows, r => r.Value.Version),
            Array.ConvertAll(rows, r => r.Value.Epoch));
    }
}
