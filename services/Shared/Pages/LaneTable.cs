using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Pages;

/// <summary>The lane rows and the parked facts of a consumer.</summary>
public static class LaneTable
{
    /// <summary>The tables.</summary>
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.lane (
            source text primary key, incarnation uuid not null, watermark bigint not null, relay_version int not null,
            stopped_because text, known_upto bigint not null default 0, newer_version int not null default 0,
            newer_upto bigint not null default 0, ended uuid[] not null default array[]::uuid[], moved_at timestamptz not null default now());
        create table if not exists {schema}.parked_event (
            source text not null, fact_id uuid not null, stream uuid not null, sequence bigint not null, type text not null,
            fact jsonb not null, error text not null, attempts int not null, parked_at timestamptz not null default now(),
            place bigint generated always as identity, primary key (source, fact_id));
        create table if not exists {schema}.discarded_event (
            source text not null, fact_id uuid not null, stream uuid not null, sequence bigint not null, type text not null,
            fact jsonb not null, reason text not null, discarded_at timestamptz not null default now());
        create index if not exists parked_event_stream on {schema}.parked_event (source, stream, sequence, place);
        """;

    internal const string Columns = "source, incarnation, watermark, relay_version, stopped_because, known_upto, newer_version, newer_upto, ended";

    internal static async Task<LaneState?> ReadAsync(StoreWork work, string source, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from {work.Schema}.lane where source = $1", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = source });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Row(reader) : null;
    }

    internal static LaneState Row(NpgsqlDataReader reader) => new(reader.GetString(0), reader.GetGuid(1), reader.GetInt64(2),
        reader.GetInt32(3), reader.IsDBNull(4) ? null : reader.GetString(4))
    {
        KnownUpTo = reader.GetInt64(5),
        NewerVersion = reader.GetInt32(6),
        NewerUpTo = reader.GetInt64(7),
        Ended = reader.GetFieldValue<Guid[]>(8),
    };

    internal static void Write(StoreWork work, LaneState lane) => work.Beside($"""
        insert into {work.Schema}.lane ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (source) do update set incarnation = excluded.incarnation, watermark = excluded.watermark,
            relay_version = excluded.relay_version, stopped_because = excluded.stopped_because, known_upto = excluded.known_upto,
            newer_version = excluded.newer_version, newer_upto = excluded.newer_upto, ended = excluded.ended, moved_at = now()
        """, lane.Source, lane.Incarnation, lane.Watermark, lane.RelayVersion,
        new NpgsqlParameter { Value = (object?)lane.StoppedBecause ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
        lane.KnownUpTo, lane.NewerVersion, lane.NewerUpTo, lane.Ended.ToArray());

    internal static async Task<HashSet<Guid>> ParkedStreamsAsync(StoreWork work, string source, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select distinct stream from {work.Schema}.parked_event where source = $1", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = source });
        var streams = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            streams.Add(reader.GetGuid(0));
        return streams;
    }

    /// <summary>The order in which parked facts of a stream are handled: what is left of an ended log before what its successor tells.</summary>
    internal const string ParkedOrder = "coalesce((fact->>'epoch')::int, 0), sequence, place";

    /// <summary>
    /// Parks a fact as one of the lane's epoch, in which it counts whenever it is tried again. Told again by a restored source it
    /// counts in the new epoch; told twice in one it stays as it is.
    /// </summary>
    internal static void Park(StoreWork work, LaneState lane, PagedEvent fact, string error, int attempts) => work.Beside($"""
        insert into {work.Schema}.parked_event as p (source, fact_id, stream, sequence, type, fact, error, attempts)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (source, fact_id) do update set sequence = excluded.sequence, fact = excluded.fact
            where coalesce((excluded.fact->>'epoch')::int, 0) > coalesce((p.fact->>'epoch')::int, 0)
        """, lane.Source, fact.Id, fact.Stream, fact.Sequence, fact.Type,
        new NpgsqlParameter { Value = JsonSerializer.Serialize(lane.InEpoch(fact), EventTypes.Json), NpgsqlDbType = NpgsqlDbType.Jsonb }, error, attempts);
}
