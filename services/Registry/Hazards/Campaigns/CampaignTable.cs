using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Registry.Hazards.Campaigns;

/// <summary>A campaign as lists and rules ask for it.</summary>
public sealed record CampaignRow(Guid Id, CampaignKind Kind, DivisionId Division, DateOnly From, DateOnly Until, bool Open, DateTimeOffset OpenedAt, long Version);

/// <summary>One row for each campaign, written with its events.</summary>
internal static class CampaignTable
{
    private const string Columns = "id, kind, division, from_day, until_day, open, opened_at, version";

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.campaign (
            id uuid primary key, kind smallint not null, division bigint not null, from_day date not null, until_day date not null, open boolean not null,
            opened_at timestamptz not null, version bigint not null);
        create index if not exists campaign_division on {schema}.campaign (division, opened_at desc);
        create index if not exists campaign_open on {schema}.campaign (kind, until_day) where open;
        """;

    public static void Write(StoreWork work, Campaign campaign, DateTimeOffset now)
    {
        var opened = campaign.Opened!;
        work.Beside($"""
            insert into {work.Schema}.campaign ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (id) do update set open = excluded.open, version = excluded.version
            """, campaign.Id, (short)opened.Kind, opened.Division.Value, opened.From, opened.Until, campaign.IsOpen, now.ToUniversalTime(), campaign.Version);
    }

    /// <summary>The open ones of a kind that share a day with a period.</summary>
    public static Task<List<CampaignRow>> OpenInAsync(StoreWork work, CampaignKind kind, DateOnly from, DateOnly until, CancellationToken ct)
    {
        var command = new NpgsqlCommand(
            $"select {Columns} from {work.Schema}.campaign where open and kind = $1 and from_day <= $3 and until_day >= $2", work.Connection, work.Transaction);
        foreach (var value in (object[])[(short)kind, from, until])
            command.Parameters.Add(new() { Value = value });
        return ReadAsync(command, ct);
    }

    /// <summary>Those opened for one of these divisions, the latest first.</summary>
    public static Task<List<CampaignRow>> OfAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string schema, long[] divisions, int most, CancellationToken ct)
    {
        var command = new NpgsqlCommand(
            $"select {Columns} from {schema}.campaign where division = any($1) order by opened_at desc, id desc limit $2", connection, transaction);
        command.Parameters.Add(new() { Value = divisions });
        command.Parameters.Add(new() { Value = most });
        return ReadAsync(command, ct);
    }

    private static async Task<List<CampaignRow>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var owned = command;
        var rows = new List<CampaignRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(new(
                reader.GetGuid(0), (CampaignKind)reader.GetInt16(1), new(reader.GetInt64(2)), reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<DateOnly>(4),
                reader.GetBoolean(5), reader.GetFieldValue<DateTimeOffset>(6), reader.GetInt64(7)));
        return rows;
    }
}
