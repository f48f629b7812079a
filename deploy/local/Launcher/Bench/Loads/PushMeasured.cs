using LeftBehind.Launcher.Bench.Meters;

namespace LeftBehind.Launcher.Bench.Loads;

/// <summary>A chunk pushed over one gRPC stream.</summary>
/// <param name="Chunk">Its number.</param>
/// <param name="Rows">Partner rows.</param>
/// <param name="Seconds">Until every batch was answered, or until the province's figures were exact.</param>
/// <param name="Spent">What it took meanwhile.</param>
internal sealed record PushMeasured(int Chunk, int Rows, double Seconds, Spent Spent)
{
    public double RowsPerSecond => Rows / Seconds;

    public double EventsPerSecond => Spent.Events / Seconds;
}
