using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LeftBehind.Pages;

/// <summary>What operations watch of the page path.</summary>
public static class PageMetrics
{
    /// <summary>Meter and activity source of the page path.</summary>
    public const string Name = "LeftBehind.Pages";

    internal static readonly ActivitySource Spans = new(Name);
    private static readonly Meter Meter = new(Name);
    internal static readonly Counter<long> PagesRelayed = Meter.CreateCounter<long>("leftbehind.relay.pages");
    internal static readonly Counter<long> FactsRelayed = Meter.CreateCounter<long>("leftbehind.relay.facts");
    internal static readonly Counter<long> FactsHandled = Meter.CreateCounter<long>("leftbehind.lane.facts");
    internal static readonly Counter<long> PagesRepeated = Meter.CreateCounter<long>("leftbehind.lane.pages.repeated");
    internal static readonly Counter<long> PagesReplayed = Meter.CreateCounter<long>("leftbehind.lane.pages.replayed");
    internal static readonly Counter<long> FactsParked = Meter.CreateCounter<long>("leftbehind.lane.parked");
    internal static readonly Counter<long> LanesStopped = Meter.CreateCounter<long>("leftbehind.lane.stopped");
}
