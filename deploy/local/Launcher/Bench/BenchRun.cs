using System.Diagnostics;
using LeftBehind.Divisions;
using LeftBehind.Launcher.Bench.Loads;
using LeftBehind.Launcher.Bench.Meters;
using LeftBehind.Launcher.Bench.Peers;
using LeftBehind.Launcher.Bench.Reads;
using LeftBehind.Launcher.Bench.Results;
using LeftBehind.Launcher.Calls;
using LeftBehind.Servers.Installations;
using LeftBehind.Servers.Processes;

namespace LeftBehind.Launcher.Bench;

/// <summary>
/// One run: two installations side by side, Registry alone and all services; chunk by chunk into the one, then into the other,
/// with the peers in between; then lag, then reads. Whatever is not measured idles meanwhile, and what idling costs is told.
/// </summary>
internal static class BenchRun
{
    private static readonly TimeSpan IdleWatch = TimeSpan.FromSeconds(5);

    internal static async Task RunAsync(string folder, BenchProfile profile, CancellationToken cancellation)
    {
        using var mine = FolderLock.Take(folder);
        foreach (var part in new[] { "ingest", "whole", "scratch" }.Select(p => Path.Combine(folder, p)).Where(Directory.Exists))
            Directory.Delete(part, recursive: true);
        var watch = Stopwatch.StartNew();
        Say(watch, $"drawing {profile.Children:N0} children");
        var tree = DivisionTree.Load(Path.Combine(Repository.Root, "deploy", "data", "divisions-2023.csv.gz"));
        var chunks = BenchPopulation.Draw(tree, profile);
        Say(watch, $"{chunks.Sum(c => c.Rows):N0} rows; starting two installations with empty stores");
        await using var ingest = await Installation.StartAsync(new(Path.Combine(folder, "ingest")) { Services = ["Registry"] }, cancellation: cancellation);
        await using var whole = await Installation.StartAsync(new(Path.Combine(folder, "whole")), cancellation: cancellation);
        var run = new BenchResult(Machine.Now(), profile, [.. whole.Services.Select(s => s.Service)]);

        await PushAsync(run, chunks, ingest, whole, Path.Combine(folder, "scratch"), watch, cancellation);
        await ReadAsync(run, profile, tree, whole, Path.Combine(folder, "scratch"), watch, cancellation);
        await RebuildAsync(run, whole, watch, cancellation);
        run.IdleCpu = await IdleAsync(ingest, whole, cancellation);
        await BenchReport.WriteAsync(run, folder, cancellation);
        Say(watch, $"done; {Path.Combine(folder, "result.json")}\n");
        Console.WriteLine(BenchReport.Markdown(run));
    }

    private static async Task PushAsync(
        BenchResult run, List<BenchChunk> chunks, Installation ingest, Installation whole, string scratch, Stopwatch watch, CancellationToken cancellation)
    {
        await using var ingestMeter = await InstallationMeter.OfAsync(ingest, cancellation);
        await using var wholeMeter = await InstallationMeter.OfAsync(whole, cancellation);
        using var ingestCalls = LocalCalls.To(ingest);
        using var wholeCalls = LocalCalls.To(whole);
        foreach (var chunk in chunks)
        {
            run.Ingest.Add(await new ChunkPush(ingestCalls, ingestMeter).IngestAsync(chunk, cancellation));
            Say(watch, $"chunk {chunk.Number} alone: {run.Ingest[^1].RowsPerSecond:N0} rows/s, {run.Ingest[^1].EventsPerSecond:N0} events/s");
            run.EndToEnd.Add(await new ChunkPush(wholeCalls, wholeMeter).ToFiguresAsync(chunk, cancellation));
            Say(watch, $"chunk {chunk.Number} end to end: {run.EndToEnd[^1].RowsPerSecond:N0} rows/s, {run.EndToEnd[^1].EventsPerSecond:N0} events/s, province exact");
            if (BenchProfile.PeersFollow(chunk.Number))
                await PeersAsync(run, chunk.Number, ingest.StoreOf("Registry"), scratch, watch, cancellation);
        }
        foreach (var rate in BenchProfile.LagRates)
        {
            var load = new LagLoad(wholeCalls, wholeMeter, Villages(chunks).First(), $"bench-lag-{rate}");
            run.Lag.Add(await load.MeasureAsync(rate, run.Profile.Duration, cancellation));
            Say(watch, $"lag at {run.Lag[^1].EventsPerSecond:N0} events/s: answered p99 {run.Lag[^1].Answer.P99:F0} ms, counted p50 {run.Lag[^1].Lag.P50:F0} ms, p99 {run.Lag[^1].Lag.P99:F0} ms");
        }
        await LiveAsync(run, Villages(chunks).First(), wholeCalls, wholeMeter, watch, cancellation);
    }

    private static async Task LiveAsync(BenchResult run, string village, LocalCalls calls, InstallationMeter meter, Stopwatch watch, CancellationToken cancellation)
    {
        // The first reports pay for compilation.
        await new LiveLoad(calls, village).MeasureAsync(TimeSpan.FromSeconds(3), cancellation);
        var pushes = new LagLoad(calls, meter, village, "bench-live").MeasureAsync(BenchProfile.LagRates[0], run.Profile.Duration, cancellation);
        run.LiveReports = await new LiveLoad(calls, village).MeasureAsync(run.Profile.Duration, cancellation);
        await pushes;
        Say(watch, $"reports to the live list: p50 {run.LiveReports.P50:F0} ms, p99 {run.LiveReports.P99:F0} ms");
    }

    private static async Task PeersAsync(BenchResult run, int chunk, string store, string scratch, Stopwatch watch, CancellationToken cancellation)
    {
        run.RawCopy.Add(await new RawCopy(store, scratch).MeasureAsync(chunk, run.Ingest.Sum(i => i.Rows), cancellation));
        Say(watch, $"raw COPY of {run.RawCopy[^1].TableRows:N0} rows of {run.RawCopy[^1].Tables} tables: {run.RawCopy[^1].PartnerRowsPerSecond:N0} partner rows/s");
        run.MartenAppend.Add(await MartenAppend.MeasureAsync(store, chunk, cancellation));
        Say(watch, $"bare Marten append: {run.MartenAppend[^1].EventsPerSecond:N0} events/s");
    }

    private static async Task ReadAsync(
        BenchResult run, BenchProfile profile, DivisionTree tree, Installation whole, string scratch, Stopwatch watch, CancellationToken cancellation)
    {
        var targets = ReadTarget.Of(tree);
        using var calls = LocalCalls.To(whole);
        using var figures = new FigureReads(whole["Platform"].Grpc, calls, targets);
        using var floor = await GrpcFloor.StartAsync(cancellation);
        var pgbench = new PgBench(whole.StoreOf("Platform"), scratch, targets);
        // Connections and just-in-time compilation are no read's latency.
        await figures.RunAsync(TimeSpan.FromSeconds(5));
        await floor.RunAsync(TimeSpan.FromSeconds(5));
        for (var round = 1; round <= BenchProfile.ReadRounds; round++)
        {
            run.Reads.Add(new(round, await figures.RunAsync(profile.Duration), await floor.RunAsync(profile.Duration), await pgbench.RunAsync(profile.Duration, cancellation)));
            Say(watch, $"reads, turn {round}: GetFigures p99 {run.Reads[^1].GetFigures.P99:F1} ms, empty call {run.Reads[^1].EmptyCall.P99:F1} ms, pgbench {run.Reads[^1].PgBench.P99:F1} ms");
        }
    }

    private static async Task RebuildAsync(BenchResult run, Installation whole, Stopwatch watch, CancellationToken cancellation)
    {
        using var calls = LocalCalls.To(whole);
        for (var turn = 1; turn <= BenchProfile.Rebuilds; turn++)
        {
            run.Rebuilds.Add(await RebuildMeasured.MeasureAsync(calls, whole.StoreOf("Platform"), cancellation));
            Say(watch, $"rebuild, turn {turn}: {run.Rebuilds[^1].EventsPerSecond:N0} events/s ({run.Rebuilds[^1].FoldSeconds:F1} of {run.Rebuilds[^1].Seconds:F1} s fold), GROUP BY {run.Rebuilds[^1].GroupBySeconds:F1} s, {run.Rebuilds[^1].Differences} differences");
        }
    }

    private static async Task<IReadOnlyDictionary<string, double>> IdleAsync(Installation ingest, Installation whole, CancellationToken cancellation)
    {
        Dictionary<string, double> Read() => new[] { ("ingest", ingest), ("whole", whole) }
            .SelectMany(i => ProcessCpu.Read(i.Item2).Select(c => (Name: $"{i.Item1}/{c.Key}", c.Value))).ToDictionary(c => c.Name, c => c.Value);
        var before = Read();
        await Task.Delay(IdleWatch, cancellation);
        return Read().ToDictionary(c => c.Key, c => (c.Value - before[c.Key]) / IdleWatch.TotalSeconds);
    }

    private static IEnumerable<string> Villages(List<BenchChunk> chunks) =>
        chunks.SelectMany(c => c.Batches).SelectMany(b => b.Rows).Where(r => r.Household is not null).Select(r => r.Household.ResidenceCode);

    private static void Say(Stopwatch watch, string what) => Console.WriteLine($"[{watch.Elapsed:mm\\:ss}] {what}");
}
