using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Registry.Emergencies;

/// <summary>Where grants lie, and each use of one.</summary>
internal static class GrantTable
{
    public const int MostUses = 200;

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.break_glass (id uuid primary key, county bigint not null, declared_at timestamptz not null);
        create index if not exists break_glass_county on {schema}.break_glass (county, declared_at, id);
        create table if not exists {schema}.break_glass_use (grant_id uuid not null, at timestamptz not null, method text not null);
        create index if not exists break_glass_use_grant on {schema}.break_glass_use (grant_id, at);
        """;

    public static void Write(StoreWork work, Guid id, BreakGlassDeclared declared) => work.Beside(
        $"insert into {work.Schema}.break_glass (id, county, declared_at) values ($1, $2, $3) on conflict do nothing", id, declared.County.Value, declared.At);

    public static void Use(StoreWork work, Guid id, DateTimeOffset at, string method) =>
        work.Beside($"insert into {work.Schema}.break_glass_use (grant_id, at, method) values ($1, $2, $3)", id, at, method);

    public static async Task<List<RowPlace>> PageAsync(EventStore store, long[] divisions, RowPlace after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select declared_at, id from {store.Schema}.break_glass where county = any($1) and (declared_at, id) > ($2, $3) order by declared_at, id limit $4
            """);
        foreach (var value in (object[])[divisions, after.At, after.Id, size])
            command.Parameters.Add(new() { Value = value });
        var page = new List<RowPlace>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(RowPlace.Of(reader.GetFieldValue<DateTimeOffset>(0), reader.GetGuid(1)));
        return page;
    }

    /// <summary>The uses of some grants, each one's oldest.</summary>
    public static async Task<ILookup<Guid, (DateTimeOffset At, string Method)>> UsesAsync(EventStore store, Guid[] grants, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select g.id, u.at, u.method from unnest($1::uuid[]) g(id)
            cross join lateral (select at, method from {store.Schema}.break_glass_use where grant_id = g.id order by at limit {MostUses}) u
            """);
        command.Parameters.Add(new() { Value = grants });
        var uses = new List<(Guid Grant, DateTimeOffset At, string Method)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            uses.Add((reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2)));
        return uses.ToLookup(u => u.Grant, u => (u.At, u.Method));
    }
}
