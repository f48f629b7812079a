using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using NpgsqlTypes;

namespace LeftBehind.Registry.Hazards.Findings;

/// <summary>One row for each hazard, written with its events: the work list, and what campaigns found.</summary>
internal static class HazardTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.hazard (
            hazard uuid primary key, campaign uuid not null, village bigint not null, kind smallint not null, state smallint not null, place date not null) with (fillfactor = 85);
        create index if not exists hazard_open on {schema}.hazard (place, hazard) where state < {(short)HazardState.Rectified};
        create index if not exists hazard_campaign on {schema}.hazard (campaign, village);
        """;

    /// <summary>The rows after a change. A hazard stands by its due date in the list, without one by the day it was found.</summary>
    public static void Write(StoreWork work, IEnumerable<Hazard> changed)
    {
        var rows = changed.OrderBy(h => h.Id).ToArray();
        if (rows.Length == 0)
            return;
        work.Beside($"""
            insert into {work.Schema}.hazard (hazard, campaign, village, kind, state, place) select * from unnest($1, $2, $3, $4, $5, $6)
            on conflict (hazard) do update set state = excluded.state, place = excluded.place
            """, Array.ConvertAll(rows, h => h.Id), Array.ConvertAll(rows, h => h.Facts!.CampaignId), Array.ConvertAll(rows, h => h.Facts!.Division.Value),
            Array.ConvertAll(rows, h => (short)h.Facts!.Kind), Array.ConvertAll(rows, h => (short)h.Facts!.State),
            Array.ConvertAll(rows, h => h.Facts!.DueOn ?? h.Facts.FoundOn));
    }

    /// <summary>Open ones of these villages after a place in the list.</summary>
    public static async Task<List<Guid>> OpenAsync(EventStore store, long[] villages, Guid? campaign, DateOnly after, Guid afterHazard, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select hazard from {store.Schema}.hazard
            where state < {(short)HazardState.Rectified} and village = any($1) and ($2 is null or campaign = $2) and (place, hazard) > ($3, $4)
            order by place, hazard limit $5
            """);
        command.Parameters.Add(new() { Value = villages });
        command.Parameters.Add(new() { Value = (object?)campaign ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        foreach (var value in (object[])[after, afterHazard, size])
            command.Parameters.Add(new() { Value = value });
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return ids;
    }
}
