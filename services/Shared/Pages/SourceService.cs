using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Protos.Operations.V1;
using Marten;
using Npgsql;

namespace LeftBehind.Pages;

/// <summary>Serves this store's pages again, and the heads of its subjects, to the services that consume them.</summary>
public sealed class SourceService(IDocumentStore marten, EventStore store, PageWriter writer, SourceIdentity identity, SubjectStreams subjects, IRelay relay)
    : Source.SourceBase
{
    private const int EventsAtATime = 500;
    private const int HeadsAtATime = 5000;

    /// <inheritdoc/>
    public override async Task Replay(ReplayRequest request, IServerStreamWriter<ReplayedPage> responseStream, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var incarnation = await identity.IncarnationAsync(ct);
        var safe = await SafeSequenceAsync(ct);
        var end = request.ToSequence == 0 ? safe : Math.Min(request.ToSequence, safe);
        // Nothing beyond: an empty page tells which store answers, and where its log ends.
        if (end <= request.FromSequence)
            await TellAsync(responseStream, writer.Cut(incarnation, end, end, [], request.RelayedSinceVersion), ct);
        for (var floor = request.FromSequence; floor < end;)
        {
            await using var session = marten.QuerySession();
            var log = session.Events.QueryAllRawEvents().Where(e => e.Sequence > floor && e.Sequence <= end);
            if (relay.Only is { Id: var only })
                log = log.Where(e => e.StreamId == only);
            var events = await log.OrderBy(e => e.Sequence).Take(EventsAtATime).ToListAsync(ct);
            var ceiling = events.Count < EventsAtATime ? end : events[^1].Sequence;
            await TellAsync(responseStream, writer.Cut(incarnation, floor, ceiling, events.Select(StoredEvents.From), request.RelayedSinceVersion), ct);
            floor = ceiling;
        }
    }

    private static async Task TellAsync(IServerStreamWriter<ReplayedPage> responseStream, IEnumerable<EventPage> pages, CancellationToken ct)
    {
        foreach (var page in pages)
            await responseStream.WriteAsync(new() { Page = UnsafeByteOperations.UnsafeWrap(JsonSerializer.SerializeToUtf8Bytes(page, EventTypes.Json)) }, ct);
    }

    /// <inheritdoc/>
    public override async Task ListHeads(ListHeadsRequest request, IServerStreamWriter<Heads> responseStream, ServerCallContext context)
    {
        await using var connection = await store.Database.OpenConnectionAsync(context.CancellationToken);
        await using var command = new NpgsqlCommand(
            $"select id, version from {store.Schema}.mt_streams where type = any($1)", connection);
        command.Parameters.Add(new() { Value = subjects.Types.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        var heads = new Heads();
        while (await reader.ReadAsync(context.CancellationToken))
        {
            heads.Items.Add(new Head { SubjectId = ByteString.CopyFrom(reader.GetGuid(0).ToByteArray()), Version = reader.GetInt64(1) });
            if (heads.Items.Count == HeadsAtATime)
            {
                await responseStream.WriteAsync(heads, context.CancellationToken);
                heads = new();
            }
        }
        if (heads.Items.Count > 0)
            await responseStream.WriteAsync(heads, context.CancellationToken);
    }

    /// <summary>Below the daemon's high-water mark no open transaction can still fill a gap.</summary>
    private async Task<long> SafeSequenceAsync(CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand(
            $"select coalesce((select last_seq_id from {store.Schema}.mt_event_progression where name = 'HighWaterMark'), 0)");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}

/// <summary>The stream types of this store whose every event is told to others; their heads can be compared.</summary>
public sealed record SubjectStreams(params string[] Types);
