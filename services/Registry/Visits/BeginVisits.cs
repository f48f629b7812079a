using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Registry.Visits;

/// <summary>Files that were opened before visits were kept get theirs, some at a time; a second run finds none.</summary>
public sealed class BeginVisits(EventStore store, VisitDuties duties, TimeProvider clock) : IMigrationStep
{
    private const int AtATime = 500;

    public async Task RunAsync(CancellationToken ct)
    {
        for (var after = Guid.Empty; await NextAsync(after, ct) is { Count: > 0 } ids; after = ids[^1])
            await store.RunAsync(async work =>
            {
                var now = clock.GetUtcNow();
                await duties.FollowAsync(work, (await work.LoadAsync<Child>(ids, ct)).Values, _ => new(now, WorkCalendar.DayOf(now)), ct);
            }, ct);
    }

    private async Task<List<Guid>> NextAsync(Guid after, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select s.id from {store.Schema}.mt_streams s
            where s.type = $1 and s.id > $2 and not exists (select from {store.Schema}.child_visits v where v.child = s.id) order by s.id limit {AtATime}
            """);
        command.Parameters.Add(new() { Value = Child.StreamType });
        command.Parameters.Add(new() { Value = after });
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return ids;
    }
}
