using LeftBehind.Servers;
using Npgsql;

namespace LeftBehind.TestKit;

/// <summary>
/// PostgreSQL and RabbitMQ for the tests of one process, started when first asked for; usable as an xunit assembly fixture.
/// Servers named by environment come first (see <see cref="GivenServers"/>), then a broker container where an engine holds
/// its image, then private servers.
/// </summary>
public sealed class RealServers : IAsyncDisposable
{
    private const int MadeAtATime = 8;

    private readonly Lazy<Task<PrivatePostgres>> postgres;
    private readonly Lazy<Task<RunningBroker>> broker;
    private readonly Lazy<TestFolder> folder = new(TestFolder.Create);
    private readonly SemaphoreSlim making = new(1);
    private Queue<Uri> made = new();

    /// <summary>Nothing is started yet.</summary>
    public RealServers()
    {
        postgres = new(() => PrivatePostgres.StartAsync(folder.Value.Of("postgres"), PostgresSettings.Tests));
        broker = new(() => RunningBroker.FindOrStartAsync(() => folder.Value.Of("rabbitmq")));
    }

    /// <summary>Connection string of a superuser to the database postgres.</summary>
    public async Task<string> PostgresAsync() => GivenServers.Postgres ?? (await postgres.Value).ConnectionString;

    /// <summary>Makes an empty database, whose name begins with this one; returns its connection string.</summary>
    public async Task<string> NewDatabaseAsync(string name, CancellationToken cancellation = default) =>
        await PostgresDatabases.CreateDatabaseAsync(await PostgresAsync(), Unique(name), cancellation);

    /// <summary>Drops a database that <see cref="NewDatabaseAsync"/> made, whoever is still connected.</summary>
    public async Task DropDatabaseAsync(string connectionString, CancellationToken cancellation = default) =>
        await PostgresDatabases.DropDatabaseAsync(
            await PostgresAsync(), new NpgsqlConnectionStringBuilder(connectionString).Database!, cancellation);

    /// <summary>The broker's address with its first virtual host, which all tests share.</summary>
    public async Task<Uri> RabbitMqAsync() => (await broker.Value).Uri;

    /// <summary>An empty virtual host that nobody else has; returns the broker's address with it. A few are made at a time.</summary>
    public async Task<Uri> NewVirtualHostAsync(CancellationToken cancellation = default)
    {
        await making.WaitAsync(cancellation);
        try
        {
            if (made.Count == 0)
                made = new(await (await broker.Value).NewVirtualHostsAsync([.. Enumerable.Range(0, MadeAtATime).Select(_ => Unique("test"))], cancellation));
            return made.Dequeue();
        }
        finally
        {
            making.Release();
        }
    }

    /// <summary>rabbitmqctl for the broker.</summary>
    public async Task<RabbitMqControl> RabbitMqControlAsync() => (await broker.Value).Control;

    /// <summary>A database server and a broker of the test's own, which it may kill and restart.</summary>
    public static Task<PrivateServers> StartPrivateAsync(CancellationToken cancellation = default) =>
        PrivateServers.StartAsync(cancellation);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (postgres.IsValueCreated)
            await (await postgres.Value).DisposeAsync();
        if (broker.IsValueCreated)
            await (await broker.Value).DisposeAsync();
        if (folder.IsValueCreated)
            folder.Value.Dispose();
        making.Dispose();
    }

    private static string Unique(string name) => $"{name}_{Guid.CreateVersion7():N}";
}
