using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Matching;

/// <summary>
/// Merges two files by a link, and takes it back: each keeps its own events and facts, one alone is counted, with what the other
/// knows where it knows nothing itself. Only a person decides it, never a rule. Pure.
/// </summary>
public static class MergeFiles
{
    /// <summary>What the two files tell; nothing when it is so already.</summary>
    /// <param name="child">The file that is merged.</param>
    /// <param name="other">The file that counts from now on.</param>
    /// <param name="pupils">The pupils of the merged file and of those merged into it before.</param>
    /// <param name="today">The day of the determination that follows.</param>
    public static IEnumerable<(Guid File, IChildEvent Event)> Confirm(Child child, Child other, IReadOnlyList<Guid> pupils, DateOnly today)
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
        var lent = LentFacts.Of(child);
        var joined = new DuplicateJoined(child.Id, pupils, GroupFacts.Of(Lending(other, child.Id, lent)), lent);
        return
        [
            (child.Id, new ChildFileMerged(other.Id, DetermineCategory.Closed(child.Facts, FileState.MergedInto))),
            (other.Id, joined),
            .. DetermineCategory.AfterMerge(other.After(joined), today).Select(e => (other.Id, e)),
        ];
    }

    /// <summary>Opens a merged file again, with its own facts, its category determined by its own; the other keeps nothing of what it was lent.</summary>
    /// <param name="child">The merged file.</param>
    /// <param name="other">The file it was merged into.</param>
    /// <param name="pupils">The pupils that go back with it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="fileOf">The files above it.</param>
    /// <param name="today">The day of the determinations that follow.</param>
    public static IEnumerable<(Guid File, IChildEvent Event)> Unlink(
        Child child, Child other, IReadOnlyList<Guid> pupils, UnmergeReason reason, Func<Guid, Child> fileOf, DateOnly today)
    {
        if (child.MergedInto is not { } into)
            return [];
        var unmerged = new ChildFileUnmerged(into, reason, pupils, child.Facts with { State = FileState.Open });
        var parted = new DuplicateParted(child.Id, GroupFacts.Of(other with { Joined = other.Joined.Remove(child.Id) }));
        return
        [
            (child.Id, unmerged),
            .. DetermineCategory.Decide(child.After(unmerged), today).Select(e => (child.Id, e)),
            (into, parted),
            .. Upwards(other.After(parted), fileOf, today),
        ];
    }

    /// <summary>What a merged file was told, passed on from file to file up to the one that counts.</summary>
    public static IEnumerable<(Guid File, IChildEvent Event)> Tell(Child told, Func<Guid, Child> fileOf)
    {
        while (told.MergedInto is { } into)
        {
            var (other, lent) = (fileOf(into), LentFacts.Of(told));
            if (other.Joined.GetValueOrDefault(told.Id) == lent)
                yield break;
            var passed = new DuplicateTold(told.Id, lent, GroupFacts.Of(Lending(other, told.Id, lent)));
            yield return (into, passed);
            told = other.After(passed);
        }
    }

    /// <summary>Records that two files are two children; nothing when it is recorded already.</summary>
    public static IEnumerable<(Guid File, IChildEvent Event)> Dismiss(Child child, Guid other, DismissalReason reason, ReviewState? state) => state switch
    {
        ReviewState.Dismissed => [],
        ReviewState.Suspected => [(child.Id, new DuplicateDismissed(other, reason, child.Facts))],
        _ => throw new RejectedException("these files are not suspected to be one child"),
    };

    /// <summary>The same, and what the file that counts is determined as then.</summary>
    private static IEnumerable<(Guid File, IChildEvent Event)> Upwards(Child told, Func<Guid, Child> fileOf, DateOnly today)
    {
        foreach (var (file, passed) in Tell(told, fileOf))
        {
            yield return (file, passed);
            told = fileOf(file).After(passed);
        }
        if (told.MergedInto is null)
            foreach (var determined in DetermineCategory.AfterMerge(told, today))
                yield return (told.Id, determined);
    }

    private static Child Lending(Child file, Guid from, LentFacts lent) => file with { Joined = file.Joined.SetItem(from, lent) };
}
