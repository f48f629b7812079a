using LeftBehind.Pages.IntegrationTests.Running;
using LeftBehind.Pages.IntegrationTests.Story;
using LeftBehind.ServiceDefaults;
using LeftBehind.TestKit;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(TestServers))]

namespace LeftBehind.Pages.IntegrationTests.Running;

/// <summary>The servers of all tests, with one migrated database of each service to make copies of.</summary>
public sealed class TestServers : IAsyncLifetime
{
    private readonly RealServers servers = new();
    private readonly Dictionary<string, string> migrated = [];

    /// <summary>The broker's address.</summary>
    public Uri Broker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Broker = await servers.NewVirtualHostAsync();
        foreach (var schema in new[] { Teller.Schema, Listener.Schema, Listener.LateSchema })
            migrated[schema] = await MigrateAsync(schema, await servers.NewDatabaseAsync(schema), Broker);
    }

    /// <summary>Applies a service's schema the way it is done in an installation.</summary>
    internal static async Task<string> MigrateAsync(string schema, string database, Uri broker)
    {
        var settings = Settings.For(database, broker);
        await using var app = schema == Teller.Schema ? Teller.Build(settings) : Listener.Build(schema, settings, new Troubles());
        await app.RunServiceAsync(["migrate"]);
        return database;
    }

    /// <summary>A migrated database of a service.</summary>
    public Task<string> NewAsync(string schema, CancellationToken ct) => CopyAsync(migrated[schema], ct);

    /// <summary>A copy of a database that nobody is connected to, as a restored backup is one.</summary>
    public async Task<string> CopyAsync(string database, CancellationToken ct)
    {
        var (original, copy) = (new NpgsqlConnectionStringBuilder(database), $"copy_{Guid.CreateVersion7():N}");
        await using var superuser = NpgsqlDataSource.Create(await servers.PostgresAsync());
        await using var command = superuser.CreateCommand($"create database \"{copy}\" template \"{original.Database}\"");
        await command.ExecuteNonQueryAsync(ct);
        original.Database = copy;
        return original.ConnectionString;
    }

    public ValueTask DisposeAsync() => servers.DisposeAsync();
}
