using LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Figures;

/// <summary>
/// The median and the ninth decile of delays, read from histograms: the bucket in which the delay of that rank lies (nearest rank). Sums of
/// histograms are histograms, so every level's are exact to the bucket. Pure.
/// </summary>
internal static class Delays
{
    // From the shortest to the longest; a response that nobody was sent to has no delay yet.
    private static readonly (string Dimension, short[] Buckets)[] Dimensions =
    [
        ("report.delay", [.. CountReports.DelayBuckets.Select(b => Measures.Number(Measures.Report, "delay", b))]),
        ("response.delay", [.. CountReports.DispatchBuckets.SkipLast(1).Select(b => Measures.Number(Measures.Response, "delay", b))]),
    ];

    /// <summary>Of those histograms that are shown and count anything.</summary>
    public static IEnumerable<Delay> Of(long[] cells, short[] shown) =>
        from d in Dimensions
        let counted = d.Buckets.Sum(b => cells[b])
        where counted > 0 && Array.IndexOf(shown, d.Buckets[0]) >= 0
        select new Delay { Dimension = d.Dimension, Counted = counted, Median = BucketOf(cells, d.Buckets, counted, 50), P90 = BucketOf(cells, d.Buckets, counted, 90) };

    private static string BucketOf(long[] cells, short[] buckets, long counted, int percent)
    {
        var (rank, seen) = ((counted * percent + 99) / 100, 0L);
        var bucket = buckets.First(b => (seen += cells[b]) >= rank);
        return Measures.All[bucket].Split('.')[2];
    }
}
