using Google.Protobuf;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.Population.Phases;

/// <summary>A row with what becomes of it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Answer">The verdict of its batch's answer.</param>
/// <param name="Repeated">The very row was sent before: its first verdict is repeated.</param>
/// <param name="Ledger">Under which verdict the ledger counts it in the end; null when it is not counted (its id was counted before).</param>
public sealed record SentRow<TRow>(TRow Row, Verdict Answer, bool Repeated, Verdict? Ledger) where TRow : IMessage<TRow>;

/// <summary>What one source pushes in one phase. Each enumeration makes the same rows again; nothing is held.</summary>
/// <param name="source">The source system, as the partner's token names it.</param>
/// <param name="rows">The rows in the order of sending.</param>
/// <param name="batchOf">Makes a batch of an id and rows.</param>
/// <param name="batchSize">The most rows of a batch.</param>
/// <param name="prefix">Prefix of the batch ids.</param>
public sealed class Feed<TBatch, TRow>(
    string source, Func<IEnumerable<SentRow<TRow>>> rows, Func<string, IEnumerable<TRow>, TBatch> batchOf, int batchSize, string prefix)
    where TRow : IMessage<TRow>
{
    /// <summary>The source system.</summary>
    public string Source => source;

    /// <summary>Rows with what is expected of each, in the order of sending.</summary>
    public IEnumerable<SentRow<TRow>> Rows => rows();

    /// <summary>The batches to push, in this order.</summary>
    public IEnumerable<TBatch> Batches => rows().Chunk(batchSize).Select((chunk, i) => batchOf($"{prefix}-{i + 1:D6}", chunk.Select(r => r.Row)));

    /// <summary>Verdicts of the answers when the batches are pushed in order, one stream: every row counts, a repeated one under its first verdict.</summary>
    public VerdictCounts Answers => VerdictCounts.Of(rows().Select(r => r.Answer), rows().Count(r => r.Repeated));

    /// <summary>What this phase adds to the source's ledger in the end: each id once, rows that waited under what became of them.</summary>
    public VerdictCounts Ledger => VerdictCounts.Of(rows().Select(r => r.Ledger).OfType<Verdict>(), 0);
}

/// <summary>How many rows got which verdict. Repeated ones are counted under their verdict too.</summary>
public sealed record VerdictCounts(long Applied, long Unchanged, long Superseded, long Waiting, long Rejected, long Repeated)
{
    /// <summary>All rows.</summary>
    public long Received => Applied + Unchanged + Superseded + Waiting + Rejected;

    /// <summary>Counts of two phases together.</summary>
    public static VerdictCounts operator +(VerdictCounts one, VerdictCounts other) => new(
        one.Applied + other.Applied, one.Unchanged + other.Unchanged, one.Superseded + other.Superseded,
        one.Waiting + other.Waiting, one.Rejected + other.Rejected, one.Repeated + other.Repeated);

    /// <inheritdoc cref="op_Addition"/>
    public static VerdictCounts Add(VerdictCounts left, VerdictCounts right) => left + right;

    internal static VerdictCounts Of(IEnumerable<Verdict> verdicts, long repeated)
    {
        var n = new long[6];
        foreach (var verdict in verdicts)
            n[(int)verdict]++;
        return new(n[1], n[2], n[3], n[4], n[5], repeated);
    }
}
