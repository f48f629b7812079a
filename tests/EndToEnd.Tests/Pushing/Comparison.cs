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

    /// <summary>An installation that was told nothing of a county counts nobody there.</summary>
    public static async Task CountsNobodyAsync(RunningInstallation running, string county, CancellationToken ct) =>
        Assert.DoesNotContain(await new Comparison(running, []).FiguresAsync(county, ct), figure => figure.Value != 0);

    /// <summary>Platform's own recount, and each source's heads, come to agree: what is on its way arrives, what is lost never does.</summary>
    public async Task ReconcilesAsync(CancellationToken ct)
    {
        var result = await Eventually.IsAsync(async () => await Platform.ReconcileAsync(new(), running.Operations(ct)),
            r => r.FigureDifferences == 0 && r.Sources.All(s => s.Differences == 0 && s.InSource == s.InPlatform), ct);
        Assert.NotEqual(0, result.Figures);
    }

    private async Task<Dictionary<string, long>> FiguresAsync(string code, CancellationToken ct)
    {
        // Asked as the county at most: who works in a village is shown no grade of its children.
        Figures figures = await Platform.GetFiguresAsync(new() { DivisionCode = code }, running.Bureau(code.Length > 6 ? code[..6] : code, ct));
        return figures.Division.Figures.ToDictionary(f => f.Measure, f => f.Value);
    }

    private static string Differences(string code, RecountedFigures recounted, Dictionary<string, long> shown, Dictionary<string, long> before) =>
        string.Concat(recounted.Of(code).Select(r => (r.Key, Recount: r.Value, Figure: shown.GetValueOrDefault(r.Key) - before.GetValueOrDefault(r.Key)))
            .Where(r => r.Recount != r.Figure).Select(r => $"{code} {r.Key}: figure {r.Figure}, recount {r.Recount}\n"));
}
