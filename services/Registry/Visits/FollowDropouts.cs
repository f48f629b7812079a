using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Visits;

/// <summary>Who dropped out of compulsory school is on the key list until the roll tells otherwise. A fact told again changes nothing.</summary>
public sealed class FollowDropouts(VisitDuties duties, TimeProvider clock) : IPageHandler
{
    public string Source => "education";

    public bool Wants(string type) => type == "child_schooling_recorded";

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        // What older releases told without the pupil says nothing of any pupil.
        var told = facts.Select(f => (Fact: f, Now: JsonSerializer.Deserialize<ChildSchoolingRecorded>(f.Json, EventTypes.Json)!)).Where(t => t.Now.PupilId is not null).ToList();
        if (told.Count == 0)
            return;
        var pupils = await PupilSchoolings.LoadAsync(work, told.Select(t => t.Now.PupilId!.Value), told.Select(t => t.Now.ChildId), ct);
        var (changed, gone, causes) = (new HashSet<Guid>(), new HashSet<Guid>(), new Dictionary<Guid, PagedEvent>());
        foreach (var (fact, now) in told)
        {
            var pupil = now.PupilId!.Value;
            var known = pupils.GetValueOrDefault(pupil);
            // An unlink told after the next match is of the file before.
            if (now is { State: null, Schooling: Schooling.NotCollected } && known?.Child == now.ChildId)
            {
                pupils.Remove(pupil);
                changed.Remove(pupil);
                gone.Add(pupil);
            }
            else if (now is { State: not null } or { Schooling: not Schooling.NotCollected })
            {
                pupils[pupil] = new(pupil, now.ChildId, now.Schooling, now.State, now.EffectiveOn, fact.Sequence);
                gone.Remove(pupil);
                changed.Add(pupil);
            }
            causes[now.ChildId] = fact;
            if (known is not null)
                causes[known.Child] = fact;
        }
        PupilSchoolings.Write(work, changed.Select(p => pupils[p]), gone);
        await FollowAsync(work, pupils.Values.ToLookup(p => p.Child), causes, ct);
    }

    private async Task FollowAsync(StoreWork work, ILookup<Guid, PupilSchooling> pupilsOf, Dictionary<Guid, PagedEvent> causes, CancellationToken ct)
    {
        var rows = await VisitRows.LoadAsync(work, causes.Keys, ct);
        var dropouts = causes.Keys.ToDictionary(child => child, child => PupilSchooling.IsDropout(pupilsOf[child]));
        var news = dropouts.Where(d => d.Value != (rows.GetValueOrDefault(d.Key)?.Plan.DroppedOut ?? false)).Select(d => d.Key).ToList();
        if (news.Count == 0)
            return;
        var files = await work.LoadAsync<Child>(news, ct);
        var now = clock.GetUtcNow();
        await duties.FollowAsync(work, [.. news.Select(id => files[id])],
            child => new(now, WorkCalendar.DayOf(now), Traceparent: causes[child].Traceparent, Cause: causes[child].Id), ct, dropouts: dropouts);
    }
}
