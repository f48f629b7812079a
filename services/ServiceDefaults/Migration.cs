using LeftBehind.EventLog;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LeftBehind.ServiceDefaults;

/// <summary>The one step that changes the schema; at run time nothing does. Two replicas that created it together would collide.</summary>
internal static class Migration
{
    public static async Task ApplyAsync(IServiceProvider services)
    {
        var database = services.GetRequiredService<NpgsqlDataSource>();
        var store = services.GetRequiredService<EventStore>();
        await using (var command = database.CreateCommand($"create schema if not exists {store.Schema}"))
            await command.ExecuteNonQueryAsync();
        await services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync(JasperFx.AutoCreate.CreateOrUpdate);
        foreach (var part in services.GetServices<ISchemaPart>().Append(new SchemaPart(UnsearchedColumns.Ddl)))
            await using (var command = database.CreateCommand(part.Ddl(store.Schema)))
                await command.ExecuteNonQueryAsync();
        await Incarnation.ReadAsync(database, store.Schema, CancellationToken.None);
        foreach (var step in services.GetServices<IMigrationStep>())
            await step.RunAsync(CancellationToken.None);
    }
}

/// <summary>What a service does once to its data at migration, idempotently: shipped reference data, first events.</summary>
public interface IMigrationStep
{
    /// <summary>Runs the step; a second run changes nothing.</summary>
    Task RunAsync(CancellationToken ct);
}
