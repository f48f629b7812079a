using LeftBehind.Servers;

namespace LeftBehind.TestKit;

/// <summary>A database server and a broker that belong to one test, for killing, freezing and restarting.</summary>
public sealed class PrivateServers : IAsyncDisposable
{
    private readonly TestFolder folder;

    private PrivateServers(TestFolder folder, PrivatePostgres postgres, PrivateRabbitMq rabbitMq) =>
        (this.folder, Postgres, RabbitMq) = (folder, postgres, rabbitMq);

    /// <summary>The database server.</summary>
    public PrivatePostgres Postgres { get; }

    /// <summary>The broker.</summary>
    public PrivateRabbitMq RabbitMq { get; }

    internal static async Task<PrivateServers> StartAsync(CancellationToken cancellation)
    {
        var folder = TestFolder.Create();
        var postgres = PrivatePostgres.StartAsync(folder.Of("postgres"), PostgresSettings.Tests, cancellation: cancellation);
        var rabbitMq = PrivateRabbitMq.StartAsync(folder.Of("rabbitmq"), cancellation: cancellation);
        await Task.WhenAll(postgres, rabbitMq);
        return new(folder, await postgres, await rabbitMq);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(RabbitMq.KillAsync(), Postgres.KillAsync());
        folder.Dispose();
    }
}
