using LeftBehind.Launcher.Bench.Loads;
using LeftBehind.Launcher.Bench.Meters;
using LeftBehind.Launcher.Bench.Peers;
using LeftBehind.Launcher.Bench.Reads;

namespace LeftBehind.Launcher.Bench.Results;

/// <summary>All that one run measured, as it is written to result.json.</summary>
internal sealed record BenchResult(Machine Machine, BenchProfile Profile, IReadOnlyList<string> Services)
{
    /// <summary>Pushed into an installation of Registry alone, whose facts nobody consumes.</summary>
    public List<PushMeasured> Ingest { get; } = [];

    /// <summary>Pushed into the whole installation.</summary>
    public List<PushMeasured> EndToEnd { get; } = [];

    public List<CopyMeasured> RawCopy { get; } = [];

    public List<AppendMeasured> MartenAppend { get; } = [];

    public List<LagMeasured> Lag { get; } = [];

    /// <summary>From a report of harm to the live list of the county's duty officer, beside pushes of 500 events a second.</summary>
    public Latencies? LiveReports { get; set; }

    public List<RebuildMeasured> Rebuilds { get; } = [];

    public List<ReadsMeasured> Reads { get; } = [];

    /// <summary>CPU milliseconds per second of each process while nobody calls; the part before the slash names the installation.</summary>
    public IReadOnlyDictionary<string, double> IdleCpu { get; set; } = new Dictionary<string, double>();

    public IReadOnlyList<Goal> Goals => Goal.Of(this);

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
