using System.Diagnostics;
using System.Globalization;
using LeftBehind.Access;
using LeftBehind.Launcher.Calls;
using LeftBehind.Population;
using LeftBehind.Population.Phases;
using LeftBehind.Population.Recounting;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Servers.Installations;
using LeftBehind.Telemetry;
using Npgsql;
using Spectre.Console;

namespace LeftBehind.Launcher.Demo;

/// <summary>The chapters of the demo, each of which prints what it found and answers how many faults it saw.</summary>
internal sealed class DemoStory(Installation installation, LocalCalls calls, PopulationPlan population, RecountedFigures recount, Stopwatch watch)
{
    private const string Province = "43";
    private readonly List<(string Phase, string Source, PushRun Run)> pushed = [];

    /// <summary>Both partners push a phase, side by side.</summary>
    internal async Task PushAsync(string name, Phase phase, CancellationToken cancellation)
    {
        DemoCommand.Say(watch, $"{name}: two partners push");
        var (households, roll) = (new PushRun(), new PushRun());
        using var householdCall = calls.Registry.PushHouseholds(calls.As(Department.Partner, Role.Partner, population.CountyCode, phase.Households.Source, cancellation));
        using var rollCall = calls.Education.PushStudentRoll(calls.As(Department.Partner, Role.Partner, population.CountyCode, phase.Roll.Source, cancellation));
        var both = Task.WhenAll(households.PushAsync(householdCall, phase.Households.Batches), roll.PushAsync(rollCall, phase.Roll.Batches));
        while (!cancellation.IsCancellationRequested && await Task.WhenAny(both, Task.Delay(TimeSpan.FromSeconds(5), cancellation)) != both)
            DemoCommand.Say(watch, $"  {households.Rows + roll.Rows:N0} rows answered");
        await both;
        pushed.Add((name, phase.Households.Source, households));
        pushed.Add((name, phase.Roll.Source, roll));
        foreach (var run in (PushRun[])[households, roll])
            DemoCommand.Say(watch, $"  {run.Rows:N0} rows in {run.Took.TotalSeconds:F1} s ({run.Rows / run.Took.TotalSeconds:N0} rows/s)");
    }

    /// <summary>Waits until the province's figures stand still at the recount, or no longer move.</summary>
    internal async Task WaitUntilCountedAsync(CancellationToken cancellation)
    {
        var began = watch.Elapsed;
        var (last, still) = (-1L, 0);
        while (still < 40)
        {
            var (sequence, exact) = await ProvinceAsync(cancellation);
            if (exact)
                break;
            (last, still) = sequence == last ? (last, still + 1) : (sequence, 0);
            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellation);
        }
        DemoCommand.Say(watch, $"the province's figures stood still {(watch.Elapsed - began).TotalSeconds:F1} s after the last answer");
    }

    private async Task<(long Sequence, bool Exact)> ProvinceAsync(CancellationToken cancellation)
    {
        var figures = await calls.Platform.GetFiguresAsync(new() { DivisionCode = Province }, calls.Bureau(Province, cancellation));
        return (figures.AsOfSequence, Differences(Province, figures.Division).Count == 0);
    }

    internal void ShowVerdicts()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("phase", "source");
        foreach (var head in (string[])["applied", "unchanged", "superseded", "waiting", "rejected", "repeated", "rows"])
            table.AddColumn(head, c => c.RightAligned());
        foreach (var (phase, source, run) in pushed)
            table.AddRow([phase, source, .. ((Verdict[])[Verdict.Applied, Verdict.Unchanged, Verdict.Superseded, Verdict.Waiting, Verdict.Rejected])
                .Select(v => N(run.Verdicts.GetValueOrDefault(v))), N(run.Repeated), N(run.Rows)]);
        AnsiConsole.Write(table);
    }

    /// <summary>Prints the events of each service's store and answers how many of all came of rows.</summary>
    internal async Task<long> ShowEventsAsync(CancellationToken cancellation)
    {
        var counts = await EventsAsync(cancellation);
        Console.WriteLine("events: " + string.Join(", ", counts.Select(c => $"{c.Service} {N(c.Events)}")));
        return counts.Sum(c => c.OfRows);
    }

    /// <summary>Every division with anybody in it, at all five levels, against the independent recount.</summary>
    internal async Task<long> CompareAsync(CancellationToken cancellation)
    {
        var differences = new List<string>();
        // Asked as the county at most: who works in a village is shown no grade of its children.
        foreach (var code in recount.Divisions.Order(StringComparer.Ordinal))
            differences.AddRange(Differences(code, (await calls.Platform.GetFiguresAsync(new() { DivisionCode = code }, calls.Bureau(code.Length > 6 ? code[..6] : code, cancellation))).Division));
        DemoCommand.Say(watch, $"{recount.Divisions.Count} divisions at five levels compared with the recount of the pushed rows: {differences.Count} differences");
        foreach (var difference in differences.Take(20))
            Console.WriteLine($"  {difference}");
        return differences.Count;
    }

    /// <summary>Everything again: no verdict is new, no event is appended, no figure moves.</summary>
    internal async Task<long> PushAgainAsync(long eventsBefore, CancellationToken cancellation)
    {
        var before = pushed.Count;
        await PushAsync("everything again", population.FirstLoad, cancellation);
        await PushAsync("everything again", population.Changes, cancellation);
        var fresh = pushed.Skip(before).Sum(p => p.Run.Rows - p.Run.Repeated - p.Run.Verdicts.GetValueOrDefault(Verdict.Rejected));
        var appended = (await EventsAsync(cancellation)).Sum(c => c.OfRows) - eventsBefore;
        DemoCommand.Say(watch, $"pushed again: {fresh} new verdicts, {appended} events appended");
        return fresh + appended;
    }

    /// <summary>The lag from push to province figure.</summary>
    internal static async Task ShowLagAsync(LagProbe probe, int pushes, CancellationToken cancellation)
    {
        var lags = await probe.MeasureAsync(pushes, cancellation);
        Console.WriteLine($"\nlag from push to province figure over {pushes} pushes: p50 {lags[pushes / 2]:F0} ms, p99 {lags[pushes * 99 / 100]:F0} ms");
    }

    /// <summary>The spans of one push, as the services sent them; its database calls are only counted.</summary>
    internal static async Task ShowTraceAsync(string trace, TelemetryReceiver telemetry, CancellationToken cancellation)
    {
        var limit = Stopwatch.StartNew();
        // Each service sends its spans when it has gathered some: the last to come need not be the last to happen.
        while (!IsWhole(telemetry.Spans.Where(s => s.TraceId == trace)) && limit.Elapsed < TimeSpan.FromSeconds(15))
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
        var spans = telemetry.Spans.Where(s => s.TraceId == trace).OrderBy(s => s.Start).ToList();
        Console.WriteLine($"one push is one trace, {trace}: {spans.Count} spans, {spans.Count(IsDatabase)} of them database calls");
        foreach (var span in spans.Where(s => !IsDatabase(s)))
            Console.WriteLine($"  +{(span.Start - spans[0].Start).TotalMilliseconds,6:F1} ms  {span.Service,-22} {span.Name} ({span.Duration.TotalMilliseconds:F1} ms)");
    }

    /// <summary>From the call that pushed to a fold of figures, over three services or more.</summary>
    private static bool IsWhole(IEnumerable<ReceivedSpan> spans) =>
        spans.ToLookup(s => s.Service) is { Count: >= 3 } services && new[] { "POST ", "fold figures" }.All(
            name => services.Any(s => s.Any(span => span.Name.StartsWith(name, StringComparison.Ordinal))));

    private static bool IsDatabase(ReceivedSpan span) => span.Name.StartsWith("postgresql", StringComparison.Ordinal);

    private List<string> Differences(string code, Protos.Platform.V1.DivisionFigures shown)
    {
        var figures = shown.Figures.ToDictionary(f => f.Measure, f => f.Value, StringComparer.Ordinal);
        return [.. recount.Of(code).Where(r => figures.GetValueOrDefault(r.Key) != r.Value)
            .Select(r => $"{code} {r.Key}: figure {figures.GetValueOrDefault(r.Key)}, recount {r.Value}")];
    }

    /// <summary>The events of each store, and those that came of a row: days turn and duplicates are suspected by themselves, meanwhile.</summary>
    private async Task<List<(string Service, long Events, long OfRows)>> EventsAsync(CancellationToken cancellation)
    {
        var counts = new List<(string, long, long)>();
        foreach (var service in installation.Services.Select(s => s.Service))
        {
            await using var database = NpgsqlDataSource.Create(installation.StoreOf(service));
            await using var find = database.CreateCommand("select schemaname from pg_tables where tablename = 'mt_events'");
            var schema = (string)(await find.ExecuteScalarAsync(cancellation))!;
            await using var count = database.CreateCommand($"select count(*), count(*) filter (where headers->>'source' is not null) from {schema}.mt_events");
            await using var counted = await count.ExecuteReaderAsync(cancellation);
            await counted.ReadAsync(cancellation);
            counts.Add((service, counted.GetInt64(0), counted.GetInt64(1)));
        }
        return counts;
    }

    private static string N(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
