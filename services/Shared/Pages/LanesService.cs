using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Protos.Operations.V1;
using Npgsql;

namespace LeftBehind.Pages;

/// <summary>Operations' view of the lanes: where they stand, what is parked, retry, discard, accept a restored source.</summary>
public sealed class LanesService(EventStore store, IEnumerable<Lane> lanes) : Lanes.LanesBase
{
    /// <inheritdoc/>
    public override async Task<LaneList> ListLanes(ListLanesRequest request, ServerCallContext context)
    {
        await using var command = store.Database.CreateCommand($"""
            select {LaneTable.Columns}, (select count(*) from {store.Schema}.parked_event p where p.source = l.source)
            from {store.Schema}.lane l order by source
            """);
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        var list = new LaneList();
        while (await reader.ReadAsync(context.CancellationToken))
            list.Lanes.Add(Shown(LaneTable.Row(reader), reader.GetInt64(9)));
        return list;
    }

    /// <inheritdoc/>
    public override async Task<Protos.Operations.V1.Lane> AcceptIncarnation(AcceptIncarnationRequest request, ServerCallContext context)
    {
        if (!Guid.TryParse(request.Incarnation, out var incarnation))
            throw new RpcException(new(StatusCode.InvalidArgument, "incarnation: not a UUID"));
        var accepted = await store.RunAsync(async work =>
        {
            var lane = await LaneTable.ReadAsync(work, request.Source, context.CancellationToken);
            if (lane?.StoppedBecause is null)
                throw new RpcException(new(StatusCode.FailedPrecondition, "the lane is not stopped"));
            var fresh = lane.Accepting(incarnation);
            LaneTable.Write(work, fresh);
            return fresh;
        }, context.CancellationToken);
        return Shown(accepted, 0);
    }

    /// <inheritdoc/>
    public override async Task<ParkedList> ListParked(ListParkedRequest request, ServerCallContext context)
    {
        await using var command = store.Database.CreateCommand($"""
            select source, stream, sequence, fact_id, type, error, parked_at, attempts from {store.Schema}.parked_event
            where $1 = '' or source = $1 order by source, sequence, place limit $2
            """);
        command.Parameters.Add(new() { Value = request.Source });
        command.Parameters.Add(new() { Value = request.PageSize is > 0 and <= 500 ? request.PageSize : 100 });
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        var list = new ParkedList();
        while (await reader.ReadAsync(context.CancellationToken))
            list.Parked.Add(new Parked
            {
                Source = reader.GetString(0), StreamId = reader.GetGuid(1).ToString(), Sequence = reader.GetInt64(2),
                EventId = reader.GetGuid(3).ToString(), Type = reader.GetString(4), Error = reader.GetString(5),
                ParkedAt = reader.GetFieldValue<DateTimeOffset>(6).ToString("O", CultureInfo.InvariantCulture), Attempts = reader.GetInt32(7),
            });
        return list;
    }

    /// <inheritdoc/>
    public override async Task<FindParkedResponse> FindParked(FindParkedRequest request, ServerCallContext context)
    {
        await using var command = store.Database.CreateCommand($"""
            select exists (select 1 from {store.Schema}.parked_event where fact->'origin'->>'source' = $1 and fact->'origin'->>'eventId' = $2),
                (select reason from {store.Schema}.discarded_event where fact->'origin'->>'source' = $1 and fact->'origin'->>'eventId' = $2
                 order by discarded_at desc limit 1)
            """);
        command.Parameters.Add(new() { Value = request.Source });
        command.Parameters.Add(new() { Value = request.SourceEventId });
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        await reader.ReadAsync(context.CancellationToken);
        return new() { Parked = reader.GetBoolean(0), Discarded = !reader.IsDBNull(1), DiscardReason = reader.IsDBNull(1) ? "" : reader.GetString(1) };
    }

    /// <inheritdoc/>
    public override async Task<RetryParkedResponse> RetryParked(RetryParkedRequest request, ServerCallContext context)
    {
        var (source, stream) = (request.Source, StreamOf(request.StreamId));
        var handler = lanes.FirstOrDefault(l => l.Source == source)?.Handler
            ?? throw new RpcException(new(StatusCode.NotFound, "no lane of that source"));
        var handled = 0;
        while (await RetryNextAsync(handler, stream, context.CancellationToken))
            handled++;
        await using var left = store.Database.CreateCommand($"select count(*)::int from {store.Schema}.parked_event where source = $1 and stream = $2");
        left.Parameters.Add(new() { Value = source });
        left.Parameters.Add(new() { Value = stream });
        return new() { Handled = handled, StillParked = (int)(await left.ExecuteScalarAsync(context.CancellationToken))! };
    }

    /// <inheritdoc/>
    public override async Task<DiscardParkedResponse> DiscardParked(DiscardParkedRequest request, ServerCallContext context)
    {
        if (request.Reason.Length is < 4 or > 200 || request.Reason.Any(char.IsControl))
            throw new RpcException(new(StatusCode.InvalidArgument, "reason: 4 to 200 characters, none of control"));
        var stream = StreamOf(request.StreamId);
        // In the writers' order: no retry is at work on the same facts meanwhile.
        return await store.RunAsync(async work =>
        {
            await using var command = new NpgsqlCommand($"""
                with gone as (delete from {work.Schema}.parked_event where source = $1 and stream = $2 returning *)
                insert into {work.Schema}.discarded_event (source, fact_id, stream, sequence, type, fact, reason)
                select source, fact_id, stream, sequence, type, fact, $3 from gone
                """, work.Connection, work.Transaction);
            command.Parameters.Add(new() { Value = request.Source });
            command.Parameters.Add(new() { Value = stream });
            command.Parameters.Add(new() { Value = request.Reason });
            return new DiscardParkedResponse { Discarded = await command.ExecuteNonQueryAsync(context.CancellationToken) };
        }, context.CancellationToken);
    }

    /// <summary>The oldest parked fact of the stream, handled and unparked in one transaction; false when none is left or it failed again.</summary>
    private async Task<bool> RetryNextAsync(IPageHandler handler, Guid stream, CancellationToken ct)
    {
        PagedEvent? fact = null;
        try
        {
            return await store.RunAsync(async work =>
            {
                fact = await OldestAsync(work, handler.Source, stream, ct);
                if (fact is null)
                    return false;
                await handler.HandleAsync(work, [fact], ct);
                work.Beside($"delete from {work.Schema}.parked_event where source = $1 and fact_id = $2", handler.Source, fact.Id);
                return true;
            }, ct);
        }
        catch (Exception e) when (fact is not null && e is not OperationCanceledException)
        {
            await using var failed = store.Database.CreateCommand(
                $"update {store.Schema}.parked_event set attempts = attempts + 1, error = $3 where source = $1 and fact_id = $2");
            failed.Parameters.Add(new() { Value = handler.Source });
            failed.Parameters.Add(new() { Value = fact.Id });
            failed.Parameters.Add(new() { Value = e.GetType().Name });
            await failed.ExecuteNonQueryAsync(ct);
            return false;
        }
    }

    private static async Task<PagedEvent?> OldestAsync(StoreWork work, string source, Guid stream, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select fact::text from {work.Schema}.parked_event where source = $1 and stream = $2 order by {LaneTable.ParkedOrder} limit 1
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = source });
        command.Parameters.Add(new() { Value = stream });
        return await command.ExecuteScalarAsync(ct) is string json ? JsonSerializer.Deserialize<PagedEvent>(json, EventTypes.Json) : null;
    }

    private static Guid StreamOf(string text) =>
        Guid.TryParse(text, out var id) ? id : throw new RpcException(new(StatusCode.InvalidArgument, "stream_id: not a UUID"));

    private static Protos.Operations.V1.Lane Shown(LaneState lane, long parked) => new()
    {
        Source = lane.Source, Incarnation = lane.Incarnation.ToString(), Watermark = lane.Watermark,
        State = lane.StoppedBecause is null ? "running" : "stopped", Reason = lane.StoppedBecause ?? "", Parked = parked,
    };
}
