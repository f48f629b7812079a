using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Weasel.Core;

namespace LeftBehind.ServiceDefaults;

internal static class StoreDefaults
{
    /// <summary>A transaction whose process says nothing for as long is rolled back (platform default).</summary>
    private static readonly TimeSpan FrozenFor = TimeSpan.FromSeconds(12);

    public static void AddStore(
        this WebApplicationBuilder builder, string schema, EventTypes events, Action<IServiceProvider, StoreOptions>? more, int pollMilliseconds)
    {
        var services = builder.Services;
        services.AddSingleton(_ => Pool(Connection(builder.Configuration)));
        services.AddSingleton(_ => new LeaderLock(Connection(builder.Configuration)));
        services.AddSingleton(s => new EventStore(s.GetRequiredService<NpgsqlDataSource>(), events, schema, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISchemaPart>(new SchemaPart(Incarnation.Ddl));
        services.AddMarten(provider =>
            {
                var store = new StoreOptions();
                store.Connection(provider.GetRequiredService<NpgsqlDataSource>());
                store.DatabaseSchemaName = schema;
                store.AutoCreateSchemaObjects = AutoCreate.None;
                store.UseSystemTextJsonForSerialization(EventTypes.Json, EnumStorage.AsString, Casing.CamelCase);
                store.Logger(new RedactingMartenLogger(provider.GetRequiredService<ILoggerFactory>().CreateLogger("Marten")));
                store.Events.MetadataConfig.HeadersEnabled = true;
                events.MapInto(store);
                UseDaemon(store, TimeSpan.FromMilliseconds(builder.Configuration.GetValue("Daemon:PollMilliseconds", pollMilliseconds)));
                if (provider.GetService<IRelay>() is not null)
                    store.Events.Subscribe(ActivatorUtilities.CreateInstance<RelaySubscription>(provider));
                more?.Invoke(provider, store);
                return store;
            })
            .UseLightweightSessions();
        services.AddHostedService<Leader>();
    }

    private static string Connection(IConfiguration configuration) =>
        configuration.GetConnectionString("Store") ?? throw new InvalidOperationException("ConnectionStrings:Store is missing.");

    /// <summary>
    /// What a killed process held is free within a second, what a frozen one holds within <see cref="FrozenFor"/>. Statements are planned
    /// once a connection: of a small batch planning was the greater part. Nobody leaves anything to reset in a session: locks and settings
    /// are a transaction's.
    /// </summary>
    private static NpgsqlDataSource Pool(string connection)
    {
        var pool = new NpgsqlDataSourceBuilder(connection);
        var settings = pool.ConnectionStringBuilder;
        settings.Options += $" -c client_connection_check_interval=1000 -c idle_in_transaction_session_timeout={(int)FrozenFor.TotalMilliseconds}";
        (settings.MaxAutoPrepare, settings.NoResetOnClose) = (200, true);
        return pool.Build();
    }

    /// <summary>The leader runs the daemon; no event is ever skipped.</summary>
    private static void UseDaemon(StoreOptions store, TimeSpan poll)
    {
        store.Projections.FastPollingTime = poll;
        store.Projections.SlowPollingTime = poll;
        store.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        store.Projections.StaleSequenceThreshold = TimeSpan.FromSeconds(1);
        store.Projections.Errors.SkipApplyErrors = false;
        store.Projections.Errors.SkipSerializationErrors = false;
        store.Projections.Errors.SkipUnknownEvents = false;
        store.Projections.RebuildErrors.SkipApplyErrors = false;
        store.Projections.RebuildErrors.SkipSerializationErrors = false;
        store.Projections.RebuildErrors.SkipUnknownEvents = false;
    }
}
