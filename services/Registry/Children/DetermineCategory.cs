using LeftBehind.Contracts.Registry;

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
            yield break;
        var isAdult = child.Facts.BirthDate is { } born && !Ages.IsUnder(born, Ages.Adult, today);
        if (child.Facts.State is FileState.Adult)
        {
            if (isAdult)
                yield break;
            var reopened = new ChildFileReopened(child.Facts with { State = FileState.Open });
            yield return reopened;
            child = child.After(reopened);
        }
        if (isAdult)
        {
            yield return new ChildFileClosed(child.Facts with { State = FileState.Adult, Category = ChildCategory.None, Reason = null });
            yield break;
        }
        var determination = Of(child, today);
        if (determination.Category != child.Facts.Category || determination.Reason != child.Facts.Reason)
            yield return new CategoryChanged(child.Facts.Category, Eligibility.RuleVersion, today,
                child.Facts with { Category = determination.Category, Reason = determination.Reason });
    }

    public static Determination Of(Child child, DateOnly today) =>
        Eligibility.Determine(child.Facts.BirthDate, child.Residency, child.Father, child.Mother, today);
}
