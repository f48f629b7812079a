using LeftBehind.EventLog;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Assessment.Children;

/// <summary>
/// A release that kept no children's places has heard of the children before: Registry's facts are asked for from the beginning, once. All that is made
/// of them is idempotent.
/// </summary>
public sealed class LearnPlaces(EventStore store) : IMigrationStep
{
    public async Task RunAsync(CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            update {store.Schema}.lane set watermark = 0 where source = 'registry' and not exists (select from {store.Schema}.child_place)
            """);
        await command.ExecuteNonQueryAsync(ct);
    }
}
