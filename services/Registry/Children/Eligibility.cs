using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Households;

namespace LeftBehind.Registry.Children;

/// <summary>
/// Who counts as left behind: under 16, rural, both parents out for work, or one out and the other without guardianship
/// capacity (国发〔2016〕13号). In difficulty (困境): here, both parents without capacity; to 18 (国发〔2016〕36号). Pure.
/// </summary>
public static class Eligibility
{
    /// <summary>Version of this rule, kept with every determination.</summary>
    public const string RuleVersion = "2016-13/1";

    private const string Policy = "国发〔2016〕13号";
    private const string PlatformDefault = "platform default";

    /// <summary>Determines a child's category on a day.</summary>
    public static Determination Determine(DateOnly? birthDate, Residency residency, ParentRecord father, ParentRecord mother, DateOnly on)
    {
        var (f, m) = (father.CountedOn(on), mother.CountedOn(on));
        LeftBehindReason? reason = (f.IsOut(), m.IsOut()) switch
        {
            (true, true) => LeftBehindReason.BothParentsOut,
            (true, false) when m.LacksCapacity() => LeftBehindReason.OneOutOtherWithoutCapacity,
            (false, true) when f.LacksCapacity() => LeftBehindReason.OneOutOtherWithoutCapacity,
            _ => null,
        };
        bool? under16 = birthDate is { } born ? on < Ages.Birthday(born, 16) : null;
        bool? rural = residency is Residency.Unknown ? null : residency is Residency.Rural;
        var inDifficulty = f.LacksCapacity() && m.LacksCapacity();
        var category = (reason is not null && under16 is not false && rural is not false, under16 is null || rural is null, inDifficulty) switch
        {
            (true, true, _) => ChildCategory.Undetermined,
            (true, false, true) => ChildCategory.LeftBehindInDifficulty,
            (true, false, false) => ChildCategory.LeftBehind,
            (false, _, true) => ChildCategory.InDifficulty,
            _ => ChildCategory.None,
        };
        var leftBehind = category is ChildCategory.LeftBehind or ChildCategory.LeftBehindInDifficulty;
        return new(category, leftBehind ? reason : null,
            [
                new("under 16", under16, Policy),
                new("rural", rural, Policy),
                new($"father out for work for {ParentRecord.DaysUntilItCounts} days", Known(f, f.IsOut()), PlatformDefault),
                new($"mother out for work for {ParentRecord.DaysUntilItCounts} days", Known(m, m.IsOut()), PlatformDefault),
                new("father without guardianship capacity", Known(f, f.LacksCapacity()), Policy),
                new("mother without guardianship capacity", Known(m, m.LacksCapacity()), Policy),
            ],
            NextChange(birthDate, father, mother, on));
    }

    private static bool? Known(ParentState state, bool found) => state is ParentState.NotCollected ? null : found;

    /// <summary>The next day on which the answer may change by itself: a birthday, or a status that begins to count.</summary>
    private static DateOnly? NextChange(DateOnly? birthDate, ParentRecord father, ParentRecord mother, DateOnly on)
    {
        DateOnly?[] days =
        [
            father.CountsFrom(on), mother.CountsFrom(on),
            birthDate is { } b ? Ages.Birthday(b, 16) : null, birthDate is { } c ? Ages.Birthday(c, Ages.Adult) : null,
        ];
        return days.Where(d => d > on).Min();
    }
}

/// <summary>A determination with what it was made from.</summary>
public sealed record Determination(ChildCategory Category, LeftBehindReason? Reason, IReadOnlyList<Finding> Findings, DateOnly? NextChange);

/// <summary>A condition of the rule, what was found (null = not known), and where the condition stands.</summary>
public sealed record Finding(string Condition, bool? Found, string Basis);
