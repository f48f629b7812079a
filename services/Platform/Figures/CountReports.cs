using System.Text.Json;
using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Platform.Figures;

/// <summary>Which measures a report of harm, its response and a placement count in. Pure.</summary>
internal static class CountReports
{
    /// <summary>From the discovery to the report: a histogram, from which median and p90 of every level are read.</summary>
    private static readonly (TimeSpan Below, string Bucket)[] Delays =
    [
        (TimeSpan.FromHours(1), "within1h"), (TimeSpan.FromHours(6), "within6h"), (TimeSpan.FromHours(24), "within24h"), (TimeSpan.FromDays(3), "within3d"),
        (TimeSpan.FromDays(7), "within7d"),
    ];

    /// <summary>From the notice to the police to their being sent out.</summary>
    private static readonly (TimeSpan Below, string Bucket)[] Dispatches =
        [(TimeSpan.FromMinutes(15), "within15m"), (TimeSpan.FromHours(1), "within1h"), (TimeSpan.FromHours(6), "within6h"), (TimeSpan.FromHours(24), "within24h")];

    public static readonly string[] DelayBuckets = [.. Delays.Select(d => d.Bucket), Later], DispatchBuckets = [.. Dispatches.Select(d => d.Bucket), Later, NotYet];

    private const string Later = "later", NotYet = "notDispatched";

    public static void Of(List<short> cells, ReportFacts report)
    {
        cells.Add(Measures.Number(Measures.Report, "total", "all"));
        cells.Add(Measures.Number(Measures.Report, "situation", Word(report.Situation)));
        cells.Add(Measures.Number(Measures.Report, "category", report.Category is { } category ? Word(category) : "notCollected"));
        cells.Add(Measures.Number(Measures.Report, "reporter", report.Anonymous ? "anonymous" : Word(report.Reporter)));
        cells.Add(Measures.Number(Measures.Report, "urgency", Word(report.Urgency)));
        cells.Add(Measures.Number(Measures.Report, "state", Word(report.State)));
        cells.Add(Measures.Number(Measures.Report, "delay", In(Delays, report.ReportedAt - report.DiscoveredAt)));
    }

    public static void Of(List<short> cells, ResponseFacts response)
    {
        cells.Add(Measures.Number(Measures.Response, "total", "all"));
        cells.Add(Measures.Number(Measures.Response, "state", Word(response.State)));
        cells.Add(Measures.Number(Measures.Response, "delay", response.DispatchedAt is { } at ? In(Dispatches, at - response.PoliceNotifiedAt) : NotYet));
    }

    public static void Of(List<short> cells, PlacementFacts placement)
    {
        cells.Add(Measures.Number(Measures.Placement, "total", "all"));
        cells.Add(Measures.Number(Measures.Placement, "state", Word(placement.State)));
        cells.Add(Measures.Number(Measures.Placement, "ground", Word(placement.Ground)));
        cells.Add(Measures.Number(Measures.Placement, "place", Word(placement.Place)));
    }

    private static string In((TimeSpan Below, string Bucket)[] buckets, TimeSpan delay) => buckets.FirstOrDefault(b => delay < b.Below).Bucket ?? Later;

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
