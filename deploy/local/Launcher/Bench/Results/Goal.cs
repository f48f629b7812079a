namespace LeftBehind.Launcher.Bench.Results;

/// <summary>A goal of the architecture, mostly a ratio within one run, and what was measured.</summary>
internal sealed record Goal(string Name, string Wanted, double Limit, double Measured, bool Reached)
{
    private const double EndToEndOfIngest = 0.35, IngestOfCopy = 0.3, LagAt500 = 500, ReadsOfFloor = 3, LiveWithin = 1_000, RebuiltASecond = 20_000;

    internal static IReadOnlyList<Goal> Of(BenchResult run) =>
    [
        AtLeast("end to end / ingest alone (events/s)", EndToEndOfIngest,
            BenchResult.Median(run.EndToEnd.Zip(run.Ingest, (whole, alone) => whole.EventsPerSecond / alone.EventsPerSecond))),
        AtLeast("ingest alone / raw COPY (partner rows/s)", IngestOfCopy,
            BenchResult.Median(run.Ingest.Select(i => i.RowsPerSecond)) / BenchResult.Median(run.RawCopy.Select(c => c.PartnerRowsPerSecond))),
        AtMost("lag p99 at 500 events/s (ms)", LagAt500, run.Lag.Where(l => l.WantedEventsPerSecond == 500).Select(l => l.Lag.P99).FirstOrDefault(double.NaN)),
        AtMost("a report to the live list, p99 beside 500 events/s (ms)", LiveWithin, run.LiveReports?.P99 ?? double.NaN),
        AtMost("GetFigures p99 / (pgbench p99 + empty call p99)", ReadsOfFloor,
            BenchResult.Median(run.Reads.Select(r => r.GetFigures.P99 / (r.PgBench.P99 + r.EmptyCall.P99)))),
        AtLeast("rebuild of all figures (events/s)", RebuiltASecond, BenchResult.Median(run.Rebuilds.Select(r => r.EventsPerSecond))),
    ];

    private static Goal AtLeast(string name, double limit, double measured) => new(name, $"≥ {limit}", limit, measured, measured >= limit);

    private static Goal AtMost(string name, double limit, double measured) => new(name, $"≤ {limit}", limit, measured, measured <= limit);
}
