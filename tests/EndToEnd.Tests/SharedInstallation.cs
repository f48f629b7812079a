using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Servers.Installations;
using LeftBehind.Telemetry;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace LeftBehind.EndToEndTests;

/// <summary>One installation for many test classes, each with a county of its own, whose telemetry is received here.</summary>
public sealed class SharedInstallation : IAsyncLifetime
{
    private PushedCounty? counted;

    public RunningInstallation Running { get; private set; } = null!;

    public TelemetryReceiver Telemetry { get; private set; } = null!;

    public static DivisionTree Tree { get; } = DivisionTree.Load(Path.Combine(Repository.Root, "deploy", "data", "divisions-2023.csv.gz"));

    /// <summary>A village of a county, for tests that need but one.</summary>
    public static string FirstVillage(string code)
    {
        var id = Tree.Resolve(DivisionCode.Parse(code), Tree.Edition) ?? throw new ArgumentException($"{code} is no division.", nameof(code));
        while (Tree.Level(id) is not DivisionLevel.Village)
            id = Tree.Children(id).First();
        return Tree.Code(id).ToString();
    }

    /// <summary>The codes of a division and of those above it, the province first.</summary>
    public static IEnumerable<string> PathOf(string code) =>
        Tree.Path(Tree.Resolve(DivisionCode.Parse(code), Tree.Edition) ?? throw new ArgumentException($"{code} is no division.", nameof(code))).Select(d => Tree.Code(d).ToString());

    public async ValueTask InitializeAsync()
    {
        Telemetry = await TelemetryReceiver.StartAsync();
        Running = await RunningInstallation.StartAsync(new Dictionary<string, string?>(Counties.Settings())
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Telemetry.Endpoint,
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        }, CancellationToken.None);
    }

    /// <summary>The county of the tests that only read, pushed when first asked for.</summary>
    internal async Task<PushedCounty> CountedAsync()
    {
        if (counted is null)
        {
            var comparison = await Comparison.BeginAsync(Running, CancellationToken.None);
            var county = new PushedCounty(Running, Counties.OfFigures);
            await county.PushAsync();
            await comparison.IsExactAsync(county.Recounted, CancellationToken.None);
            counted = county;
        }
        return counted;
    }

    public async ValueTask DisposeAsync()
    {
        if (Running is not null)
            await Running.DisposeAsync();
        await Telemetry.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class InOneInstallation : ICollectionFixture<SharedInstallation>
{
    public const string Name = "in one installation";
}
