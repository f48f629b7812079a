using LeftBehind.Contracts;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Children;

/// <summary>
/// Who is the legal guardian (监护) of a child is what a court named last (民法典 §36, §38), until another source tells otherwise. The event bears
/// the fact's id, so a fact told again changes nothing. Who cares for the child is apart, and stays as it is.
/// </summary>
public sealed class FollowGuardians(WhatFollows follows, TimeProvider clock) : IPageHandler
{
    public string Source => "guardianship";

    public bool Wants(string type) => type == "guardian_designated";

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Named: (GuardianDesignated)Contract.Facts.Read(f.Type, f.Json))).ToList();
        var files = await work.LoadAsync<Child>(told.Select(t => t.Named.ChildId).Distinct(), ct);
        await Canonical.LoadAsync(work, files, ct);
        var (today, changed) = (WorkCalendar.DayOf(clock.GetUtcNow()), new HashSet<Guid>());
        EventMeta? last = null;
        foreach (var (fact, named) in told)
        {
            var child = Canonical.Of(files, named.ChildId);
            if (!child.Exists || RecordNeeds.Guardian(child, named.Guardian, Source) is not { } news)
                continue;
            var meta = last = new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id);
            work.Append(child.Id, news, meta, fact.Id);
            child = child.After(news);
            foreach (var @event in DetermineCategory.Decide(child, today))
            {
                work.Append(child.Id, @event, meta);
                child = child.After(@event);
            }
            files[child.Id] = child;
            changed.Add(child.Id);
        }
        if (last is not null)
            await follows.OfAsync(work, [.. changed.Select(id => files[id])], last, ct);
    }
}
