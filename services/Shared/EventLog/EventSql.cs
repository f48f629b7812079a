using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.EventLog;

/// <summary>
/// Set-based writes into Marten's own tables. They depend on the columns of the pinned Marten version; a test compares
/// these columns with the ones that Marten would create.
/// </summary>
internal static class EventSql
{
    public static NpgsqlBatchCommand StartStreams(string schema, IEnumerable<(Guid Id, string Type, long Version)> streams)
    {
        var rows = streams.ToArray();
        return new($"insert into {schema}.mt_streams (id, type, version) select * from unnest($1, $2, $3)")
        {
            Parameters =
            {
                new() { Value = Array.ConvertAll(rows, r => r.Id) },
                new() { Value = Array.ConvertAll(rows, r => r.Type), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar },
                new() { Value = Array.ConvertAll(rows, r => r.Version) },
            },
        };
    }

    public static NpgsqlBatchCommand AdvanceStreams(string schema, IEnumerable<(Guid Id, long From, long To)> streams)
    {
        var rows = streams.ToArray();
        return new($"""
            update {schema}.mt_streams s set version = v.upto, timestamp = now()
            from unnest($1, $2, $3) as v(id, was, upto) where s.id = v.id and s.version = v.was
            """)
        {
            Parameters =
            {
                new() { Value = Array.ConvertAll(rows, r => r.Id) },
                new() { Value = Array.ConvertAll(rows, r => r.From) },
                new() { Value = Array.ConvertAll(rows, r => r.To) },
            },
        };
    }

    public static NpgsqlBatchCommand AppendEvents(string schema, List<Appended> events, DateTimeOffset recordedAt)
    {
        return new($"""
            insert into {schema}.mt_events (seq_id, id, stream_id, version, data, type, timestamp, headers)
            select nextval('{schema}.mt_events_sequence'), e.id, e.stream, e.version, e.data, e.type, $7, e.headers
            from unnest($1, $2, $3, $4, $5, $6) as e(id, stream, version, data, type, headers)
            """)
        {
            Parameters =
            {
                new() { Value = Column(events, e => e.Id) },
                new() { Value = Column(events, e => e.Stream) },
                new() { Value = Column(events, e => e.Version) },
                new() { Value = Column(events, e => e.Json), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                new() { Value = Column(events, e => e.Type), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar },
                new() { Value = Column(events, e => e.Headers), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                new() { Value = recordedAt.ToUniversalTime() },
            },
        };
    }

    private static T[] Column<T>(List<Appended> events, Func<Appended, T> value)
    {
        var column = new T[events.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = value(events[i]);
        return column;
    }
}
