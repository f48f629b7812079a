using System.Diagnostics;
using LeftBehind.Launcher.Bench.Meters;
using LeftBehind.Servers.Installations;

namespace LeftBehind.Launcher.Bench.Province;

/// <summary>What one of several batches took, and its CPU in Registry and PostgreSQL.</summary>
internal sealed record BatchCost(double Milliseconds, double Cpu);

/// <summary>What batches of 1,000 rows of new households took: until they were taken, and from then until their files were compared with all files.</summary>
internal sealed record BatchMeasured(long Children, BatchCost Taken, BatchCost Compared)
{
    internal double Cpu => Taken.Cpu + Compared.Cpu;

    public override string ToString() => $"a batch of 1,000 rows at {Children:N0} children: taken in {Taken.Milliseconds:F0} ms ({Taken.Cpu:F0} ms of CPU), compared in {Compared.Milliseconds:F0} ms ({Compared.Cpu:F0} ms)";
}

/// <summary>Pushes a few batches and measures, each time of people that are new, while nothing else is at work in the database.</summary>
internal sealed class BatchProbe(FilledProvince province, Installation registry)
{
    // Some ten batches of a thousand rows.
    private const int Households = 900;

    internal async Task<BatchMeasured> MeasureAsync(CancellationToken cancellation)
    {
        var (source, county, batches) = province.Next(Households, batchSize: 1000);
        var whole = batches.FindAll(b => b.Rows.Count == 1000);
        await province.SettledAsync(cancellation);
        var taken = await CostAsync(whole.Count, () => province.PushAsync(source, county, whole, cancellation));
        return new(province.Children, taken, await CostAsync(whole.Count, () => province.ComparedAsync(cancellation)));
    }

    private async Task<BatchCost> CostAsync(int batches, Func<Task> work)
    {
        var (before, watch) = (Cpu(), Stopwatch.StartNew());
        await work();
        return new(watch.Elapsed.TotalMilliseconds / batches, (Cpu() - before) / batches);
    }

    private double Cpu()
    {
        var spent = ProcessCpu.Read(registry);
        return spent["Registry"] + spent["postgres"];
    }
}
