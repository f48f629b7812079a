using LeftBehind.Contracts.Registry;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Erasure;
using LeftBehind.Registry.Hazards;
using LeftBehind.Registry.Matching;
using LeftBehind.Registry.Visits;
using PupilUnlinked = LeftBehind.Registry.Children.PupilUnlinked;

namespace LeftBehind.Registry;

/// <summary>Which facts leave the house, in what words: every event of a child's file, of its visits, care and screenings, the pupils linked to it, hazards, and duties. Households, campaigns, carers and workers' names stay inside.</summary>
public sealed class RegistryRelay : IRelay
{
    /// <summary>2: a child's household is told.</summary>
    public int Version => 2;

    public IEnumerable<RelayedFact> Translate(StoredEvent stored)
    {
        if (ObligationTelling.Of(stored.Stream, stored.Data) is { } duty)
        {
            yield return new(stored.Stream, duty);
            yield return new(duty.After.Subject.Id, duty);
        }
        foreach (var fact in VisitsTelling.Of(stored.Stream, stored.Data).Concat(CareTelling.Of(stored.Stream, stored.Data)).Concat(HazardTelling.Of(stored.Stream, stored.Data)))
            yield return fact;
        if (stored.Data is not IChildEvent e)
            yield break;
        yield return new(stored.Stream, new ChildRecorded(stored.Stream, ChangeOf(e), e.After, (e as CategoryChanged)?.Why, (e as ChildFileOpened)?.Household ?? (e as ChildMoved)?.Household));
        if (e is PupilLinked linked)
            yield return new(linked.PupilId, new PupilMatched(linked.PupilId, linked.CountsFor ?? stored.Stream));
        if (e is Erasure.PersonalDataErased erased)
            yield return new(stored.Stream, new Contracts.Registry.PersonalDataErased(stored.Stream, erased.Pupils));
        if (e is ErasedPupilFound found)
            yield return new(stored.Stream, new Contracts.Registry.PersonalDataErased(stored.Stream, [found.PupilId]));
        // The pupils of a merged file count with the one it was merged into, and go back with it.
        foreach (var pupil in (e as DuplicateJoined)?.Pupils ?? (e as ChildFileUnmerged)?.Pupils ?? [])
            yield return new(pupil, new PupilMatched(pupil, stored.Stream));
        if (e is PupilUnlinked unlinked)
            yield return new(unlinked.PupilId, new Contracts.Registry.PupilUnlinked(unlinked.PupilId, unlinked.CountsFor ?? stored.Stream));
    }

    private static ChildChange ChangeOf(IChildEvent e) => e switch
    {
        ChildFileOpened => ChildChange.Opened,
        ChildIdentityCorrected or IdentityConflictFound => ChildChange.IdentityCorrected,
        ChildMoved => ChildChange.Moved,
        ParentStatusRecorded => ChildChange.ParentStatusChanged,
        CarerNamed => ChildChange.CarerChanged,
        CategoryChanged => ChildChange.CategoryChanged,
        RuleVersionChanged => ChildChange.RuleVersionChanged,
        DisabilityRecorded => ChildChange.DisabilityChanged,
        IllnessRecorded => ChildChange.IllnessChanged,
        AidRecorded => ChildChange.AidChanged,
        GuardianRecorded => ChildChange.GuardianChanged,
        ChildFileClosed => ChildChange.Closed,
        ChildFileReopened => ChildChange.Reopened,
        PupilLinked => ChildChange.PupilLinked,
        PupilUnlinked => ChildChange.PupilUnlinked,
        DuplicateSuspected => ChildChange.DuplicateSuspected,
        DuplicateDismissed => ChildChange.DuplicateDismissed,
        ChildFileMerged => ChildChange.Merged,
        ChildFileUnmerged => ChildChange.Unmerged,
        DuplicateJoined => ChildChange.DuplicateJoined,
        DuplicateTold => ChildChange.DuplicateTold,
        DuplicateParted => ChildChange.DuplicateParted,
        Erasure.PersonalDataErased or ErasedPupilFound => ChildChange.PersonalDataErased,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };
}
