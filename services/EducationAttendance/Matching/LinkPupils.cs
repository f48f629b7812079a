using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EducationAttendance.Goals;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EducationAttendance.Reconciliation;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Matching;

/// <summary>Takes Registry's answers to pupils that looked for their file. Whose match is taken back looks again, with what the roll tells of it now.</summary>
public sealed class LinkPupils(PersonKeyTable personKeys, SealedTo registry, CompareWithRegistry compare) : IPageHandler
{
    public string Source => "registry";

    public bool Wants(string type) => type is "pupil_matched" or "pupil_unlinked";

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var answers = facts.Select(f => (Fact: f, Answer: Contract.Facts.Read(f.Type, f.Json))).ToList();
        var pupils = await work.LoadAsync<Pupil>(answers.Select(a => PupilOf(a.Answer)), ct);
        var asking = answers.Where(a => a.Answer is PupilUnlinked).Select(a => pupils[PupilOf(a.Answer)].KeyId).ToHashSet();
        var keys = asking.Count > 0 ? await personKeys.LoadMany(work.Connection, work.Transaction, asking, ct) : [];
        var changed = new Dictionary<Guid, EventMeta>();
        foreach (var (fact, answer) in answers)
        {
            var pupil = pupils[PupilOf(answer)];
            if (!pupil.Exists)
                throw new InvalidOperationException($"Pupil {pupil.Id} is not on this roll.");
            var decided = Decide(pupil, answer, () => Link.Ask(pupil, keys.GetValueOrDefault(pupil.KeyId), registry)).ToList();
            foreach (var @event in decided)
            {
                // The last event of a fact bears its id, by which a replay knows that it was answered.
                work.Append(pupil.Id, @event, changed[pupil.Id] = new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id),
                    @event == decided[^1] ? fact.Id : null);
                pupils[pupil.Id] = pupils[pupil.Id].After(@event);
            }
        }
        SchoolPupils.Write(work, changed.Keys.Select(id => pupils[id]));
        await compare.ToldAsync(work, [.. changed.Select(c => (pupils[c.Key], c.Value))], ct);
    }

    public static IEnumerable<IPupilEvent> Decide(Pupil pupil, object answer, Func<AskedIdentity?> ask) => answer switch
    {
        PupilMatched m => Link.Matched(pupil, m.ChildId),
        PupilUnlinked u => Link.Unlinked(pupil, u.ChildId, ask),
        _ => [],
    };

    private static Guid PupilOf(object answer) => answer switch
    {
        PupilMatched m => m.PupilId,
        PupilUnlinked u => u.PupilId,
        _ => throw new InvalidOperationException($"{answer.GetType().Name} is no answer to a pupil."),
    };
}
