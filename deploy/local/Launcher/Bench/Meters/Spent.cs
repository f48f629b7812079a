namespace LeftBehind.Launcher.Bench.Meters;

/// <summary>What a measured stretch took: CPU by process, write-ahead log and statements of the database server, events appended.</summary>
/// <param name="CpuMilliseconds">By service, of postgres, of beam, and of the driver that pushes.</param>
/// <param name="WalBytes">Write-ahead log of the whole server.</param>
/// <param name="Statements">Statements the server ran; none where it does not count them.</param>
/// <param name="Events">Events in Registry's store.</param>
internal sealed record Spent(IReadOnlyDictionary<string, double> CpuMilliseconds, double WalBytes, double? Statements, long Events)
{
    public double WalBytesPerEvent => WalBytes / Events;

    public double? StatementsPerEvent => Statements / Events;

    /// <summary>CPU milliseconds per 1,000 events.</summary>
    public IReadOnlyDictionary<string, double> CpuPerThousandEvents => CpuMilliseconds.ToDictionary(c => c.Key, c => c.Value / Events * 1000);

    /// <summary>What was spent from an earlier reading to this one.</summary>
    public Spent Since(Spent before) => new(
        CpuMilliseconds.ToDictionary(c => c.Key, c => c.Value - before.CpuMilliseconds[c.Key]),
        WalBytes - before.WalBytes, Statements - before.Statements, Events - before.Events);
}
