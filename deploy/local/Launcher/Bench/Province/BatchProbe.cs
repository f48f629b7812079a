using System.Diagnostics;
using LeftBehind.Launcher.Bench.Meters;

namespace LeftBehind.Launcher.Bench.Province;

/// <summary>What batches of 1,000 rows of new households took until they were taken and their files compared with all files.</summary>
internal sealed record BatchMeasured(long Children, int Batches, double Milliseconds, double Cpu)
{
    public override string ToString() => $"a batch of 1,000 rows at {Children:N0} children, taken and compared: {Milliseconds:F0} ms, {Cpu:F0} ms of CPU";
}

/// <summary>Pushes a few batches and measures, each time of people that are new.</summary>
internal sealed class BatchProbe(FilledProvince province, InstallationMeter meter)
{
    // Some ten batches of a thousand rows.
    private const int Households = 900;

    internal async Task<BatchMeasured> MeasureAsync(CancellationToken cancellation)
    {
        var (source, county, batches) = province.Next(Households, batchSize: 1000);
        var whole = batches.FindAll(b => b.Rows.Count == 1000);
        var (before, watch) = (await CpuAsync(cancellation), Stopwatch.StartNew());
        await province.PushAsync(source, county, whole, cancellation);
        await province.ComparedAsync(cancellation);
        return new(province.Children, whole.Count, watch.Elapsed.TotalMilliseconds / whole.Count, (await CpuAsync(cancellation) - before) / whole.Count);
    }

    private async Task<double> CpuAsync(CancellationToken cancellation)
    {
        var spent = (await meter.ReadAsync(cancellation)).CpuMilliseconds;
        return spent["Registry"] + spent["postgres"];
    }
}
