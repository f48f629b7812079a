using System.Globalization;
using System.Text;
using LeftBehind.Servers.Processes;

namespace LeftBehind.Servers;

/// <summary>A RabbitMQ broker of our own, run from the local binaries in a work folder on loopback ports, with its own port mapper.</summary>
public sealed class PrivateRabbitMq : IAsyncDisposable
{
    private readonly RabbitMqNode node;
    private ServerProcess? portMapper;
    private ServerProcess? server;

    private PrivateRabbitMq(RabbitMqNode node) => this.node = node;

    /// <summary>AMQP port on loopback.</summary>
    public int Port => node.Port;

    /// <summary>The virtual host made with the broker.</summary>
    public string VirtualHost => node.VirtualHost;

    /// <summary>Address with user, password and virtual host.</summary>
    public Uri Uri => node.UriTo(node.VirtualHost);

    /// <summary>Process id of the broker.</summary>
    public int Pid => server?.Pid ?? throw new InvalidOperationException("RabbitMQ is not running.");

    /// <summary>rabbitmqctl for this broker.</summary>
    public RabbitMqControl Control => RabbitMqControl.OfFolder(node.Folder);

    /// <summary>Writes the configuration on the folder's first use and starts the broker; returns when it speaks AMQP.</summary>
    public static async Task<PrivateRabbitMq> StartAsync(
        string folder, string virtualHost = "leftbehind", int? port = null, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(folder);
        var broker = new PrivateRabbitMq(RabbitMqNode.Prepare(folder, virtualHost, port));
        await broker.StartAgainAsync(cancellation);
        return broker;
    }

    /// <summary>
    /// True once every quorum queue is registered on disk, about three seconds after it was declared. RabbitMQ 3.10 that is
    /// killed before starts such a queue without a leader, for ever.
    /// </summary>
    public async Task<bool> HasRegisteredQueuesAsync(CancellationToken cancellation = default)
    {
        var queues = (await Control.RunAsync(cancellation, "list_queues", "-p", VirtualHost, "--no-table-headers", "name", "type"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Where(q => q is [_, "quorum"]).Select(q => q[0]);
        var registered = Directory.EnumerateFiles(node.Home, "names.dets", SearchOption.AllDirectories)
            .Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))).ToList();
        return queues.All(queue => registered.Any(names => names.Contains($"{VirtualHost}_{queue}", StringComparison.Ordinal)));
    }

    /// <summary>How many messages lie in its queues, ready or not acknowledged.</summary>
    public async Task<long> CountMessagesAsync(CancellationToken cancellation = default) =>
        (await Control.RunAsync(cancellation, "list_queues", "-p", VirtualHost, "--no-table-headers", "messages"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(line => long.Parse(line, CultureInfo.InvariantCulture));

    /// <summary>Kills the broker, as a crash would.</summary>
    public async Task KillAsync()
    {
        foreach (var process in new[] { server, portMapper })
        {
            if (process is not null)
                await process.DisposeAsync();
        }

        server = portMapper = null;
    }

    /// <summary>Orderly end.</summary>
    public async Task StopAsync()
    {
        if (server is { HasExited: false } running)
            await running.StopAsync(TimeSpan.FromSeconds(30));
        await KillAsync();
    }

    /// <summary>Starts on the same ports and data, under the same node name: durable queues are found again.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation = default)
    {
        if (server is not null)
            throw new InvalidOperationException("RabbitMQ is already running.");
        try
        {
            await StartBothAsync(cancellation);
        }
        catch
        {
            await KillAsync();
            throw;
        }
    }

    /// <summary>Stops the broker from running without ending it, as a frozen machine would.</summary>
    public void Freeze() => server?.Freeze();

    /// <summary>Lets a frozen broker run on.</summary>
    public void Thaw() => server?.Thaw();

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task StartBothAsync(CancellationToken cancellation)
    {
        // Erlang would start a port mapper that outlives us and is shared with others; this one is ours.
        portMapper = await ServerProcess.StartAsync(node.Command("epmd", "-port", Text(node.PortMapperPort), "-address", "127.0.0.1"));
        await Amqp.ListensAsync(node.PortMapperPort, portMapper, cancellation);
        server = await ServerProcess.StartAsync(node.Command(RabbitMqNode.Program("rabbitmq-server")));
        await Amqp.AnswersAsync(node.Port, server, cancellation);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
