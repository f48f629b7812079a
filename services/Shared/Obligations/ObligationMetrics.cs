using System.Diagnostics.Metrics;

namespace LeftBehind.Obligations;

/// <summary>What operations watch of duties: how many came at risk, were missed, and were brought before the level above.</summary>
internal static class ObligationMetrics
{
    private static readonly Meter Meter = new("LeftBehind.Obligations");

    /// <summary>Since the process started, by change and schema, counted once committed.</summary>
    public static readonly Counter<long> Turned = Meter.CreateCounter<long>("leftbehind.obligation.turned");
}
