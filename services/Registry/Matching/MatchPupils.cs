using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Identities;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Matching;

/// <summary>
/// Finds the file of a pupil that waits: by number, name and birth date together. Whoever is not found waits here and is
/// linked in the transaction that opens the file. Whoever is found waits no longer, whatever was told before.
/// </summary>
public sealed class MatchPupils(SealedTo sealedToRegistry, KeyedDigest digests) : IPageHandler
{
    private const string Awaits = "pupil_awaits_match";

    public string Source => "education";

    public bool Wants(string type) => type == Awaits;

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var waiting = facts.Select(f => (Fact: f, Pupil: JsonSerializer.Deserialize<PupilAwaitsMatch>(f.Json, EventTypes.Json)!)).ToList();
        var identities = await IdentityIndex.LoadAsync(work, [.. waiting.Select(w => Blind(w.Pupil)).OfType<Guid>().Distinct()], ct);
        var children = await work.LoadAsync<Child>(identities.Children, ct);
        var (matched, unmatched) = (new HashSet<Guid>(), new List<(Guid Pupil, Guid?, string, DateOnly?)>());
        foreach (var (fact, pupil) in waiting)
        {
            var name = IdentityDigests.Name(digests, NameOf(pupil));
            if (Blind(pupil) is { } blind && identities.Find(blind) is { } owner && IdentityIndex.Agree(owner, name, pupil.BirthDate))
            {
                Link(work, children, owner.Child, fact, pupil.PupilId);
                matched.Add(pupil.PupilId);
            }
            else
                unmatched.Add((pupil.PupilId, Blind(pupil), name, pupil.BirthDate));
        }
        IdentityIndex.NoLongerWait(work, matched);
        IdentityIndex.Wait(work, [.. unmatched.Where(u => !matched.Contains(u.Pupil))]);
    }

    private static void Link(StoreWork work, Dictionary<Guid, Child> children, Guid childId, PagedEvent fact, Guid pupilId)
    {
        var child = children[childId];
        if (child.Pupils.Contains(pupilId))
            return;
        var linked = new PupilLinked(pupilId, child.Facts);
        work.Append(childId, linked, new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id));
        children[childId] = child.After(linked);
    }

    private string NameOf(PupilAwaitsMatch pupil) => Sealed.TryParse(pupil.SealedIdentity, out var closed)
        ? sealedToRegistry.UnsealJson<PupilIdentity>(closed).Name
        : throw new SealingException("The identity of a waiting pupil is not sealed.");

    private static Guid? Blind(PupilAwaitsMatch pupil) => Guid.TryParse(pupil.BlindIndex, out var blind) ? blind : null;
}
