using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Matching;

/// <summary>
/// Merges two files by a link, and takes it back: each keeps its own events and facts, one alone is counted. Only a person
/// decides it, never a rule. Pure.
/// </summary>
public static class MergeFiles
{
    /// <summary>What the two files tell; nothing when it is so already.</summary>
    public static IEnumerable<(Guid File, IChildEvent Event)> Confirm(Child child, Child other)
    {
        if (child.MergedInto == other.Id)
            return [];
        if (child.Id == other.Id)
            throw new RejectedException("both are the same file");
        if (child.Facts.State is not FileState.Open || other.Facts.State is not FileState.Open)
            throw new RejectedException("only open files are merged");
        if (child.Erased || other.Erased)
            throw new RejectedException("the personal data of one of the files was erased");
        if (child.Facts.Verified && other.Facts.Verified && child.BlindIndex is { } a && other.BlindIndex is { } b && a != b)
            throw new RejectedException("the files have different verified ID numbers");
        return
        [
            (child.Id, new ChildFileMerged(other.Id, DetermineCategory.Closed(child.Facts, FileState.MergedInto))),
            (other.Id, new DuplicateJoined(child.Id, [.. child.Pupils.Order()], other.Facts)),
        ];
    }

    /// <summary>Opens a merged file again, with its own facts, its category determined by its own.</summary>
    public static IEnumerable<(Guid File, IChildEvent Event)> Unlink(Child child, Child canonical, UnmergeReason reason, DateOnly today)
    {
        if (child.MergedInto is not { } into)
            return [];
        var unmerged = new ChildFileUnmerged(into, reason, [.. child.Pupils.Order()], child.Facts with { State = FileState.Open });
        return
        [
            (child.Id, unmerged),
            .. DetermineCategory.Decide(child.After(unmerged), today).Select(e => (child.Id, e)),
            (into, new DuplicateParted(child.Id, canonical.Facts)),
        ];
    }

    /// <summary>Records that two files are two children; nothing when it is recorded already.</summary>
    public static IEnumerable<(Guid File, IChildEvent Event)> Dismiss(Child child, Guid other, DismissalReason reason, ReviewState? state) => state switch
    {
        ReviewState.Dismissed => [],
        ReviewState.Suspected => [(child.Id, new DuplicateDismissed(other, reason, child.Facts))],
        _ => throw new RejectedException("these files are not suspected to be one child"),
    };
}
