using LeftBehind.Launcher.Bench.Meters;

namespace LeftBehind.Launcher.Bench.Reads;

/// <summary>One turn of the three reads, each at the same rate.</summary>
internal sealed record ReadsMeasured(int Round, Latencies GetFigures, Latencies EmptyCall, Latencies PgBench);
