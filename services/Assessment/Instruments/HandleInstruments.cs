using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Instruments;

/// <summary>Ways in to the instruments: publish, get, list.</summary>
public sealed class HandleInstruments(EventStore store, TimeProvider clock)
{
    /// <summary>More in one answer helps nobody.</summary>
    private const int MostFaults = 20;

    public Task<V1.Instrument> PublishAsync(V1.PublishInstrumentRequest request, ServerCallContext context)
    {
        var content = InstrumentWords.Read(request);
        if (InstrumentRules.FaultsOf(content) is { Count: > 0 } faults)
            throw Requests.Invalid(string.Join("; ", faults.Take(MostFaults)));
        var (id, now, ct) = (Instrument.IdOf(content.Code), clock.GetUtcNow(), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var instrument = (await work.LoadAsync<Instrument>([id], ct))[id];
            var events = PublishInstrument.Decide(new(content, context.GetCaller().Subject), instrument, now).ToList();
            if (events.Count > 0 && request.ExpectedVersion != instrument.Latest)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the instrument is at version {instrument.Latest}"));
            foreach (var published in events)
            {
                work.Append(id, published, context.Meta(now));
                instrument = instrument.After(published);
                InstrumentTable.Write(work, instrument);
            }
            return InstrumentWords.Written(instrument.Of(0)!);
        }, ct);
    }

    public async Task<V1.Instrument> GetAsync(V1.GetInstrumentRequest request, ServerCallContext context)
    {
        if (request.Version < 0)
            throw Requests.Invalid("version: 0 or more");
        var id = Instrument.IdOf(request.Code);
        var instrument = (await store.ReadAsync<Instrument>([id], context.CancellationToken))[id];
        return instrument.Of(request.Version) is { } published ? InstrumentWords.Written(published) : throw ScopeGuard.NotFound();
    }

    public async Task<V1.ListedInstruments> ListAsync(V1.ListInstrumentsRequest request, ServerCallContext context)
    {
        var (size, after) = (RowPlace.PageSize(request.PageSize), RowPlace.AfterTime(request.PageToken));
        await using var command = store.Database.CreateCommand(
            $"select first_at, id, code, kind, title, version from {store.Schema}.instrument where (first_at, id) > ($1, $2) order by first_at, id limit $3");
        foreach (var value in (object[])[after.At, after.Id, size + 1])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        var (answer, last) = (new V1.ListedInstruments(), after);
        while (await reader.ReadAsync(context.CancellationToken))
        {
            if (answer.Instruments.Count == size)
            {
                answer.NextPageToken = last.ToString();
                break;
            }
            last = RowPlace.Of(reader.GetFieldValue<DateTimeOffset>(0), reader.GetGuid(1));
            answer.Instruments.Add(new V1.ListedInstrument
            { Code = reader.GetString(2), Kind = InstrumentWords.KindOf((InstrumentKind)reader.GetInt16(3)), Title = reader.GetString(4), Version = reader.GetInt32(5) });
        }
        return answer;
    }
}
