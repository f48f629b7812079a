using LeftBehind.Servers.Processes;

namespace LeftBehind.Servers.Installations;

/// <summary>One process of a service, with ports of its own that it keeps over restarts.</summary>
public sealed class ServiceInstance : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Func<ServiceInstance, string[], ServerCommand> command;
    private ServerProcess? process;

    internal ServiceInstance(string service, string name, string log, Func<ServiceInstance, string[], ServerCommand> command)
    {
        (Service, Name, Log, this.command) = (service, name, log, command);
        Grpc = new($"http://127.0.0.1:{FreePorts.Next()}");
        Http = new($"http://127.0.0.1:{FreePorts.Next()}");
    }

    /// <summary>The service it runs.</summary>
    public string Service { get; }

    /// <summary>The service's name, with a number for further replicas; also the name of its log.</summary>
    public string Name { get; }

    /// <summary>File with all it prints.</summary>
    public string Log { get; }

    /// <summary>gRPC over HTTP/2 without TLS.</summary>
    public Uri Grpc { get; }

    /// <summary>JSON and health.</summary>
    public Uri Http { get; }

    /// <summary>True between start and end.</summary>
    public bool IsRunning => process is { HasExited: false };

    /// <summary>Process id of the running service.</summary>
    public int Pid => Running.Pid;

    /// <summary>Starts the process and waits until it calls itself ready.</summary>
    public async Task StartAsync(CancellationToken cancellation = default, params string[] arguments)
    {
        if (IsRunning)
            throw new InvalidOperationException($"{Name} is already running.");
        process = await ServerProcess.StartAsync(command(this, arguments));
        await ReadyAsync(cancellation);
    }

    /// <summary>SIGTERM: the service finishes what it has begun.</summary>
    public async Task StopAsync()
    {
        if (IsRunning)
            await Running.StopAsync(DrainLimit);
        await ReleaseAsync();
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (IsRunning)
            await Running.KillAsync();
        await ReleaseAsync();
    }

    /// <summary>An orderly stop and a start.</summary>
    public async Task RestartAsync(CancellationToken cancellation = default)
    {
        await StopAsync();
        await StartAsync(cancellation);
    }

    /// <summary>Stops the process from running without ending it (SIGSTOP).</summary>
    public void Freeze() => Running.Freeze();

    /// <summary>Lets a frozen process run on.</summary>
    public void Thaw() => Running.Thaw();

    /// <summary>Completes with the exit code when the process ends.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellation = default)
    {
        var running = Running;
        await running.WaitForExitAsync(cancellation);
        return running.ExitCode;
    }

    /// <summary>Waits until /health/ready answers 200.</summary>
    public async Task ReadyAsync(CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        try
        {
            while (!await IsReadyAsync(limit.Token))
            {
                if (Running.HasExited)
                    throw new InvalidOperationException($"{Name} ended with {Running.ExitCode} while starting; see {Log}.");
                await Task.Delay(100, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{Name} was not ready after {StartLimit.TotalSeconds:F0} s; see {Log}.");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync();

    private ServerProcess Running => process ?? throw new InvalidOperationException($"{Name} is not running.");

    private async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri(Http, "/health/ready"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task ReleaseAsync()
    {
        if (process is { } ended)
            await ended.DisposeAsync();
        process = null;
    }
}
