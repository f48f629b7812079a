using LeftBehind.Contracts.Registry;
using LeftBehind.Pages;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry;

/// <summary>Which facts leave the house, in what words: every event of a child's file, and the pupils linked to it. Households stay inside.</summary>
public sealed class RegistryRelay : IRelay
{
    public int Version => 1;

    public IEnumerable<RelayedFact> Translate(StoredEvent stored)
    {
        if (stored.Data is not IChildEvent e)
            yield break;
        yield return new(stored.Stream, new ChildRecorded(stored.Stream, ChangeOf(e), e.After));
        if (e is PupilLinked linked)
            yield return new(linked.PupilId, new PupilMatched(linked.PupilId, stored.Stream));
    }

    private static ChildChange ChangeOf(IChildEvent e) => e switch
    {
        ChildFileOpened => ChildChange.Opened,
        ChildIdentityCorrected or IdentityConflictFound => ChildChange.IdentityCorrected,
        ChildMoved => ChildChange.Moved,
        ParentStatusRecorded => ChildChange.ParentStatusChanged,
        CarerNamed => ChildChange.CarerChanged,
        CategoryChanged => ChildChange.CategoryChanged,
        ChildFileClosed => ChildChange.Closed,
        ChildFileReopened => ChildChange.Reopened,
        PupilLinked => ChildChange.PupilLinked,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };
}
