using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Care;

/// <summary>
/// Follows children's files with their care, in the transaction that changed them, and keeps when either may next change by itself: one
/// read of the streams, one statement a table, however many children. Duties are asked only where a care runs.
/// </summary>
public sealed class CareOfChildren(ObligationBook book, DivisionTree tree, TimeProvider clock)
{
    /// <summary>What follows from these files as they are now.</summary>
    /// <param name="work">The work that changed them, or a sweep.</param>
    /// <param name="children">The files as they are now.</param>
    /// <param name="meta">What is kept beside the events.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="opened">Files that this work opened: nothing can be on record of their care.</param>
    public async Task FollowAsync(StoreWork work, IReadOnlyCollection<Child> children, EventMeta meta, CancellationToken ct, IReadOnlySet<Guid>? opened = null)
    {
        var files = children.Where(c => c.Exists).DistinctBy(c => c.Id).ToList();
        if (files.Count == 0)
            return;
        var isNew = files.ToLookup(c => opened?.Contains(c.Id) is true, c => EntrustedCare.IdOf(c.Id));
        var cares = await work.LoadAsync<EntrustedCare>(isNew[false], ct);
        foreach (var (id, unknown) in work.Begin<EntrustedCare>(isNew[true]))
            cares.TryAdd(id, unknown);
        var changes = new CareChanges(work, tree, cares);
        foreach (var child in files)
            changes.Follow(child, clock.GetUtcNow(), meta);
        await WriteAsync(work, changes, files, opened, ct);
    }

    /// <summary>A command on one child's care: first what the days brought, then the command, then what follows from it.</summary>
    public async Task<(EntrustedCare Before, EntrustedCare After, bool Changed)> ChangeAsync(
        StoreWork work, Child child, Func<EntrustedCare, IEnumerable<ICareEvent>> decide, Func<ICareEvent, EventMeta> meta, EventMeta now, CancellationToken ct)
    {
        var id = EntrustedCare.IdOf(child.Id);
        var cares = await work.LoadAsync<EntrustedCare>([id], ct);
        var (before, changes) = (cares[id], new CareChanges(work, tree, cares));
        changes.Follow(child, now.OccurredAt, now);
        var decided = decide(cares[id]).ToList();
        foreach (var @event in decided)
            changes.Take(id, @event, meta(@event));
        changes.Follow(child, now.OccurredAt, now);
        await WriteAsync(work, changes, [child], null, ct);
        return (before, cares[id], decided.Count > 0);
    }

    private async Task WriteAsync(StoreWork work, CareChanges changes, IReadOnlyCollection<Child> files, IReadOnlySet<Guid>? opened, CancellationToken ct)
    {
        var today = WorkCalendar.DayOf(clock.GetUtcNow());
        CareWork.Write(work, files.Select(c => (c, CareWork.Lacks(changes.Of(c), c), opened?.Contains(c.Id) is true)));
        DueDays.Write(work, files.Select(c => (c.Id, DueDays.Of(c, changes.Of(c), today), opened?.Contains(c.Id) is true)));
        await changes.Duties.ApplyAsync(work, book, ct);
    }
}

/// <summary>The cares that one piece of work touches, kept current while their events are appended.</summary>
internal sealed class CareChanges(StoreWork work, DivisionTree tree, Dictionary<Guid, EntrustedCare> cares)
{
    public CareDutyChanges Duties { get; } = new(tree);

    public EntrustedCare Of(Child child) => cares[EntrustedCare.IdOf(child.Id)];

    public void Follow(Child child, DateTimeOffset now, EventMeta meta)
    {
        var id = EntrustedCare.IdOf(child.Id);
        foreach (var @event in FollowCare.Decide(cares[id], child, now).ToList())
            Take(id, @event, FollowCare.Meta(@event, cares[id], meta));
    }

    public void Take(Guid id, ICareEvent @event, EventMeta meta)
    {
        var before = cares[id];
        work.Append(id, @event, meta);
        cares[id] = before.After(@event);
        Duties.Take(before, @event, cares[id], meta);
    }
}
