using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Matching;

/// <summary>The file that counts for a merged one: whoever asks for a merged file is answered with it.</summary>
public static class Canonical
{
    /// <summary>Loads the files that merged ones lead to, until all are there. Costs nothing where no file is merged.</summary>
    public static async Task LoadAsync(Dictionary<Guid, Child> children, Func<IReadOnlyCollection<Guid>, Task<Dictionary<Guid, Child>>> load)
    {
        while (children.Values.Select(c => c.MergedInto).OfType<Guid>().Where(id => !children.ContainsKey(id)).Distinct().ToList() is { Count: > 0 } missing)
            foreach (var (id, child) in await load(missing))
                children[id] = child;
    }

    /// <inheritdoc cref="LoadAsync(Dictionary{Guid, Child}, Func{IReadOnlyCollection{Guid}, Task{Dictionary{Guid, Child}}})"/>
    public static Task LoadAsync(StoreWork work, Dictionary<Guid, Child> children, CancellationToken ct) =>
        LoadAsync(children, missing => work.LoadAsync<Child>(missing, ct));

    /// <summary>The file of a child by id, as it counts now, to be decided on.</summary>
    public static async Task<Child> LoadAsync(StoreWork work, Guid id, CancellationToken ct)
    {
        var children = await work.LoadAsync<Child>([id], ct);
        await LoadAsync(work, children, ct);
        return Of(children, id);
    }

    /// <summary>The file of a child by id, as it counts now.</summary>
    public static async Task<Child> ReadAsync(EventStore store, Guid id, CancellationToken ct)
    {
        var children = await store.ReadAsync<Child>([id], ct);
        await LoadAsync(children, missing => store.ReadAsync<Child>(missing, ct));
        return Of(children, id);
    }

    /// <summary>Loads the files that were merged into these, and into those.</summary>
    public static async Task LoadJoinedAsync(StoreWork work, Dictionary<Guid, Child> children, CancellationToken ct)
    {
        while (children.Values.SelectMany(c => c.Joined.Keys).Where(id => !children.ContainsKey(id)).Distinct().ToList() is { Count: > 0 } missing)
            foreach (var (id, child) in await work.LoadAsync<Child>(missing, ct))
                children[id] = child;
    }

    /// <summary>The files that were merged into a file, and into those; all of them loaded.</summary>
    public static IEnumerable<Guid> JoinedOf(IReadOnlyDictionary<Guid, Child> children, Child file) =>
        file.Joined.Keys.SelectMany(id => JoinedOf(children, children[id]).Prepend(id));

    /// <summary>The pupils that count with a file: its own, and those of the files merged into it; all of them loaded.</summary>
    public static IEnumerable<Guid> PupilsOf(IReadOnlyDictionary<Guid, Child> children, Child file) =>
        file.Pupils.Concat(file.Joined.Keys.SelectMany(id => PupilsOf(children, children[id]))).Distinct().Order();

    /// <summary>The file that counts for a merged one; null for one that counts itself.</summary>
    public static Guid? CountsFor(IReadOnlyDictionary<Guid, Child> children, Guid id) => Of(children, id).Id is var counts && counts != id ? counts : null;

    /// <summary>Follows the links among loaded files.</summary>
    public static Child Of(IReadOnlyDictionary<Guid, Child> children, Guid id)
    {
        var child = children[id];
        while (child.MergedInto is { } into)
            child = children[into];
        return child;
    }
}
