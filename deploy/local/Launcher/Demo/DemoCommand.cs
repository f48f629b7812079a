using System.CommandLine;
using System.Diagnostics;
using LeftBehind.Divisions;
using LeftBehind.Launcher.Calls;
using LeftBehind.Population;
using LeftBehind.Population.Recounting;
using LeftBehind.Servers.Installations;
using LeftBehind.Servers.Processes;
using LeftBehind.Telemetry;

namespace LeftBehind.Launcher.Demo;

/// <summary>
/// ./lb demo: two partners push a county's people and a wave of changes over the wire; the bureau reads the figures of five
/// levels; everything is compared with an independent recount of the pushed rows, pushed again, and reconciled.
/// </summary>
internal static class DemoCommand
{
    private const string County = "431003";
    private const string Village = "431003101218";
    private const int Probes = 100;

    internal static Command Create()
    {
        var folder = LocalFolder.Option();
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 2016, Description = "Another seed gives other people" };
        var command = new Command("demo", "Push a county's people as two partners would, and read the figures") { folder, seed };
        command.SetAction((parsed, cancellation) =>
            RunAsync(Path.Combine(Path.GetFullPath(parsed.GetValue(folder)!), "demo"), parsed.GetValue(seed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string folder, int seed, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        FolderLock.TakeEmpty(folder).Dispose();
        await using var telemetry = await TelemetryReceiver.StartAsync();
        Say(watch, "starting PostgreSQL, RabbitMQ and six services with an empty store");
        var plan = new InstallationPlan(folder)
        {
            Settings = new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = telemetry.Endpoint, ["OTEL_BSP_SCHEDULE_DELAY"] = "500" },
        };
        // The people are drawn and counted while the servers start.
        var drawing = Task.Run(() => Draw(seed), cancellation);
        await using var installation = await Installation.StartAsync(plan, cancellation: cancellation);
        using var calls = LocalCalls.To(installation);
        var (population, recount) = await drawing;
        var story = new DemoStory(installation, calls, population, recount, watch);

        await story.PushAsync("first load", population.FirstLoad, cancellation);
        await story.PushAsync("wave of changes", population.Changes, cancellation);
        await story.WaitUntilCountedAsync(cancellation);
        story.ShowVerdicts();
        var events = await story.ShowEventsAsync(cancellation);
        var faults = await story.CompareAsync(cancellation);
        faults += await story.PushAgainAsync(events, cancellation);

        Console.WriteLine();
        await FiveLevels.ShowAsync(calls, Village, children: false, cancellation);
        Console.WriteLine("\nreconcile");
        faults += await ReconcileCommand.ShowAsync(calls, cancellation);
        var probe = new LagProbe(calls, County, Village);
        await DemoStory.ShowLagAsync(probe, Probes, cancellation);
        await DemoStory.ShowTraceAsync(await probe.PushPupilAsync(Probes, cancellation), telemetry, cancellation);
        Say(watch, faults == 0 ? "done: every figure is exact" : $"done, with {faults} faults");
        return faults == 0 ? 0 : 1;
    }

    private static (PopulationPlan Population, RecountedFigures Recount) Draw(int seed)
    {
        var tree = DivisionTree.Load(Path.Combine(Repository.Root, "deploy", "data", "divisions-2023.csv.gz"));
        var population = new PopulationPlan(tree, seed, WorkCalendar.DayOf(TimeProvider.System.GetUtcNow()));
        return (population, new Recount(tree, County, population.Today).Take(population.FirstLoad).Take(population.Changes).On(population.Today));
    }

    internal static void Say(Stopwatch watch, string what) => Console.WriteLine($"[{watch.Elapsed:mm\\:ss}] {what}");
}
