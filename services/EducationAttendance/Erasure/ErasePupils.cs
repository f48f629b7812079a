using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Pairings;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EducationAttendance.Reconciliation;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Pages;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Erasure;

/// <summary>
/// Erases the pupils of an erased child: destroys their keys, and with them notes and documents of dropout cases reasons of decisions on differences, notes and plans of pairings, which end, and contact cards; and overwrites what was sealed to
/// Registry, which no pupil's key closes.
/// Told again, what is erased changes nothing.
/// </summary>
public sealed class ErasePupils(PersonKeyTable personKeys, SealedTo registry, WatchDropouts dropouts, CompareWithRegistry compare, FollowPaired pairings) : IPageHandler
{
    public string Source => "registry";

    public bool Wants(string type) => type == "personal_data_erased";

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Erased: (PersonalDataErased)Contract.Facts.Read(f.Type, f.Json))).ToList();
        var pupils = await work.LoadAsync<Pupil>(told.SelectMany(t => t.Erased.PupilIds).Distinct(), ct);
        var now = new List<(Pupil, EventMeta)>();
        foreach (var (fact, erased) in told)
            foreach (var id in erased.PupilIds)
                foreach (var @event in Decide(pupils[id]))
                {
                    var meta = new EventMeta(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id);
                    work.Append(id, @event, meta);
                    pupils[id] = pupils[id].After(@event);
                    now.Add((pupils[id], meta));
                }
        await dropouts.ErasedAsync(work, now, ct);
        await compare.ToldAsync(work, now, ct);
        await pairings.ToldAsync(work, now, ct);
        var gone = pupils.Values.Where(p => p.Erased).ToList();
        if (gone.Count == 0)
            return;
        await personKeys.Destroy(work.Connection, work.Transaction, [.. gone.Select(p => p.KeyId)], ct);
        ErasedNumbers.Write(work, gone.Where(p => p.BlindIndex is not null).Select(p => (p.BlindIndex!.Value, p.Facts.BirthDate)));
        Overwrite(work, [.. gone.Select(p => p.Id)]);
        await WaitingOfErased.SettleAsync(work, [.. gone.Select(p => p.Id), .. gone.Select(p => p.BlindIndex).OfType<Guid>()], ct);
    }

    /// <summary>None for a pupil that is not on this roll, or was erased before.</summary>
    public static IEnumerable<PupilErased> Decide(Pupil pupil) => pupil.Exists && !pupil.Erased ? [new(pupil.Facts)] : [];

    /// <summary>In place, by a seal of nothing: what the relay tells of these events keeps its place and its id.</summary>
    private void Overwrite(StoreWork work, Guid[] pupils)
    {
        var nothing = registry.SealJson(new PupilIdentity("", "")).ToText();
        foreach (var member in (string[])["identity", "asks"])
            work.Beside($$"""
                update {{work.Schema}}.mt_events set data = jsonb_set(data, '{ {{member}},toRegistry}', to_jsonb($2::text))
                where stream_id = any($1) and jsonb_exists(data->'{{member}}', 'toRegistry')
                """, pupils, nothing);
    }
}
