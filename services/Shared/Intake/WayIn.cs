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
public sealed class WayIn<TRow>(
    EventStore store, IWayIn<TRow> way, KeyedDigest digests, WaitingSeal seal, MessageParser<TRow> parser, DivisionTree tree, TimeProvider clock)
    where TRow : class, IMessage<TRow>
{
    /// <summary>The most rows of a batch.</summary>
    public const int MostRows = 1000;

    internal static readonly string TooManyRows = $"rows: at most {MostRows} a batch";

    private readonly WaitingRows<TRow> waiting = new(digests, seal, parser, tree, clock);

    /// <summary>Takes one batch; the answer comes after the commit.</summary>
    public Task<BatchVerdicts> TakeAsync(string batchId, IReadOnlyList<TRow> rows, Caller caller, CancellationToken ct) => TakeAsync(Read(batchId, rows, caller), ct);

    /// <summary>The same for rows of a file, some of which cannot be read: those are received and rejected.</summary>
    public Task<BatchVerdicts> TakeAsync(string batchId, IReadOnlyList<SentRow<TRow>> rows, Caller caller, CancellationToken ct) => TakeAsync(Read(batchId, rows, caller), ct);

    /// <summary>Reads a batch and checks each row by itself.</summary>
    internal ReadBatch<TRow> Read(string batchId, IReadOnlyList<TRow> rows, Caller caller) =>
        Read(batchId, rows.Count > MostRows ? null : [.. rows.Select(SentRow.Read)], caller);

    /// <summary>The same for rows some of which cannot be read, and are counted as rejected; null when there are too many.</summary>
    internal ReadBatch<TRow> Read(string batchId, IReadOnlyList<SentRow<TRow>>? rows, Caller caller) => caller.Source is null
        ? throw new InvalidOperationException("A partner's token names its source.")
        : new(batchId, caller, rows, sent => Receive(sent, caller));

    /// <summary>
    /// Takes rows of any number in a transaction of somebody else's, who commits it or does not. The rows are kept under the source
    /// that is named, and decided by the caller's authority.
    /// </summary>
    public async Task<IReadOnlyList<RowVerdict>> TakeAsync(StoreWork work, IReadOnlyList<TRow> rows, Caller caller, string source, CancellationToken ct)
    {
        var pusher = new Caller(caller.Subject, caller.Department, caller.Role, caller.Division, tree.AsOf(WorkCalendar.DayOf(clock.GetUtcNow())))
        {
            Organisation = caller.Organisation, Source = source,
        };
        var traceparent = Activity.Current is { Recorded: true } span ? span.Id : null;
        return await TakeAsync(work, [.. rows.Select(row => Receive(SentRow.Read(row), pusher))], source, traceparent, ct);
    }

    /// <summary>Takes a batch that was read.</summary>
    internal async Task<BatchVerdicts> TakeAsync(ReadBatch<TRow> batch, CancellationToken ct)
    {
        using var span = IntakeMetrics.Spans.StartActivity("push batch");
        var answer = new BatchVerdicts { BatchId = batch.Id, TraceId = span?.TraceId.ToString() ?? "" };
        if (batch.IsTooLarge)
        {
            answer.BatchError = TooManyRows;
            return answer;
        }
        var traceparent = span is { Recorded: true } ? span.Id : null;
        answer.Rows.Add(await store.RunAsync(work => TakeAsync(work, batch.Rows(), batch.Caller.Source!, traceparent, ct), ct));
        foreach (var verdict in answer.Rows)
            IntakeMetrics.Rows.Add(1, new KeyValuePair<string, object?>("verdict", verdict.Verdict), new("schema", store.Schema));
        return answer;
    }

    private PushedRow<TRow> Receive(SentRow<TRow> sent, Caller caller)
    {
        var digest = digests.Of(sent.Content)[..16];
        var id = sent.Row is { } read ? way.Fields(read).EventId : sent.Id;
        var row = new PushedRow<TRow>(sent.Row ?? parser.ParseFrom([]), caller.Source!, RowHead.HasUsableId(id) ? id : "unusable:" + Convert.ToHexStringLower(digest), digest) { Caller = caller };
        if (sent.Fault is { } fault)
            row.Reject(fault.Field, fault.Reason);
        row.Provides = Check(row)?.Provides;
        return row;
    }

    private async Task<List<RowVerdict>> TakeAsync(StoreWork work, List<PushedRow<TRow>> received, string source, string? traceparent, CancellationToken ct)
    {
        var known = await InboxTable.KnownAsync(work, source, [.. received.Select(r => r.EventId).Distinct(StringComparer.Ordinal)], ct);
        var fresh = new Dictionary<string, PushedRow<TRow>>(StringComparer.Ordinal);
        var repeats = received.ConvertAll(row => known.ContainsKey(row.EventId) || !fresh.TryAdd(row.EventId, row));
        await DecideAsync(work, [.. fresh.Values], traceparent, ct);
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

    /// <summary>Takes rows that waited for what was brought by another way in.</summary>
    /// <param name="keys">What was brought.</param>
    /// <param name="beside">What else belongs to the same transaction.</param>
    /// <param name="ct">Ends it.</param>
    public Task WakeAsync(IReadOnlyCollection<Guid> keys, Action<StoreWork> beside, CancellationToken ct) => store.RunAsync(async work =>
    {
        beside(work);
        await DecideAsync(work, [], null, ct, keys);
    }, ct);

    private async Task DecideAsync(StoreWork work, List<PushedRow<TRow>> fresh, string? traceparent, CancellationToken ct, IReadOnlyCollection<Guid>? brought = null)
    {
        var provided = fresh.Select(row => row.Provides).OfType<Guid>().Concat(brought ?? []).ToHashSet();
        var woken = await waiting.WakeAsync(work, [.. provided], provided, Check, ct);
        // In the source's order: were an older row kept out for a later one of its batch, and that one then refused, both would be lost.
        var open = fresh.Concat(woken).Where(r => r.IsOpen).OrderBy(r => r.Sequence).ToList();
        await SupersedeAsync(work, open, ct);
        var turn = open.FindAll(r => r.IsOpen);
        while (turn.Count > 0)
        {
            await way.DecideAsync(work, turn, traceparent, ct);
            var keys = turn.SelectMany(r => r.Brought).Where(provided.Add).ToArray();
            var later = await waiting.WakeAsync(work, keys, provided, Check, ct);
            woken.AddRange(later);
            turn = await AgainAsync(work, open, later, provided, turn.Count, ct);
        }
        if (open.Exists(r => r.IsOpen))
            throw new InvalidOperationException("A row left without a verdict.");

        InboxTable.KeepOrder(work, open.Where(r => r.Verdict is Verdict.Applied or Verdict.Unchanged));
        InboxTable.Keep(work, fresh, WorkCalendar.DayOf(clock.GetUtcNow()));
        waiting.Keep(work, [.. fresh.Where(r => r.Verdict is Verdict.Waiting)], way.About);
        await InboxTable.SettleWaitingAsync(work, [.. woken.Where(r => r.Verdict is not Verdict.Waiting)], ct);
        InboxTable.MoveWaiting(work, [.. woken.Where(r => r.Verdict is Verdict.Waiting)]);
    }

    /// <summary>Reads a row by itself; null when it was rejected.</summary>
    private RowKeys? Check(PushedRow<TRow> row)
    {
        if (row.IsOpen)
            RowHead.Read(row, way.Fields(row.Row), clock.GetUtcNow());
        var keys = row.IsOpen ? way.Check(row) : null;
        if (keys is not null)
            row.OrderKey = keys.Order;
        return keys;
    }

    /// <summary>
    /// Whoever needs another turn: rows that wait for what a later row of their own batch has brought by now, as long as they
    /// grow fewer, and rows that were woken only by a decision, each once.
    /// </summary>
    private static async Task<List<PushedRow<TRow>>> AgainAsync(
        StoreWork work, List<PushedRow<TRow>> open, List<PushedRow<TRow>> later, HashSet<Guid> provided, int before, CancellationToken ct)
    {
        var again = open.FindAll(r => r.WaitsFor is { } key && provided.Contains(key));
        var woken = later.Where(r => r.IsOpen).OrderBy(r => r.Sequence).ToList();
        if (woken.Count == 0 && (again.Count == 0 || again.Count >= before))
            return [];
        await work.FlushAsync(ct);
        await SupersedeAsync(work, woken, ct);
        again.ForEach(r => r.Reopen());
        open.AddRange(woken);
        again = [.. again.Concat(woken).Where(r => r.IsOpen).OrderBy(r => r.Sequence)];
        foreach (var row in again)
            if (open.Exists(r => r.OrderKey == row.OrderKey && r.Sequence > row.Sequence && r.Verdict is (Verdict.Applied or Verdict.Unchanged)))
                row.Superseded();
        return again.FindAll(r => r.IsOpen);
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
