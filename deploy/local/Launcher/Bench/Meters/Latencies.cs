using HdrHistogram;

namespace LeftBehind.Launcher.Bench.Meters;

/// <summary>Percentiles of latencies, in milliseconds; each was taken from its intended start, so a stalled server hides nothing.</summary>
internal sealed record Latencies(long Count, long Failed, double P50, double P99, double Max)
{
    private const long LongestMicroseconds = 600_000_000;

    internal static Latencies Of(IEnumerable<long> microseconds, long failed = 0)
    {
        var histogram = new LongHistogram(LongestMicroseconds, 3);
        foreach (var value in microseconds)
            histogram.RecordValue(Math.Clamp(value, 1, LongestMicroseconds));
        return histogram.TotalCount == 0
            ? new(0, failed, 0, 0, 0)
            : new(histogram.TotalCount, failed, histogram.GetValueAtPercentile(50) / 1e3, histogram.GetValueAtPercentile(99) / 1e3, histogram.GetMaxValue() / 1e3);
    }
}
