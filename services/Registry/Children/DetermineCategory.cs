using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Children;

/// <summary>
/// Re-determines a file's category on a day, and closes it on the 18th birthday; a file that was closed so by a mistyped birth
/// date opens again once the date is corrected to one of a minor. Pure.
/// </summary>
public static class DetermineCategory
{
    public static IEnumerable<IChildEvent> Decide(Child child, DateOnly today)
    {
        if (!child.Exists || child.Facts.State is not (FileState.Open or FileState.Adult))
            return [];
        var isAdult = IsAdult(child, today);
        if (child.Facts.State is FileState.Adult)
            return isAdult ? [] : Reopen(child, ReopenReason.BirthDateCorrected, today);
        return isAdult ? [new ChildFileClosed(Closed(child.Facts, FileState.Adult))] : Redetermine(child, today, null);
    }

    /// <summary>The same after files were merged or parted: whatever changes by it was told before, of another file.</summary>
    public static IEnumerable<IChildEvent> AfterMerge(Child child, DateOnly today) =>
        child.Facts.State is FileState.Open && !IsAdult(child, today) ? Redetermine(child, today, CategoryReasons.FactsCorrected) : Decide(child, today);

    /// <summary>Whether the 18th birthday was reached, as far as the birth date is known.</summary>
    public static bool IsAdult(Child child, DateOnly today) => child.Facts.BirthDate is { } born && !Ages.IsUnder(born, Ages.Adult, today);

    /// <summary>A closed file is of no category.</summary>
    public static ChildFacts Closed(ChildFacts facts, FileState state) =>
        facts with { State = state, Category = ChildCategory.None, Reason = null, Difficulties = Difficulties.None, Reopened = null };

    /// <summary>Opens a closed file of a minor, and determines it anew.</summary>
    public static IEnumerable<IChildEvent> Reopen(Child child, ReopenReason reason, DateOnly today)
    {
        var reopened = new ChildFileReopened(child.Facts with { State = FileState.Open, Reopened = reason });
        return [reopened, .. Redetermine(child.After(reopened), today, CategoryReasons.FileReopened)];
    }

    public static Determination Of(Child child, DateOnly today) =>
        Eligibility.Determine(child.Facts.BirthDate, GroupFacts.ResidencyOf(child), GroupFacts.FatherOf(child), GroupFacts.MotherOf(child), today, GroupFacts.NeedsOf(child, child.Needs));

    private static IEnumerable<IChildEvent> Redetermine(Child child, DateOnly today, CategoryReasons? because)
    {
        var (now, inputs) = (Of(child, today), Inputs.Of(child, today));
        if (child.RuleVersion != Eligibility.RuleVersion)
            yield return new RuleVersionChanged(child.RuleVersion, Eligibility.RuleVersion, today, inputs, now.Findings, child.Facts);
        if ((now.Category, now.Reason, now.Difficulties) == (child.Facts.Category, child.Facts.Reason, child.Facts.Difficulties))
            yield break;
        var why = because ?? CategoryReasonsOf.Change(child, now, inputs);
        yield return new CategoryChanged(child.Facts.Category, Eligibility.RuleVersion, today,
            child.Facts with { Category = now.Category, Reason = now.Reason, Difficulties = now.Difficulties }, why, inputs, now.Findings);
    }
}
