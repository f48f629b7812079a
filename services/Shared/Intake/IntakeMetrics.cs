using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LeftBehind.Intake;

internal static class IntakeMetrics
{
    public const string Name = "LeftBehind.Intake";
    public static readonly ActivitySource Spans = new(Name);
    private static readonly Meter Meter = new(Name);
    public static readonly Counter<long> Rows = Meter.CreateCounter<long>("leftbehind.intake.rows");
}
