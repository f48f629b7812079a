using LeftBehind.TestKit;

[assembly: AssemblyFixture(typeof(LeftBehind.Registry.IntegrationTests.Running.RegistryServers))]

namespace LeftBehind.Registry.IntegrationTests.Running;

/// <summary>Real servers for the whole program, one Registry that most tests share, each with a source of its own, and more where a test needs its own.</summary>
public sealed class RegistryServers : IAsyncLifetime
{
    private readonly RealServers servers = new();
    private RunningRegistry? shared;
    private int sources;

    public RunningRegistry Registry => shared ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => shared = await StartAsync();

    /// <summary>A Registry with a database and a virtual host of its own. Comparing, it tells suspicions of whatever file it finds alike.</summary>
    public Task<RunningRegistry> StartAsync(TimeProvider? clock = null, bool comparing = false) =>
        RunningRegistry.StartAsync(servers, clock ?? TimeProvider.System, comparing);

    /// <summary>An empty database.</summary>
    public Task<string> NewDatabaseAsync(string name) => servers.NewDatabaseAsync(name, TestContext.Current.CancellationToken);

    /// <summary>A partner that nobody else is: its ledger and its things are the test's alone.</summary>
    public Feed Partner(string division = Places.County) => new(Registry, $"source-{Interlocked.Increment(ref sources)}", division);

    /// <summary>Whatever the tests sent: no call failed from within.</summary>
    public async ValueTask DisposeAsync()
    {
        var failures = shared?.Logs.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)
            && (line.Contains("ErrorInterceptor", StringComparison.Ordinal) || line.Contains("ExceptionHandler", StringComparison.Ordinal))).ToList();
        if (shared is not null)
            await shared.DisposeAsync();
        await servers.DisposeAsync();
        Assert.True(failures is null or [], string.Join("\n", failures ?? []));
    }
}

/// <summary>A Registry that compares files, for those tests alone that are about it: others tell the same child many times.</summary>
public sealed class ComparingRegistry(RegistryServers servers) : IAsyncLifetime
{
    private RunningRegistry? running;

    public RunningRegistry Registry => running ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => running = await servers.StartAsync(comparing: true);

    public ValueTask DisposeAsync() => running?.DisposeAsync() ?? ValueTask.CompletedTask;
}
