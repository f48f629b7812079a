using Google.Protobuf;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.Intake;

/// <summary>The rows that wait: kept sealed, each with its pusher, and woken by what a batch brings.</summary>
internal sealed class WaitingRows<TRow>(KeyedDigest digests, WaitingSeal seal, MessageParser<TRow> parser, DivisionTree tree, TimeProvider clock)
    where TRow : class, IMessage<TRow>
{
    /// <summary>Several ways in of a service keep their rows in one table; each wakes its own.</summary>
    private static readonly string Kind = typeof(TRow).Name;

    public void Keep(StoreWork work, IReadOnlyList<PushedRow<TRow>> rows, Func<PushedRow<TRow>, IEnumerable<Guid>> about) =>
        InboxTable.KeepWaiting(work, Kind, rows, r => seal.Close(r.Row.ToByteArray()), about);

    /// <summary>Rows that waited for keys, and those that wait for what these bring; adds what they bring.</summary>
    public async Task<List<PushedRow<TRow>>> WakeAsync(
        StoreWork work, Guid[] keys, HashSet<Guid> provided, Func<PushedRow<TRow>, RowKeys?> check, CancellationToken ct)
    {
        var today = tree.AsOf(WorkCalendar.DayOf(clock.GetUtcNow()));
        var woken = new List<PushedRow<TRow>>();
        while (keys.Length > 0)
        {
            var brought = new List<Guid>();
            foreach (var kept in await InboxTable.WaitingForAsync(work, Kind, keys, ct))
            {
                var row = Open(kept, today);
                if (check(row)?.Provides is { } key)
                    brought.Add(key);
                woken.Add(row);
            }
            keys = [.. brought.Where(provided.Add)];
        }
        return woken;
    }

    private PushedRow<TRow> Open(KeptRow kept, DivisionTree today)
    {
        var content = seal.Open(kept.Sealed);
        var (message, digest) = (parser.ParseFrom(content), digests.Of(content)[..16]);
        if (Pusher.Read(kept.Pusher, kept.Source, today) is { } pusher)
            return new(message, kept.Source, kept.EventId, digest) { Caller = pusher };
        var orphan = new PushedRow<TRow>(message, kept.Source, kept.EventId, digest);
        orphan.Reject("row", "waited, and the division of its pusher is not known any more: push it under a new id");
        return orphan;
    }
}
