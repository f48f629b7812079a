using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Hazards.Campaigns;
using Npgsql;

namespace LeftBehind.Registry.Hazards.Screenings;

/// <summary>
/// Tells of each screened child which campaign counts for it, once it moved or a new campaign was opened. Runs in every replica and is
/// harmless there: writers go one after another, and a child whose campaign still counts appends nothing.
/// </summary>
public sealed class FollowCampaigns(EventStore store, DivisionTree tree, TimeProvider clock, ILogger<FollowCampaigns> log) : Sweep(Between, clock, log)
{
    private const int AtATime = 500;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    /// <summary>Takes all that wait; answers how many there were.</summary>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var total = 0;
        while (await AnyAsync(ct))
            total += await SweepBatchAsync(ct);
        return total;
    }

    private Task<int> SweepBatchAsync(CancellationToken ct) => store.RunAsync(async work =>
    {
        var ids = await WaitingAsync(work, ct);
        var children = await work.LoadAsync<Child>(ids, ct);
        var safety = await work.LoadAsync<ChildSafety>(ids.Select(ChildSafety.IdOf), ct);
        var campaigns = await CountingCampaigns.LoadAsync(work, tree, children.Values.Where(c => c.Exists).Select(c => c.Facts.Residence), ct);
        var now = Now;
        foreach (var child in children.Values.Where(c => c.Exists))
        {
            var stream = ChildSafety.IdOf(child.Id);
            foreach (var @event in ChildSafety.Follow(child.Id, safety[stream], kind => campaigns.Of(kind, child.Facts.Residence)))
                work.Append(stream, @event, new(now, WorkCalendar.DayOf(now)));
        }
        work.Beside($"delete from {work.Schema}.screening_recount where child = any($1)", ids.ToArray());
        return ids.Count;
    }, ct);

    /// <summary>Asked outside of any work, so that an idle sweep keeps no writer waiting.</summary>
    private async Task<bool> AnyAsync(CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"select exists (select from {store.Schema}.screening_recount)");
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task<List<Guid>> WaitingAsync(StoreWork work, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select child from {work.Schema}.screening_recount order by child limit {AtATime}", work.Connection, work.Transaction);
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return ids;
    }
}
