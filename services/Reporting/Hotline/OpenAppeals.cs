using LeftBehind.Calls;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Reporting.Hotline;

/// <summary>One row for each appeal that is open, written with its events: the work list, by where it lies and by who holds it; and whose child it is about.</summary>
internal static class OpenAppeals
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.open_appeal (appeal uuid primary key, division bigint not null, holder bigint not null, place bigint not null);
        create index if not exists open_appeal_division on {schema}.open_appeal (division, place);
        create index if not exists open_appeal_holder on {schema}.open_appeal (holder, place);
        create table if not exists {schema}.appeal_of_child (child uuid not null, appeal uuid not null, primary key (child, appeal));
        """;

    /// <summary>More milliseconds than any call's time.</summary>
    private const long AfterAnyTime = 1_000_000_000_000_000;

    /// <summary>Immediate danger first, then as they came, to the millisecond.</summary>
    private static long PlaceOf(Appeal appeal) => (appeal.Received!.Danger ? 0 : AfterAnyTime) + appeal.Received.At.ToUnixTimeMilliseconds();

    public static void Write(StoreWork work, Appeal appeal)
    {
        if (appeal.IsOpen)
            work.Beside($"""
                insert into {work.Schema}.open_appeal (appeal, division, holder, place) values ($1, $2, $3, $4)
                on conflict (appeal) do update set division = excluded.division, holder = excluded.holder
                """, appeal.Id, appeal.Division.Value, appeal.Holder.Value, PlaceOf(appeal));
        else
            work.Beside($"delete from {work.Schema}.open_appeal where appeal = $1", appeal.Id);
        if (appeal.Child is { } child)
            work.Beside($"insert into {work.Schema}.appeal_of_child (child, appeal) values ($1, $2) on conflict do nothing", child, appeal.Id);
    }

    /// <summary>A page of the open appeals that lie in divisions or are held there.</summary>
    public static async Task<List<RowPlace>> PageAsync(EventStore store, long[] divisions, RowPlace after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select place, appeal from {store.Schema}.open_appeal where (division = any($1) or holder = any($1)) and (place, appeal) > ($2, $3) order by place, appeal limit $4
            """);
        foreach (var value in (object[])[divisions, after.Key, after.Id, size])
            command.Parameters.Add(new() { Value = value });
        var page = new List<RowPlace>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(new(reader.GetInt64(0), reader.GetGuid(1)));
        return page;
    }

    /// <summary>All of them at once, for a list that is watched.</summary>
    public static Task<List<Guid>> AtAsync(StoreWork work, long[] divisions, CancellationToken ct) =>
        IdsAsync(work, "select appeal from {0}.open_appeal where division = any($1) or holder = any($1)", divisions, ct);

    public static Task<List<Guid>> OfChildrenAsync(StoreWork work, Guid[] children, CancellationToken ct) =>
        IdsAsync(work, "select distinct appeal from {0}.appeal_of_child where child = any($1)", children, ct);

    private static async Task<List<Guid>> IdsAsync(StoreWork work, string sql, object value, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql.Replace("{0}", work.Schema, StringComparison.Ordinal), work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = value });
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return ids;
    }
}
