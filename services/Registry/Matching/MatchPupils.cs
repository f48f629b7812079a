using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Erasure;
using LeftBehind.Registry.Identities;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Matching;

/// <summary>
/// Finds the file of a pupil that waits: by number, name and birth date together. Whoever is not found waits here and is
/// linked in the transaction that opens the file. Whoever has a file keeps it, whatever the roll knew of that when it told the
/// pupil again, as long as the ground of the link stands; else the link is taken back, and the file is looked for anew.
/// </summary>
public sealed class MatchPupils(SealedTo sealedToRegistry, KeyedDigest digests) : IPageHandler
{
    private const string Awaits = "pupil_awaits_match";

    public string Source => "education";

    public bool Wants(string type) => type == Awaits;

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Pupil: JsonSerializer.Deserialize<PupilAwaitsMatch>(f.Json, EventTypes.Json)!)).ToList();
        var identities = await IdentityIndex.LoadAsync(work, [.. told.Select(w => Blind(w.Pupil)).OfType<Guid>().Distinct()], ct);
        var links = await LinkedPupils.LoadAsync(work, [.. told.Select(t => t.Pupil.PupilId).Distinct()], ct);
        var children = await work.LoadAsync<Child>(identities.Children.Concat(links.Children), ct);
        await Canonical.LoadAsync(work, children, ct);
        var erased = new HashSet<Guid>();
        var waiting = new Dictionary<Guid, (Guid Pupil, Guid? Blind, string NameDigest, DateOnly? BirthDate)>();
        foreach (var (fact, pupil) in told)
        {
            var (id, blind) = (pupil.PupilId, Blind(pupil));
            var owner = blind is { } number ? identities.Find(number) : null;
            // Of an erased child nothing is compared any more: its pupils stay its own.
            if (links.Find(id) is { } kept && children[kept.Child].Erased)
                continue;
            if (links.Find(id) is { } link && Ground.Stands(children[link.Child], pupil.BirthDate, blind is null ? null : owner?.Child == link.Child))
            {
                // A number that is not told any more is still the one that the link was made by.
                links.Set(id, link with { Blind = blind ?? link.Blind, BirthDate = pupil.BirthDate ?? link.BirthDate });
                continue;
            }
            if (links.Find(id) is { } wrong)
            {
                Append(wrong.Child, new PupilUnlinked(id, UnlinkGround.IdentityCorrected, children[wrong.Child].Facts, Canonical.CountsFor(children, wrong.Child)), fact);
                links.Remove(id);
            }
            if (owner is not null && children[owner.Child] is { Erased: true } gone && RowsOfChild.IsErased(gone, id, pupil.BirthDate))
            {
                if (!gone.ErasedPupils.Contains(id))
                    Append(owner.Child, new ErasedPupilFound(id, gone.Facts), fact);
                erased.Add(id);
                waiting.Remove(id);
                continue;
            }
            var name = IdentityDigests.Name(digests, NameOf(pupil));
            if (owner is not null && IdentityIndex.Agree(owner, name, pupil.BirthDate) && MayLink(children[owner.Child], pupil))
            {
                if (!children[owner.Child].Pupils.Contains(id))
                    Append(owner.Child, new PupilLinked(id, children[owner.Child].Facts, Canonical.CountsFor(children, owner.Child)), fact);
                links.Set(id, new(owner.Child, blind, pupil.BirthDate));
                waiting.Remove(id);
            }
            else
                waiting[id] = (id, blind, name, pupil.BirthDate);
        }
        links.Write(work);
        IdentityIndex.NoLongerWait(work, [.. told.Select(t => t.Pupil.PupilId).Distinct().Where(id => links.Find(id) is not null || erased.Contains(id))]);
        IdentityIndex.Wait(work, waiting.Values);

        void Append(Guid child, IChildEvent @event, PagedEvent fact)
        {
            work.Append(child, @event, new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id));
            children[child] = children[child].After(@event);
        }
    }

    /// <summary>A pair that a person parted is not linked again by rule.</summary>
    private static bool MayLink(Child child, PupilAwaitsMatch pupil) =>
        !child.Parted.Contains(pupil.PupilId) && Ground.Stands(child, pupil.BirthDate, isTheChildsNumber: true);

    private string NameOf(PupilAwaitsMatch pupil) => Sealed.TryParse(pupil.SealedIdentity, out var closed)
        ? sealedToRegistry.UnsealJson<PupilIdentity>(closed).Name
        : throw new SealingException("The identity of a waiting pupil is not sealed.");

    private static Guid? Blind(PupilAwaitsMatch pupil) => Guid.TryParse(pupil.BlindIndex, out var blind) ? blind : null;
}
