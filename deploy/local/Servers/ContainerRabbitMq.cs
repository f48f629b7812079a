using System.Globalization;
using System.Net.Sockets;
using DotNet.Testcontainers.Configurations;
using LeftBehind.Servers.Processes;
using Testcontainers.RabbitMq;

namespace LeftBehind.Servers;

/// <summary>A broker in a container, for machines with a Docker engine and an image of it.</summary>
public sealed class ContainerRabbitMq : IAsyncDisposable
{
    private const string Image = "leftbehind/rabbitmq:local";
    private const string OwnerLabel = "leftbehind.owner";

    private readonly RabbitMqContainer container;

    private ContainerRabbitMq(RabbitMqContainer container) => this.container = container;

    /// <summary>Address with user, password and virtual host.</summary>
    public Uri Uri => new(container.GetConnectionString());

    /// <summary>rabbitmqctl for this broker.</summary>
    public RabbitMqControl Control => RabbitMqControl.OfContainer(container.Id);

    private static string ImageName => Environment.GetEnvironmentVariable("LB_RABBITMQ_IMAGE") is { Length: > 0 } name ? name : Image;

    /// <summary>True when an engine answers and holds the image (LB_RABBITMQ_IMAGE, else leftbehind/rabbitmq:local).</summary>
    public static async Task<bool> IsAvailableAsync(CancellationToken cancellation = default)
    {
        try
        {
            return (await Tool.TryAsync(new("docker", "image", "inspect", ImageName), cancellation)).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Starts a container; it is removed on disposal, or by the next start when this process was killed.</summary>
    public static async Task<ContainerRabbitMq> StartAsync(CancellationToken cancellation = default)
    {
        await RemoveLeftBehindAsync(cancellation);
        await SpeakTheEnginesVersionAsync(cancellation);
        // The reaper is an image of its own, which a machine without a registry cannot fetch.
        TestcontainersSettings.ResourceReaperEnabled = false;
        var container = new RabbitMqBuilder(ImageName)
            .WithLabel(OwnerLabel, Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            .Build();
        await container.StartAsync(cancellation);
        var broker = new ContainerRabbitMq(container);
        try
        {
            await broker.IsReachableAsync(cancellation);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => container.DisposeAsync();

    // Ready inside its container is not yet reachable from here.
    private async Task IsReachableAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(Uri.Host, Uri.Port, limit.Token);
        }
        catch (Exception error) when (error is SocketException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new InvalidOperationException(
                $"The broker's container runs, but {Uri.Host}:{Uri.Port} is not reachable; TESTCONTAINERS_HOST_OVERRIDE names the host of its ports.", error);
        }
    }

    private static async Task RemoveLeftBehindAsync(CancellationToken cancellation)
    {
        var ours = await Tool.RunAsync(
            new("docker", "ps", "-a", "--filter", $"label={OwnerLabel}", "--format", $$$"""{{.ID}} {{.Label "{{{OwnerLabel}}}"}}"""), cancellation);
        foreach (var line in ours.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')))
        {
            if (!Directory.Exists($"/proc/{line[1]}"))
                await Tool.RunAsync(new("docker", "rm", "-f", line[0]), cancellation);
        }
    }

    // Debian's engine is older than the version Testcontainers asks for by itself.
    private static async Task SpeakTheEnginesVersionAsync(CancellationToken cancellation)
    {
        const string Variable = "DOCKER_API_VERSION";
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 })
            return;
        var version = await Tool.RunAsync(new("docker", "version", "--format", "{{.Server.APIVersion}}"), cancellation);
        Environment.SetEnvironmentVariable(Variable, version.Trim());
    }
}
