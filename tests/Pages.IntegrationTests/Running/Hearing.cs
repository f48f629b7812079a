using LeftBehind.EventLog;
using LeftBehind.Pages.IntegrationTests.Story;
using LeftBehind.TestKit;
using Npgsql;

namespace LeftBehind.Pages.IntegrationTests.Running;

/// <summary>The listener's store, as the test looks at it.</summary>
internal sealed class Hearing(string database, string schema, CancellationToken ct) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(database);
    private EventStore? store;

    public EventStore Store => store ??= new(source, TellThings.Facts, schema, TimeProvider.System);

    /// <summary>The facts that were handled, in the order in which they were.</summary>
    public async Task<List<Fact>> FactsAsync()
    {
        await using var command = source.CreateCommand(
            $"select (headers->>'sequence')::bigint, stream_id, type, (data->>'n')::int from {schema}.mt_events order by seq_id");
        return await ReadAsync(command, ct);
    }

    /// <summary>Number and epoch of what was handled about a subject, in the order in which it was.</summary>
    public async Task<List<(int N, int Epoch)>> CountedAsync(Guid subject)
    {
        await using var command = source.CreateCommand(
            $"select (data->>'n')::int, coalesce((headers->>'epoch')::int, 0) from {schema}.mt_events where stream_id = $1 order by seq_id");
        command.Parameters.Add(new() { Value = subject });
        var counted = new List<(int, int)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            counted.Add((reader.GetInt32(0), reader.GetInt32(1)));
        return counted;
    }

    /// <summary>The facts that are parked, in order.</summary>
    public async Task<List<Fact>> ParkedAsync()
    {
        await using var command = source.CreateCommand($"""
            select sequence, (fact->>'subject')::uuid, type, ((fact->>'json')::jsonb->>'n')::int from {schema}.parked_event order by sequence, place
            """);
        return await ReadAsync(command, ct);
    }

    /// <summary>How far the lane came; -1 before its first page.</summary>
    public async Task<long> WatermarkAsync()
    {
        await using var command = source.CreateCommand($"select coalesce((select watermark from {schema}.lane), -1)");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public Task ReachesAsync(long sequence, int withinSeconds = 60) =>
        Eventually.IsAsync(WatermarkAsync, watermark => watermark >= sequence, ct, withinSeconds);

    public async Task<string?> StoppedBecauseAsync()
    {
        await using var command = source.CreateCommand($"select stopped_because from {schema}.lane");
        return await command.ExecuteScalarAsync(ct) as string;
    }

    internal static async Task<List<Fact>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var facts = new List<Fact>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            facts.Add(new(reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetInt32(3)));
        return facts;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Connections to a server that was killed are of no use.</summary>
    public void ForgetConnections() => source.Clear();

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
