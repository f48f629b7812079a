using LeftBehind.Launcher.Bench.Meters;

namespace LeftBehind.Launcher.Bench.Loads;

/// <summary>Small pushes in an open loop.</summary>
/// <param name="WantedEventsPerSecond">Registry events the schedule asks for.</param>
/// <param name="EventsPerSecond">Registry events that were appended.</param>
/// <param name="Answer">From the intended push of a batch to its verdicts.</param>
/// <param name="Lag">From the intended push of a child to the province figure that counts it.</param>
/// <param name="Spent">What it took meanwhile.</param>
internal sealed record LagMeasured(int WantedEventsPerSecond, double EventsPerSecond, Latencies Answer, Latencies Lag, Spent Spent);
