using System.Diagnostics;
using Google.Protobuf;
using LeftBehind.Access;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Sealing;

namespace LeftBehind.Intake;

/// <summary>
/// Takes batches of rows into a store: one transaction a batch, one verdict a row, each (source, event id) counted once.
/// A row known by its id and digest gets its first verdict again; unchanged rows append nothing; late rows of an older
/// sequence are superseded; rows ahead of what they speak of wait, sealed, and are taken when that arrives.
/// </summary>
public sealed class WayIn<TRow>(EventStore store, IWayIn<TRow> way, KeyedDigest digests, WaitingSeal seal, MessageParser<TRow> parser, TimeProvider clock)
    where TRow : class, IMessage<TRow>
{
    /// <summary>The most rows of a batch.</summary>
    public const int MostRows = 1000;

    internal static readonly string TooManyRows = $"rows: at most {MostRows} a batch";

    /// <summary>Takes one batch; the answer comes after the commit.</summary>
    public async Task<BatchVerdicts> TakeAsync(string batchId, IReadOnlyList<TRow> rows, Caller caller, CancellationToken ct)
    {
        using var span = IntakeMetrics.Spans.StartActivity("push batch");
        var answer = new BatchVerdicts { BatchId = batchId, TraceId = span?.TraceId.ToString() ?? "" };
        if (rows.Count > MostRows)
        {
            answer.BatchError = TooManyRows;
            return answer;
        }
        var source = caller.Source ?? throw new InvalidOperationException("A partner's token names its source.");
        var pushed = rows.Select(row => Receive(row, source)).ToList();
        var traceparent = span is { Recorded: true } ? span.Id : null;
        answer.Rows.Add(await store.RunAsync(work => TakeAsync(work, pushed, caller, traceparent, ct), ct));
        foreach (var verdict in answer.Rows)
            IntakeMetrics.Rows.Add(1, new KeyValuePair<string, object?>("verdict", verdict.Verdict), new("schema", store.Schema));
        return answer;
    }

    private (TRow Row, string Source, string EventId, byte[] Digest) Receive(TRow row, string source)
    {
        var digest = digests.Of(row.ToByteArray())[..16];
        var id = way.Fields(row).EventId;
        return (row, source, RowHead.HasUsableId(id) ? id : "unusable:" + Convert.ToHexStringLower(digest), digest);
    }

    private async Task<List<RowVerdict>> TakeAsync(
        StoreWork work, List<(TRow Row, string Source, string EventId, byte[] Digest)> received, Caller caller, string? traceparent, CancellationToken ct)
    {
        var source = caller.Source!;
        var known = await InboxTable.KnownAsync(work, source, [.. received.Select(r => r.EventId).Distinct(StringComparer.Ordinal)], ct);
        var fresh = new Dictionary<string, PushedRow<TRow>>(StringComparer.Ordinal);
        var repeats = new bool[received.Count];
        for (var i = 0; i < received.Count; i++)
        {
            var (row, _, id, digest) = received[i];
            repeats[i] = known.ContainsKey(id) || !fresh.TryAdd(id, new(row, source, id, digest));
        }
        await DecideAsync(work, [.. fresh.Values], caller, traceparent, ct);
        return [.. received.Select((r, i) => Answer(r.EventId, r.Digest, repeats[i], known, fresh))];
    }

    private static RowVerdict Answer(
        string id, byte[] digest, bool repeated, Dictionary<string, Received> known, Dictionary<string, PushedRow<TRow>> fresh)
    {
        var (firstDigest, first) = known.TryGetValue(id, out var before) ? (before.Digest, before.Verdict) : (fresh[id].Digest, fresh[id].Answer());
        if (!digest.AsSpan().SequenceEqual(firstDigest))
            return new() { SourceEventId = id, Verdict = Verdict.Rejected, Field = "source_event_id", Reason = "this id was received before with other content" };
        first = first.Clone();
        first.Repeated = repeated;
        return first;
    }

    private async Task DecideAsync(StoreWork work, List<PushedRow<TRow>> fresh, Caller caller, string? traceparent, CancellationToken ct)
    {
        var provided = fresh.Select(row => Check(row, caller)?.Provides).OfType<Guid>().ToHashSet();
        var woken = await WakeAsync(work, provided, ct);
        // In the source's order: were an older row kept out for a later one of its batch, and that one then refused, both would be lost.
        var open = fresh.Concat(woken).Where(r => r.IsOpen).OrderBy(r => r.Sequence).ToList();
        await SupersedeAsync(work, open, ct);
        var turn = open.Where(r => r.IsOpen).ToList();
        for (var before = int.MaxValue; turn.Count > 0 && turn.Count < before;)
        {
            before = turn.Count;
            await way.DecideAsync(work, turn, caller, traceparent, ct);
            turn = await AgainAsync(work, open, provided, before, ct);
        }
        if (open.Exists(r => r.IsOpen))
            throw new InvalidOperationException("A row left without a verdict.");

        InboxTable.KeepOrder(work, open.Where(r => r.Verdict is Verdict.Applied or Verdict.Unchanged));
        InboxTable.Keep(work, fresh, WorkCalendar.DayOf(clock.GetUtcNow()));
        InboxTable.KeepWaiting(work, [.. fresh.Where(r => r.Verdict is Verdict.Waiting)], r => seal.Close(r.Row.ToByteArray()));
        await InboxTable.SettleWaitingAsync(work, [.. woken.Where(r => r.Verdict is not Verdict.Waiting)], ct);
        InboxTable.MoveWaiting(work, [.. woken.Where(r => r.Verdict is Verdict.Waiting)]);
    }

    /// <summary>Reads a row by itself; null when it was rejected.</summary>
    private RowKeys? Check(PushedRow<TRow> row, Caller? caller)
    {
        RowHead.Read(row, way.Fields(row.Row), clock.GetUtcNow());
        var keys = row.IsOpen ? way.Check(row, caller) : null;
        if (keys is not null)
            row.OrderKey = keys.Order;
        return keys;
    }

    /// <summary>Rows that wait for what a later row of their own batch has brought by now.</summary>
    private static async Task<List<PushedRow<TRow>>> AgainAsync(
        StoreWork work, List<PushedRow<TRow>> open, HashSet<Guid> provided, int before, CancellationToken ct)
    {
        var again = open.Where(r => r.WaitsFor is { } key && provided.Contains(key)).ToList();
        if (again.Count == 0 || again.Count >= before)
            return [];
        await work.FlushAsync(ct);
        foreach (var row in again)
        {
            row.Reopen();
            if (open.Exists(r => r.OrderKey == row.OrderKey && r.Sequence > row.Sequence && r.Verdict is (Verdict.Applied or Verdict.Unchanged)))
                row.Superseded();
        }
        return again.FindAll(r => r.IsOpen);
    }

    /// <summary>Rows that waited for what this batch brings, and those that wait for what these bring; adds what they bring.</summary>
    private async Task<List<PushedRow<TRow>>> WakeAsync(StoreWork work, HashSet<Guid> provided, CancellationToken ct)
    {
        var woken = new List<PushedRow<TRow>>();
        for (var keys = provided.ToArray(); keys.Length > 0;)
        {
            var brought = new List<Guid>();
            foreach (var (source, eventId, sealedRow) in await InboxTable.WaitingForAsync(work, keys, ct))
            {
                var content = seal.Open(sealedRow);
                var row = new PushedRow<TRow>(parser.ParseFrom(content), source, eventId, digests.Of(content)[..16]);
                if (Check(row, caller: null)?.Provides is { } key)
                    brought.Add(key);
                woken.Add(row);
            }
            keys = [.. brought.Where(provided.Add)];
        }
        return woken;
    }

    /// <summary>A row older than what is known of the same thing of the same source is kept out.</summary>
    private static async Task SupersedeAsync(StoreWork work, List<PushedRow<TRow>> open, CancellationToken ct)
    {
        var order = await InboxTable.OrderAsync(work, [.. open.Select(r => r.OrderKey).Distinct()], ct);
        foreach (var row in open)
            if (order.TryGetValue(row.OrderKey, out var latest) && row.Sequence < latest)
                row.Superseded();
            else
                order[row.OrderKey] = row.Sequence;
    }
}
