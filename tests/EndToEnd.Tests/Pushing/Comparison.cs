using LeftBehind.Population.Recounting;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.TestKit;
using Xunit;
using PlatformClient = LeftBehind.Protos.Platform.V1.Platform.PlatformClient;

namespace LeftBehind.EndToEndTests.Pushing;

/// <summary>Platform's figures of all five levels against a recount. Other counties share the province, so of that the growth is compared.</summary>
internal sealed class Comparison
{
    private const string Province = "43";
    private readonly RunningInstallation running;
    private readonly Dictionary<string, long> before;

    private Comparison(RunningInstallation running, Dictionary<string, long> before) => (this.running, this.before) = (running, before);

    private PlatformClient Platform => new(running.Channel("Platform"));

    /// <summary>To be begun before a county is pushed.</summary>
    public static async Task<Comparison> BeginAsync(RunningInstallation running, CancellationToken ct)
    {
        var comparison = new Comparison(running, []);
        foreach (var (measure, n) in await comparison.FiguresAsync(Province, ct))
            comparison.before[measure] = n;
        return comparison;
    }

    /// <summary>Waits until the province has grown by the recount, then compares every division in which anybody is counted.</summary>
    public async Task IsExactAsync(RecountedFigures recounted, CancellationToken ct)
    {
        await Eventually.IsAsync(async () => Differences(Province, recounted, await FiguresAsync(Province, ct), before), d => d == "", ct);
        var differences = "";
        foreach (var code in recounted.Divisions.Where(c => c != Province))
            differences += Differences(code, recounted, await FiguresAsync(code, ct), []);
        Assert.Equal("", differences);
    }

    /// <summary>The province's figures are those at the beginning.</summary>
    public async Task IsUnchangedAsync(CancellationToken ct) => Assert.Equal(before, await FiguresAsync(Province, ct));

    /// <summary>Platform's own recount, and each source's heads, agree.</summary>
    public async Task ReconcilesAsync(CancellationToken ct)
    {
        var result = await Platform.ReconcileAsync(new(), running.Operations(ct));
        Assert.True(result.FigureDifferences == 0 && result.Sources.All(s => s.Differences == 0 && s.InSource == s.InPlatform), $"{result}");
        Assert.NotEqual(0, result.Figures);
    }

    private async Task<Dictionary<string, long>> FiguresAsync(string code, CancellationToken ct)
    {
        Figures figures = await Platform.GetFiguresAsync(new() { DivisionCode = code }, running.Bureau(code, ct));
        return figures.Division.Figures.ToDictionary(f => f.Measure, f => f.Value);
    }

    private static string Differences(string code, RecountedFigures recounted, Dictionary<string, long> shown, Dictionary<string, long> before) =>
        string.Concat(recounted.Of(code).Select(r => (r.Key, Recount: r.Value, Figure: shown.GetValueOrDefault(r.Key) - before.GetValueOrDefault(r.Key)))
            .Where(r => r.Recount != r.Figure).Select(r => $"{code} {r.Key}: figure {r.Figure}, recount {r.Recount}\n"));
}
