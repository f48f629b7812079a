using System.Diagnostics;
using LeftBehind.Access;
using LeftBehind.Launcher.Bench.Meters;
using LeftBehind.Launcher.Calls;
using LeftBehind.Launcher.Demo;
using LeftBehind.Population;
using LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Launcher.Bench.Loads;

/// <summary>Pushes chunks into an installation, as one partner does.</summary>
internal sealed class ChunkPush(LocalCalls calls, InstallationMeter meter)
{
    private static readonly TimeSpan ExactLimit = TimeSpan.FromMinutes(10);

    /// <summary>Ingest alone: until the last answer. Nobody listens, so the broker takes no page and the relay waits at the first one.</summary>
    internal async Task<PushMeasured> IngestAsync(BenchChunk chunk, CancellationToken cancellation)
    {
        var before = await meter.ReadAsync(cancellation);
        var run = await PushAsync(chunk, cancellation);
        return new(chunk.Number, chunk.Rows, run.Took.TotalSeconds, (await meter.ReadAsync(cancellation)).Since(before));
    }

    /// <summary>End to end: the clock stops when every figure of the province equals the recount of all rows pushed so far.</summary>
    internal async Task<PushMeasured> ToFiguresAsync(BenchChunk chunk, CancellationToken cancellation)
    {
        var before = await meter.ReadAsync(cancellation);
        var watch = Stopwatch.StartNew();
        await PushAsync(chunk, cancellation);
        await ExactAsync(chunk.Expected, cancellation);
        var took = watch.Elapsed.TotalSeconds;
        return new(chunk.Number, chunk.Rows, took, (await meter.ReadAsync(cancellation)).Since(before));
    }

    private async Task<PushRun> PushAsync(BenchChunk chunk, CancellationToken cancellation)
    {
        var run = new PushRun();
        using var call = calls.Registry.PushHouseholds(
            calls.As(Department.Partner, Role.Partner, BenchProfile.County, PopulationPlan.PopulationBase, cancellation));
        await run.PushAsync(call, chunk.Batches);
        return run.Rows == chunk.Rows ? run : throw new InvalidOperationException($"{chunk.Rows} rows were pushed, {run.Rows} answered.");
    }

    private async Task ExactAsync(IReadOnlyDictionary<string, long> expected, CancellationToken cancellation)
    {
        var bureau = calls.Bureau(BenchProfile.Province, cancellation);
        var limit = Stopwatch.StartNew();
        while (true)
        {
            var answer = await calls.Platform.GetFiguresAsync(new GetFiguresRequest { DivisionCode = BenchProfile.Province }, bureau);
            var figures = answer.Division.Figures.ToDictionary(f => f.Measure, f => f.Value, StringComparer.Ordinal);
            var wrong = expected.Where(e => figures.GetValueOrDefault(e.Key) != e.Value).ToList();
            if (wrong.Count == 0)
                return;
            if (limit.Elapsed > ExactLimit)
                throw new TimeoutException("The province's figures do not become exact: "
                    + string.Join(", ", wrong.Take(5).Select(e => $"{e.Key} is {figures.GetValueOrDefault(e.Key)} and must be {e.Value}")));
            await Task.Delay(20, cancellation);
        }
    }
}
