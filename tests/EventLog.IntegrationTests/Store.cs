using LeftBehind.EventLog.IntegrationTests;
using LeftBehind.ServiceDefaults;
using LeftBehind.TestKit;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(Store))]

namespace LeftBehind.EventLog.IntegrationTests;

/// <summary>A service's store, composed and migrated as every service's is; every test uses streams of its own.</summary>
public sealed class Store : IAsyncLifetime
{
    public const string Schema = "boxes";

    public static readonly EventTypes Types = EventTypes.In(typeof(Box).Assembly);

    private readonly RealServers servers = new();
    private WebApplication? app;

    public EventStore Events => app!.Services.GetRequiredService<EventStore>();

    public IDocumentStore Marten => app!.Services.GetRequiredService<IDocumentStore>();

    public NpgsqlDataSource Database => app!.Services.GetRequiredService<NpgsqlDataSource>();

    public async ValueTask InitializeAsync() => app = await MigratedAsync("boxes", Seen.Subscribe);

    /// <summary>One more store of the kind, in a database of its own.</summary>
    internal async Task<WebApplication> MigratedAsync(string name, Action<IServiceProvider, StoreOptions>? more = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Store", await servers.NewDatabaseAsync(name))]);
        builder.AddServiceDefaults(Schema, Types, more);
        builder.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.None);
        var migrated = builder.Build();
        await migrated.RunServiceAsync(["migrate"]);
        return migrated;
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        await servers.DisposeAsync();
    }
}
