using System.Diagnostics;
using System.Globalization;
using LeftBehind.Servers.Installations;

namespace LeftBehind.Launcher.Bench.Province;

/// <summary>A night on which every file is due: how long Registry's own sweep took, and its memory at the most meanwhile.</summary>
internal sealed record SweepMeasured(long Files, TimeSpan Took, double Megabytes)
{
    private const string Due = "select count(*) from registry.due_determination where due <= current_date - 1";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250), Patience = TimeSpan.FromMinutes(15);

    public override string ToString() => $"{Files:N0} files swept in {Took.TotalSeconds:F1} s, {Megabytes:F0} MB at the most";

    internal static async Task<SweepMeasured> OfAsync(FilledProvince province, Installation registry, CancellationToken cancellation)
    {
        var pid = registry["Registry"].Pid;
        await province.ExecuteAsync("update registry.due_determination set due = current_date - 1", cancellation);
        await province.ExecuteAsync("vacuum analyze registry.due_determination", cancellation);
        var files = await province.NumberAsync(Due, cancellation);
        // The kernel keeps the highest mark since this reset.
        await File.WriteAllTextAsync($"/proc/{pid}/clear_refs", "5", cancellation);
        var patience = Stopwatch.StartNew();
        Stopwatch? sweep = null;
        for (var left = files; left > 0; await Task.Delay(LookEvery, cancellation))
        {
            left = await province.NumberAsync(Due, cancellation);
            if (left < files)
                sweep ??= Stopwatch.StartNew();
            if (patience.Elapsed > Patience)
                throw new TimeoutException($"{left} files are still due.");
        }
        return new(files, (sweep?.Elapsed ?? TimeSpan.Zero) + LookEvery, PeakMegabytes(pid));
    }

    private static double PeakMegabytes(int pid) =>
        double.Parse(File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture) / 1024;
}
