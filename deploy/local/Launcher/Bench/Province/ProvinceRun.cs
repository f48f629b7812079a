using System.Diagnostics;
using LeftBehind.Divisions;
using LeftBehind.Launcher.Bench.Results;
using LeftBehind.Launcher.Calls;
using LeftBehind.Servers.Installations;
using LeftBehind.Servers.Processes;

namespace LeftBehind.Launcher.Bench.Province;

/// <summary>
/// ./lb bench --province: Registry alone is filled with a province's children, county by county. What a pushed batch costs, and
/// its comparison with all files, is measured while there are few and again once all are there; then a night on which all are due.
/// </summary>
internal static class ProvinceRun
{
    internal const int Children = 700_000;
    private const int Few = 10_000;
    private static readonly TimeSpan MostOfASweep = TimeSpan.FromSeconds(60);
    private const double MostMegabytes = 500, MostGrowth = 1.5;

    internal static async Task RunAsync(string folder, int children, CancellationToken cancellation)
    {
        using var mine = FolderLock.Take(folder);
        var data = Path.Combine(folder, "province");
        if (Directory.Exists(data))
            Directory.Delete(data, recursive: true);
        var watch = Stopwatch.StartNew();
        var tree = DivisionTree.Load(Path.Combine(Repository.Root, "deploy", "data", "divisions-2023.csv.gz"));
        // Nobody pushes while files are compared here, so the comparison need not rest.
        var plan = new InstallationPlan(data) { Services = ["Registry"], Settings = new Dictionary<string, string?> { ["Registry__RestForMatching"] = "0" } };
        await using var registry = await Installation.StartAsync(plan, cancellation: cancellation);
        using var calls = LocalCalls.To(registry);
        await using var filled = new FilledProvince(tree, calls, registry);

        var probe = new BatchProbe(filled, registry);
        await filled.FillAsync(Math.Min(Few, children), cancellation);
        await filled.ComparedAsync(cancellation);
        Say(watch, $"{filled.Children:N0} children on file and compared");
        // Just-in-time compilation is no cost of growth.
        await probe.MeasureAsync(cancellation);
        var few = await probe.MeasureAsync(cancellation);
        Say(watch, few.ToString());

        await filled.FillAsync(children, cancellation, said => Say(watch, said));
        await filled.ComparedAsync(cancellation, said => Say(watch, said));
        Say(watch, $"{filled.Children:N0} children on file and compared");
        var all = await probe.MeasureAsync(cancellation);
        Say(watch, all.ToString());

        var sweep = await SweepMeasured.OfAsync(filled, registry, cancellation);
        Say(watch, sweep.ToString());
        Console.WriteLine(Report(few, all, sweep));
    }

    private static string Report(BatchMeasured few, BatchMeasured all, SweepMeasured sweep)
    {
        var machine = Machine.Now();
        return $"""

            {all.Children:N0} children; {machine.Date:yyyy-MM-dd HH:mm} UTC, commit {machine.Commit}{(machine.SourceChanged ? " with changes" : "")}, {machine.Cores} cores ({machine.Processor})

            | a pushed batch of 1,000 rows | {few.Children:N0} children | {all.Children:N0} children | ratio |
            |---|--:|--:|--:|
            | taken, CPU ms of Registry and PostgreSQL | {few.Taken.Cpu:F0} | {all.Taken.Cpu:F0} | {all.Taken.Cpu / few.Taken.Cpu:F2} |
            | its files compared with all files, CPU ms | {few.Compared.Cpu:F0} | {all.Compared.Cpu:F0} | {all.Compared.Cpu / few.Compared.Cpu:F2} |
            | taken, ms | {few.Taken.Milliseconds:F0} | {all.Taken.Milliseconds:F0} | {all.Taken.Milliseconds / few.Taken.Milliseconds:F2} |
            | compared, ms | {few.Compared.Milliseconds:F0} | {all.Compared.Milliseconds:F0} | {all.Compared.Milliseconds / few.Compared.Milliseconds:F2} |

            | goal | wanted | measured | |
            |---|--:|--:|--:|
            | taking and comparing a batch, CPU, growth | ≤ {MostGrowth} | {all.Cpu / few.Cpu:F2} | {Reached(all.Cpu / few.Cpu <= MostGrowth)} |
            | sweep of {sweep.Files:N0} due files | < {MostOfASweep.TotalSeconds} s | {sweep.Took.TotalSeconds:F1} s | {Reached(sweep.Took < MostOfASweep)} |
            | memory of Registry at its most while sweeping | < {MostMegabytes} MB | {sweep.Megabytes:F0} MB | {Reached(sweep.Megabytes < MostMegabytes)} |
            """;
    }

    private static string Reached(bool reached) => reached ? "reached" : "**missed**";

    private static void Say(Stopwatch watch, string what) => Console.WriteLine($"[{watch.Elapsed:mm\\:ss}] {what}");
}
