using System.Diagnostics;
using System.Text.Json;
using JasperFx;
using Marten;
using Npgsql;
using Weasel.Core;

namespace LeftBehind.Launcher.Bench.Peers;

/// <summary>What a bare Marten append of the same events took.</summary>
internal sealed record AppendMeasured(int AfterChunk, long Events, double Seconds)
{
    public double EventsPerSecond => Events / Seconds;
}

/// <summary>An event of any type, with the JSON it is stored with.</summary>
internal sealed record StoredBody(JsonElement Body);

/// <summary>
/// The same stack without this project: Registry's first events, stream by stream as they were appended, into a Marten store
/// beside it on the same server with Marten's defaults; one writer, 500 events a transaction. No inbox, no keys, no headers.
/// </summary>
internal static class MartenAppend
{
    private const string Schema = "bench_marten";
    private const int MostEvents = 50_000, EventsPerSave = 500, WarmUpSaves = 4;

    internal static async Task<AppendMeasured> MeasureAsync(string store, int chunk, CancellationToken cancellation)
    {
        var saves = (await ReadAsync(store, cancellation)).Chunk(EventsPerSave).ToList();
        using var documents = DocumentStore.For(options =>
        {
            options.Connection(store);
            options.DatabaseSchemaName = Schema;
            options.AutoCreateSchemaObjects = AutoCreate.All;
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
            options.Events.AddEventType<StoredBody>();
        });
        await documents.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var warmUp = Math.Min(WarmUpSaves, saves.Count / 2);
        foreach (var save in saves.Take(warmUp))
            await SaveAsync(documents, save, cancellation);

        var watch = Stopwatch.StartNew();
        foreach (var save in saves.Skip(warmUp))
            await SaveAsync(documents, save, cancellation);
        var took = watch.Elapsed.TotalSeconds;

        await using var database = NpgsqlDataSource.Create(store);
        await using var drop = database.CreateCommand($"drop schema {Schema} cascade");
        await drop.ExecuteNonQueryAsync(cancellation);
        return new(chunk, saves.Skip(warmUp).Sum(s => s.Length), took);
    }

    private static async Task SaveAsync(DocumentStore documents, (Guid Stream, StoredBody Event)[] events, CancellationToken cancellation)
    {
        await using var session = documents.LightweightSession();
        foreach (var stream in events.GroupBy(e => e.Stream))
            session.Events.Append(stream.Key, stream.Select(e => (object)e.Event));
        await session.SaveChangesAsync(cancellation);
    }

    private static async Task<List<(Guid Stream, StoredBody Event)>> ReadAsync(string store, CancellationToken cancellation)
    {
        await using var database = NpgsqlDataSource.Create(store);
        await using var command = database.CreateCommand($"select stream_id, data::text from registry.mt_events order by seq_id limit {MostEvents}");
        var events = new List<(Guid, StoredBody)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            events.Add((reader.GetGuid(0), new(JsonSerializer.Deserialize<JsonElement>(reader.GetString(1)))));
        return events;
    }
}
