using Google.Protobuf;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.Population.Phases;

/// <summary>Rows that belong together, sent one after another, and a row of theirs that comes late, in a later batch.</summary>
internal sealed record Parcel<TRow>(IEnumerable<SentRow<TRow>> Rows, SentRow<TRow>? Late = null) where TRow : IMessage<TRow>;

/// <summary>How rows are marked and put in order.</summary>
internal static class Sending
{
    public static SentRow<T> Applied<T>(this T row) where T : IMessage<T> => new(row, Verdict.Applied, false, Verdict.Applied);

    public static SentRow<T> Unchanged<T>(this T row) where T : IMessage<T> => new(row, Verdict.Unchanged, false, Verdict.Unchanged);

    public static SentRow<T> Superseded<T>(this T row) where T : IMessage<T> => new(row, Verdict.Superseded, false, Verdict.Superseded);

    public static SentRow<T> Rejected<T>(this T row) where T : IMessage<T> => new(row, Verdict.Rejected, false, Verdict.Rejected);

    /// <summary>Waits until the late row of its parcel comes, and is applied then.</summary>
    public static SentRow<T> Waits<T>(this T row) where T : IMessage<T> => new(row, Verdict.Waiting, false, Verdict.Applied);

    /// <summary>Waits for something that never comes.</summary>
    public static SentRow<T> WaitsForEver<T>(this T row) where T : IMessage<T> => new(row, Verdict.Waiting, false, Verdict.Waiting);

    /// <summary>The same row with the same id again: its first verdict, and not counted again.</summary>
    public static SentRow<T> Again<T>(this T row, Verdict first = Verdict.Applied) where T : IMessage<T> => new(row, first, true, null);

    /// <summary>An id that was used before, with other content: rejected, and the ledger keeps the first.</summary>
    public static SentRow<T> UsedId<T>(this T row) where T : IMessage<T> => new(row, Verdict.Rejected, false, null);

    /// <summary>Sends parcels one after another; a late row follows when a whole batch has been sent after its parcel.</summary>
    public static IEnumerable<SentRow<T>> InOrder<T>(IEnumerable<Parcel<T>> parcels, int batchSize) where T : IMessage<T>
    {
        var late = new Queue<(long Due, SentRow<T> Row)>();
        long sent = 0;
        foreach (var parcel in parcels)
        {
            foreach (var row in parcel.Rows)
            {
                sent++;
                yield return row;
            }
            if (parcel.Late is { } straggler)
                late.Enqueue((sent + batchSize, straggler));
            while (late.TryPeek(out var next) && next.Due <= sent)
            {
                sent++;
                yield return late.Dequeue().Row;
            }
        }
        if (late.Count > 0)
            throw new InvalidOperationException("A late row has nothing to come after.");
    }
}
