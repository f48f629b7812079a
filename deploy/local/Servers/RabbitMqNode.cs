using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using LeftBehind.Servers.Processes;

namespace LeftBehind.Servers;

/// <summary>
/// Everything that makes a broker itself: its data belongs to the node name, so the name is made once and kept in the folder.
/// </summary>
internal sealed record RabbitMqNode(string Name, string User, string Password, string VirtualHost, int Port, int PortMapperPort, int DistributionPort)
{
    private const string FileName = "broker.json";

    /// <summary>The folder we write: node file and log.</summary>
    internal string Folder { get; init; } = "";

    /// <summary>The folder that belongs to the broker's account.</summary>
    internal string Home { get; init; } = "";

    private static Account? Account => Account.WhenRoot("rabbitmq");

    internal static RabbitMqNode Prepare(string folder, string virtualHost, int? port)
    {
        var known = File.Exists(Path.Combine(folder, FileName)) ? Load(folder) : null;
        var node = new RabbitMqNode(
            known?.Name ?? $"lb-{WorkFolder.Hash(Path.GetFullPath(folder))}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}@localhost",
            known?.User ?? "leftbehind",
            known?.Password ?? RandomNumberGenerator.GetHexString(32, lowercase: true),
            known?.VirtualHost ?? virtualHost,
            FreePorts.PreferablyThis(port ?? known?.Port),
            FreePorts.Next(),
            FreePorts.Next()).In(folder);
        WorkFolder.WriteSecret(Path.Combine(folder, FileName), JsonSerializer.Serialize(node));
        node.WriteConfiguration();
        return node;
    }

    internal static RabbitMqNode Load(string folder) =>
        JsonSerializer.Deserialize<RabbitMqNode>(File.ReadAllText(Path.Combine(folder, FileName)))!.In(folder);

    /// <summary>Debian's own scripts in /usr/sbin insist on the system's broker; those beside the library do not.</summary>
    internal static string Program(string name) =>
        File.Exists($"/usr/lib/rabbitmq/bin/{name}") ? $"/usr/lib/rabbitmq/bin/{name}" : name;

    internal Uri UriTo(string virtualHost) =>
        new($"amqp://{User}:{Password}@127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/{Uri.EscapeDataString(virtualHost)}");

    internal ServerCommand Command(string program, params string[] arguments) => new(program, arguments)
    {
        Account = Account,
        Folder = Home,
        Log = Path.Combine(Folder, "rabbitmq.log"),
        Environment = new Dictionary<string, string?>
        {
            ["HOME"] = Home,
            ["LC_ALL"] = "C.UTF-8",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = PortMapperPort.ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_NODENAME"] = Name,
            ["RABBITMQ_DIST_PORT"] = DistributionPort.ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(Home, "rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(Home, "none"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(Home, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(Home, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(Home, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(Home, "pid"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
            // The start script then replaces itself by the broker instead of waiting beside it.
            ["RUNNING_UNDER_SYSTEMD"] = "true",
            ["NOTIFY_SOCKET"] = null,
        },
    };

    private RabbitMqNode In(string folder) => this with
    {
        Folder = Path.GetFullPath(folder),
        Home = WorkFolder.Prepare(Path.Combine(folder, "home"), Account),
    };

    private void WriteConfiguration()
    {
        Write("rabbitmq.conf",
            $"""
            listeners.tcp.1 = 127.0.0.1:{Port}
            default_user = {User}
            default_pass = {Password}
            default_vhost = {VirtualHost}
            log.console = false
            log.file.level = info
            disk_free_limit.absolute = 500MB
            raft.wal_max_size_bytes = 64000000

            """);
        Write("enabled_plugins", "[].\n");
        if (!File.Exists(Path.Combine(Home, ".erlang.cookie")))
            Write(".erlang.cookie", RandomNumberGenerator.GetHexString(32));
    }

    private void Write(string name, string content) => WorkFolder.WriteSecret(Path.Combine(Home, name), content, Account);
}
