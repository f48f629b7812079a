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
    public static void AddStore(
        this WebApplicationBuilder builder, string schema, EventTypes events, Action<IServiceProvider, StoreOptions>? more, int pollMilliseconds)
    {
        var services = builder.Services;
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(
            builder.Configuration.GetConnectionString("Store") ?? throw new InvalidOperationException("ConnectionStrings:Store is missing.")).Build());
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
            .UseLightweightSessions()
            .AddAsyncDaemon(DaemonMode.HotCold);
    }

    /// <summary>One leader, a successor within 5 s of its death; no event is ever skipped.</summary>
    private static void UseDaemon(StoreOptions store, TimeSpan poll)
    {
        store.Projections.FastPollingTime = poll;
        store.Projections.SlowPollingTime = poll;
        store.Projections.LeadershipPollingTime = 1000;
        store.Projections.StaleSequenceThreshold = TimeSpan.FromSeconds(1);
        store.Projections.Errors.SkipApplyErrors = false;
        store.Projections.Errors.SkipSerializationErrors = false;
        store.Projections.Errors.SkipUnknownEvents = false;
        store.Projections.RebuildErrors.SkipApplyErrors = false;
        store.Projections.RebuildErrors.SkipSerializationErrors = false;
        store.Projections.RebuildErrors.SkipUnknownEvents = false;
        store.Events.UseAdvisoryLockTransaction = true;
    }
}
