using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Care;

namespace LeftBehind.Registry.Children;

/// <summary>
/// The sweep of files that are due. It looks at them outside of the writers' turn, page by page, so that a night on which a whole
/// province is due keeps nobody waiting; only those that change are written as any change is. Safe with any number of replicas and
/// restarts: a file that did not change appends nothing, and one that a writer told of meanwhile is left to that writer.
/// </summary>
public sealed class DueDeterminations(EventStore store, WhatFollows follows, TimeProvider clock, ILogger<DueDeterminations> log) : Sweep(Between, clock, log)
{
    private const int LookedAtATime = 1000, ChangedAtATime = 500;
    private static readonly int Readers = Math.Clamp(Environment.ProcessorCount, 1, 4);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>Determines anew whoever is due by now; answers how many were.</summary>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var (now, total) = (Now, 0);
        for (var looked = await LookAsync(now, null, ct); looked.Count > 0;)
        {
            total += looked.Count;
            // The next are read while these are written.
            var next = LookAsync(now, looked[^1].Was, ct);
            await Task.WhenAll(WriteAsync(looked, now, ct), next);
            looked = await next;
        }
        return total;
    }

    /// <summary>Looks at the next files, with as many readers as there are processors: to read what happened to a file costs more than to find it.</summary>
    private async Task<List<Looked>> LookAsync(DateTimeOffset now, DueDay? after, CancellationToken ct)
    {
        var due = await store.ReadAsync(work => DueDays.NextAsync(work, WorkCalendar.DayOf(now), after, LookedAtATime * Readers, ct), ct);
        var looked = await Task.WhenAll(due.Chunk(LookedAtATime).Select(part => Task.Run(() => store.ReadAsync(work => LookAsync(work, part, now, ct), ct), ct)));
        return [.. looked.SelectMany(l => l)];
    }

    private static async Task<List<Looked>> LookAsync(StoreWork work, IReadOnlyList<DueDay> due, DateTimeOffset now, CancellationToken ct)
    {
        var today = WorkCalendar.DayOf(now);
        var files = await work.LoadAsync<Child>(due.Select(d => d.Child), ct);
        var cares = await work.LoadAsync<EntrustedCare>(due.Select(d => EntrustedCare.IdOf(d.Child)), ct);
        return
        [
            .. from was in due
               let file = files[was.Child]
               let care = cares[EntrustedCare.IdOf(was.Child)]
               let changes = DetermineCategory.Decide(file, today).Any() || FollowCare.Decide(care, file, now).Any()
               select new Looked(was, care.Id, work.VersionOf(file.Id) + work.VersionOf(care.Id), changes, changes ? null : DueDays.Of(file, care, today)),
        ];
    }

    private async Task WriteAsync(List<Looked> looked, DateTimeOffset now, CancellationToken ct)
    {
        if (looked.FindAll(l => !l.Changes) is { Count: > 0 } stay)
            await store.RunAsync(work => { DueDays.Move(work, stay); return Task.CompletedTask; }, ct);
        foreach (var changing in looked.Where(l => l.Changes).Select(l => l.Was.Child).Chunk(ChangedAtATime))
            await store.RunAsync(work => ChangeAsync(work, changing, now, ct), ct);
    }

    private async Task ChangeAsync(StoreWork work, IEnumerable<Guid> due, DateTimeOffset now, CancellationToken ct)
    {
        var meta = new EventMeta(now, WorkCalendar.DayOf(now));
        var files = await work.LoadAsync<Child>(due, ct);
        foreach (var file in files.Values.ToList())
            foreach (var @event in DetermineCategory.Decide(file, WorkCalendar.DayOf(now)))
            {
                work.Append(file.Id, @event, meta);
                files[file.Id] = files[file.Id].After(@event);
            }
        await follows.OfAsync(work, files.Values, meta, ct);
    }
}
