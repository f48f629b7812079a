using LeftBehind.EventLog;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Assessment.Children;

/// <summary>
/// A release that kept no children's places has heard of the children before: Registry's facts are asked for from the beginning, once. All that is made
/// of them is idempotent.
/// </summary>
public sealed class LearnPlaces(EventStore store) : IMigrationStep
{
    /// <summary>Holds a row once they were asked for; of a new installation from the first day.</summary>
    public static string Ddl(string schema) => $"create table if not exists {schema}.places_asked (once boolean primary key);";

    public async Task RunAsync(CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            with asked as (insert into {store.Schema}.places_asked (once) values (true) on conflict do nothing returning once)
            update {store.Schema}.lane set watermark = 0 where source = 'registry' and exists (select from asked)
            """);
        await command.ExecuteNonQueryAsync(ct);
    }
}
