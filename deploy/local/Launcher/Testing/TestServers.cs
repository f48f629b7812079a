using LeftBehind.Servers;
using LeftBehind.Servers.Processes;

namespace LeftBehind.Launcher.Testing;

/// <summary>One database server and one broker for all test programs of a run, handed on by environment.</summary>
internal sealed class TestServers(string folder) : IAsyncDisposable
{
    private FolderLock? mine;
    private PrivatePostgres? postgres;
    private RunningBroker? broker;

    internal async Task<IReadOnlyDictionary<string, string>> StartAsync(CancellationToken cancellation)
    {
        mine = FolderLock.TakeEmpty(folder);
        if (GivenServers.Postgres is null)
            postgres = await PrivatePostgres.StartAsync(Path.Combine(folder, "postgres"), PostgresSettings.Tests, cancellation: cancellation);
        broker = await RunningBroker.FindOrStartAsync(() => Path.Combine(folder, "rabbitmq"), cancellation);
        var environment = new Dictionary<string, string>
        {
            [GivenServers.PostgresVariable] = GivenServers.Postgres ?? postgres!.ConnectionString,
            [GivenServers.RabbitMqVariable] = broker.Uri.AbsoluteUri,
            [GivenServers.RabbitMqControlVariable] = broker.Control.Address,
        };
        Console.WriteLine($"\nPostgreSQL: {(postgres is null ? "given" : "private")}; RabbitMQ: {Kind(broker.Owned)}");
        return environment;
    }

    public async ValueTask DisposeAsync()
    {
        if (broker is not null)
            await broker.DisposeAsync();
        if (postgres is not null)
            await postgres.DisposeAsync();
        mine?.Dispose();
    }

    private static string Kind(IAsyncDisposable? server) => server switch
    {
        null => "given",
        ContainerRabbitMq => "container (Testcontainers)",
        _ => "private",
    };
}
