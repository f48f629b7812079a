using LeftBehind.Platform.Figures;

namespace LeftBehind.Platform.Tests;

public sealed class DelaysTests
{
    private static readonly short[] All = Measures.Of([], []);

    [Theory]
    [InlineData("within1h", "within1h", 1)]
    [InlineData("within1h", "within6h", 5, 5)]
    [InlineData("within6h", "within6h", 4, 5)]
    // The ninth of ten is within a day, and the tenth alone later than a week.
    [InlineData("within24h", "within24h", 3, 1, 5, 0, 0, 1)]
    [InlineData("within24h", "later", 3, 1, 4, 0, 0, 2)]
    [InlineData("later", "later", 0, 0, 0, 0, 0, 7)]
    public void The_median_and_the_ninth_decile_of_reports_lie_in_the_bucket_of_that_rank(string median, string p90, params int[] counts)
    {
        var delay = Assert.Single(Delays.Of(Cells("report.delay", CountReports.DelayBuckets, counts), All));
        Assert.Equal(("report.delay", counts.Sum(), median, p90), (delay.Dimension, delay.Counted, delay.Median, delay.P90));
    }

    [Fact]
    public void A_response_that_nobody_was_sent_to_has_no_delay()
    {
        Assert.Empty(Delays.Of(Cells("response.delay", CountReports.DispatchBuckets, 0, 0, 0, 0, 0, 4), All));
        var delay = Assert.Single(Delays.Of(Cells("response.delay", CountReports.DispatchBuckets, 2, 1, 0, 0, 0, 40), All));
        Assert.Equal((3, "within15m", "within1h"), (delay.Counted, delay.Median, delay.P90));
    }

    [Fact]
    public void Nothing_is_told_of_what_was_not_asked_for_or_is_not_shown() =>
        Assert.Empty(Delays.Of(Cells("report.delay", CountReports.DelayBuckets, 9), Measures.Of(["onFile"], [])));

    private static long[] Cells(string dimension, string[] buckets, params int[] counts)
    {
        var cells = Measures.NoFigures();
        foreach (var (bucket, count) in buckets.Zip(counts))
            cells[Measures.Find($"{dimension}.{bucket}")!.Value] = count;
        return cells;
    }
}
