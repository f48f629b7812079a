using LeftBehind.Servers.Processes;

namespace LeftBehind.Servers;

/// <summary>rabbitmqctl for one broker: a private one, known by its folder, or one in a container, known by its id.</summary>
public sealed class RabbitMqControl
{
    private const string Folder = "folder:";
    private const string Container = "container:";

    private readonly Func<string[], ServerCommand> command;

    private RabbitMqControl(string address, Func<string[], ServerCommand> command) => (Address, this.command) = (address, command);

    /// <summary>What another process needs to reach the same broker; see <see cref="At"/>.</summary>
    public string Address { get; }

    /// <summary>The broker at an address that <see cref="Address"/> gave.</summary>
    public static RabbitMqControl At(string address) =>
        address.StartsWith(Container, StringComparison.Ordinal) ? OfContainer(address[Container.Length..])
        : address.StartsWith(Folder, StringComparison.Ordinal) ? OfFolder(address[Folder.Length..])
        : throw new ArgumentException("Expected folder:<path> or container:<id>.", nameof(address));

    internal static RabbitMqControl OfFolder(string folder) =>
        new(Folder + folder, arguments =>
        {
            var node = RabbitMqNode.Load(folder);
            return node.Command(RabbitMqNode.Program("rabbitmqctl"), ["--quiet", .. arguments]);
        });

    internal static RabbitMqControl OfContainer(string id) =>
        new(Container + id, arguments => new("docker", ["exec", id, "rabbitmqctl", "--quiet", .. arguments]));

    /// <summary>Runs rabbitmqctl with these arguments; returns what it printed.</summary>
    public Task<string> RunAsync(CancellationToken cancellation, params string[] arguments) =>
        Tool.RunAsync(command(arguments), cancellation);

    /// <summary>Makes virtual hosts that the user may use fully, all in one run: each start of rabbitmqctl costs a second.</summary>
    public Task AddVirtualHostsAsync(IReadOnlyCollection<string> names, string user, CancellationToken cancellation = default) => RunAsync(cancellation, "eval", $"""
        [begin
            rabbit_vhost:add(Name, <<"{user}">>),
            rabbit_auth_backend_internal:set_permissions(<<"{user}">>, Name, <<".*">>, <<".*">>, <<".*">>, <<"{user}">>)
        end || Name <- [{string.Join(", ", names.Select(name => $"<<\"{name}\">>"))}]].
        """);

    /// <summary>Removes a virtual host with all its queues.</summary>
    public Task DeleteVirtualHostAsync(string name, CancellationToken cancellation = default) =>
        RunAsync(cancellation, "delete_vhost", name);
}
