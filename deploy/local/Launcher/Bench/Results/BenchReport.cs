using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LeftBehind.Launcher.Bench.Loads;
using LeftBehind.Launcher.Bench.Meters;

namespace LeftBehind.Launcher.Bench.Results;

/// <summary>A result as JSON and as Markdown tables.</summary>
internal static class BenchReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    internal static async Task WriteAsync(BenchResult run, string folder, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "result.json"), JsonSerializer.Serialize(run, Json) + "\n", cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "result.md"), Markdown(run), cancellation);
    }

    internal static string Markdown(BenchResult run)
    {
        var text = new StringBuilder();
        var machine = run.Machine;
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{run.Profile.Children:N0} children, {run.Ingest.Sum(i => i.Rows):N0} partner rows, {run.Ingest.Sum(i => i.Spent.Events):N0} events; {machine.Date:yyyy-MM-dd HH:mm} UTC, commit {machine.Commit}{(machine.SourceChanged ? " with changes" : "")}, {machine.Cores} cores ({machine.Processor}); services: {string.Join(", ", run.Services)}");
        Table(text, ["throughput", "median", "min", "of"],
        [
            Rates("ingest alone, partner rows/s", run.Ingest.Select(i => i.RowsPerSecond)),
            Rates("ingest alone, events/s", run.Ingest.Select(i => i.EventsPerSecond)),
            Rates("end to end until the province is exact, partner rows/s", run.EndToEnd.Select(i => i.RowsPerSecond)),
            Rates("end to end until the province is exact, events/s", run.EndToEnd.Select(i => i.EventsPerSecond)),
            Rates("raw COPY into the same tables, partner rows/s", run.RawCopy.Select(c => c.PartnerRowsPerSecond)),
            Rates("rebuild of all figures, compared and switched, events/s", run.Rebuilds.Select(r => r.EventsPerSecond)),
            Rates("one GROUP BY over the same events, events/s", run.Rebuilds.Select(r => r.Events / r.GroupBySeconds)),
            Rates("bare Marten append, events/s", run.MartenAppend.Select(a => a.EventsPerSecond)),
        ]);
        Table(text, ["per event (median of chunks)", "ingest alone", "end to end", .. run.Lag.Select(l => $"open loop, {l.WantedEventsPerSecond:N0}/s")],
        [
            PerEvent(run, "WAL bytes", s => s.WalBytesPerEvent),
            PerEvent(run, "statements", s => s.StatementsPerEvent),
            .. Processes(run).Select(p => PerEvent(run, $"CPU ms per 1,000 events, {p}", s => s.CpuPerThousandEvents.TryGetValue(p, out var cpu) ? cpu : null)),
        ]);
        Table(text, ["open loop", "rate/s", "n", "failed", "p50 ms", "p99 ms", "max ms"],
        [
            .. run.Lag.Select(l => Row($"batch answered at {l.WantedEventsPerSecond:N0} events/s", l.EventsPerSecond, l.Answer)),
            .. run.Lag.Select(l => Row($"lag to the province figure at {l.WantedEventsPerSecond:N0} events/s", l.EventsPerSecond, l.Lag)),
            .. run.LiveReports is { } live ? [Row("report to the live list", 20, live)] : Array.Empty<string[]>(),
            .. run.Reads.Select(r => Row($"GetFigures, turn {r.Round}", BenchProfile.ReadsPerSecond, r.GetFigures)),
            .. run.Reads.Select(r => Row($"empty gRPC call, turn {r.Round}", BenchProfile.ReadsPerSecond, r.EmptyCall)),
            .. run.Reads.Select(r => Row($"pgbench's same SELECT, turn {r.Round}", BenchProfile.ReadsPerSecond, r.PgBench)),
        ]);
        Table(text, ["idle process", "CPU ms per second"], [.. run.IdleCpu.Select(c => (string[])[c.Key, F(c.Value)])]);
        Table(text, ["goal", "wanted", "measured", ""], [.. run.Goals.Select(g => (string[])[g.Name, g.Wanted, F(g.Measured), g.Reached ? "reached" : "**missed**"])]);
        return text.ToString();
    }

    private static void Table(StringBuilder text, string[] heads, string[][] rows)
    {
        text.AppendLine().AppendLine($"| {string.Join(" | ", heads)} |").AppendLine($"|{string.Join('|', heads.Select((_, i) => i == 0 ? "---" : "--:"))}|");
        foreach (var row in rows)
            text.AppendLine($"| {string.Join(" | ", row)} |");
    }

    private static string[] Rates(string name, IEnumerable<double> rates)
    {
        var all = rates.ToList();
        return [name, N(BenchResult.Median(all)), N(all.DefaultIfEmpty(double.NaN).Min()), string.Join(", ", all.Select(N))];
    }

    private static string[] Row(string name, double rate, Latencies l) =>
        [name, N(rate), N(l.Count), N(l.Failed), F(l.P50), F(l.P99), F(l.Max)];

    private static IEnumerable<string> Processes(BenchResult run) => run.EndToEnd.Concat(run.Ingest).SelectMany(p => p.Spent.CpuMilliseconds.Keys).Distinct();

    private static string[] PerEvent(BenchResult run, string name, Func<Spent, double?> value) =>
    [
        name, .. new[] { run.Ingest, run.EndToEnd }.Select(pushes => BenchResult.Median(pushes.Select(p => value(p.Spent)).OfType<double>()))
            .Concat(run.Lag.Select(l => value(l.Spent) ?? double.NaN)).Select(v => double.IsNaN(v) ? "" : F(v)),
    ];

    private static string N(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string F(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
