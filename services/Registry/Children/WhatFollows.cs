using LeftBehind.EventLog;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Hazards.Screenings;
using LeftBehind.Registry.Visits;

namespace LeftBehind.Registry.Children;

/// <summary>
/// What follows of changed files in the transaction that changed them: the visits that are due, entrusted care, when they may next change by themselves, and
/// who is to be screened. Whoever changes files hands them here once, as they are by then; it costs a constant number of statements.
/// </summary>
public sealed class WhatFollows(VisitDuties visits, CareOfChildren cares)
{
    /// <summary>Follows files.</summary>
    /// <param name="work">The transaction that changed them, or a sweep.</param>
    /// <param name="files">The files after the change; those that count, where some are merged.</param>
    /// <param name="meta">What is kept beside what follows.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="opened">Files that this work opened: of these nothing can be on record yet.</param>
    public async Task OfAsync(StoreWork work, IReadOnlyCollection<Child> files, EventMeta meta, CancellationToken ct, IReadOnlySet<Guid>? opened = null)
    {
        await visits.FollowAsync(work, files, _ => meta, ct, opened: opened);
        await cares.FollowAsync(work, files, meta, ct, opened);
        ScreeningTable.Follow(work, files, opened);
    }
}
