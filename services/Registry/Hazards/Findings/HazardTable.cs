using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Registry.Hazards.Findings;

/// <summary>One row for each hazard, written with its events: the work list, what is due, and what campaigns found.</summary>
internal static class HazardTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.hazard (
            hazard uuid primary key, campaign uuid not null, village bigint not null, kind smallint not null, state smallint not null, due_on date,
            place date not null) with (fillfactor = 85);
        create index if not exists hazard_open on {schema}.hazard (place, hazard) where state < {(short)HazardState.Rectified};
        create index if not exists hazard_due on {schema}.hazard (due_on, hazard) where state = {(short)HazardState.Ordered};
        create index if not exists hazard_campaign on {schema}.hazard (campaign, village);
        """;

    /// <summary>The rows after a change. A hazard stands by its due date in the list, without one by the day it was found.</summary>
    public static void Write(StoreWork work, IEnumerable<Hazard> changed)
    {
        var rows = changed.OrderBy(h => h.Id).ToArray();
        if (rows.Length == 0)
            return;
        work.Beside($"""
            insert into {work.Schema}.hazard (hazard, campaign, village, kind, state, due_on, place) select * from unnest($1, $2, $3, $4, $5, $6, $7)
            on conflict (hazard) do update set state = excluded.state, due_on = excluded.due_on, place = excluded.place
            """, Array.ConvertAll(rows, h => h.Id), Array.ConvertAll(rows, h => h.Facts!.CampaignId), Array.ConvertAll(rows, h => h.Facts!.Division.Value),
            Array.ConvertAll(rows, h => (short)h.Facts!.Kind), Array.ConvertAll(rows, h => (short)h.Facts!.State),
            new NpgsqlParameter { Value = Array.ConvertAll(rows, h => h.Facts!.DueOn), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
            Array.ConvertAll(rows, h => h.Facts!.DueOn ?? h.Facts.FoundOn));
    }

    /// <summary>Whether any came past its due date; asked outside of any work, so that an idle sweep keeps no writer waiting.</summary>
    public static async Task<bool> AnyDueAsync(EventStore store, DateOnly today, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"select exists (select from {store.Schema}.hazard where state = $1 and due_on < $2)");
        command.Parameters.Add(new() { Value = (short)HazardState.Ordered });
        command.Parameters.Add(new() { Value = today });
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Those past their due date, the longest first.</summary>
    public static Task<List<Guid>> DueAsync(StoreWork work, DateOnly today, int atATime, CancellationToken ct)
    {
        var command = new NpgsqlCommand(
            $"select hazard from {work.Schema}.hazard where state = $1 and due_on < $2 order by due_on, hazard limit $3", work.Connection, work.Transaction);
        foreach (var value in (object[])[(short)HazardState.Ordered, today, atATime])
            command.Parameters.Add(new() { Value = value });
        return IdsAsync(command, ct);
    }

    /// <summary>Open ones of these villages after a place in the list.</summary>
    public static Task<List<Guid>> OpenAsync(EventStore store, long[] villages, Guid? campaign, DateOnly after, Guid afterHazard, int size, CancellationToken ct)
    {
        var command = store.Database.CreateCommand($"""
            select hazard from {store.Schema}.hazard
            where state < {(short)HazardState.Rectified} and village = any($1) and ($2 is null or campaign = $2) and (place, hazard) > ($3, $4)
            order by place, hazard limit $5
            """);
        command.Parameters.Add(new() { Value = villages });
        command.Parameters.Add(new() { Value = (object?)campaign ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        foreach (var value in (object[])[after, afterHazard, size])
            command.Parameters.Add(new() { Value = value });
        return IdsAsync(command, ct);
    }

    private static async Task<List<Guid>> IdsAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var owned = command;
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return ids;
    }
}
