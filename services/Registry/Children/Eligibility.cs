using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Households;

namespace LeftBehind.Registry.Children;

/// <summary>
/// Who counts as left behind: under 16, rural, both parents out for work, or one out and the other without guardianship
/// capacity (国发〔2016〕13号). In difficulty (困境): on any of the grounds of <see cref="Difficulty"/>, to 18 (国发〔2016〕36号). A child
/// may be both. Both parents without capacity is on the official form and outside the definition: found, and told apart. Pure.
/// </summary>
public static class Eligibility
{
    /// <summary>Version of this rule, kept with every determination.</summary>
    public const string RuleVersion = "2016-13/2";

    /// <summary>The version before others were kept with every file.</summary>
    public const string FirstVersion = "2016-13/1";

    /// <summary>The condition that age alone ends.</summary>
    internal const string Under16 = "under 16";

    private static readonly string FatherOut = $"father out for work for {ParentRecord.DaysUntilItCounts} days";
    private static readonly string MotherOut = $"mother out for work for {ParentRecord.DaysUntilItCounts} days";

    /// <summary>The conditions that tell of the parents, who and where they are: contact, as in timelines and figures.</summary>
    internal static IReadOnlySet<string> OfParents { get; } = new HashSet<string>(StringComparer.Ordinal)
        { FatherOut, MotherOut, "father without guardianship capacity", "mother without guardianship capacity", "both parents without guardianship capacity" };

    private const string Policy = "国发〔2016〕13号";
    private const string PlatformDefault = "platform default";
    private const string Majority = "未成年人保护法 §2";
    private const string OfficialForm = "official form, outside the definition of 国发〔2016〕13号";

    /// <summary>Determines a child's category on a day.</summary>
    public static Determination Determine(DateOnly? birthDate, Residency residency, ParentRecord father, ParentRecord mother, DateOnly on, Needs? needs = null)
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
        bool? under18 = birthDate is { } day ? Ages.IsUnder(day, Ages.Adult, on) : null;
        bool? rural = residency is Residency.Unknown ? null : residency is Residency.Rural;
        var bothWithout = BothWithoutCapacity(f, m);
        var grounds = Difficulty.Grounds(bothWithout, needs ?? Needs.Unknown);
        var difficulties = under18 is false ? Difficulties.None : grounds.Where(g => g.Finding.Found is true).Aggregate(Difficulties.None, (all, g) => all | g.Ground);
        var inDifficulty = difficulties is not Difficulties.None;
        var category = (reason is not null && under16 is not false && rural is not false, under16 is null || rural is null, inDifficulty) switch
        {
            (true, true, true) => ChildCategory.UndeterminedInDifficulty,
            (true, true, false) => ChildCategory.Undetermined,
            (true, false, true) => ChildCategory.LeftBehindInDifficulty,
            (true, false, false) => ChildCategory.LeftBehind,
            (false, _, true) => ChildCategory.InDifficulty,
            _ => ChildCategory.None,
        };
        return new(category, category.IsLeftBehind() ? reason : null, difficulties,
            [
                new(Under16, under16, Policy),
                new("rural", rural, Policy),
                new(FatherOut, Known(f, f.IsOut()), PlatformDefault),
                new(MotherOut, Known(m, m.IsOut()), PlatformDefault),
                new("father without guardianship capacity", Known(f, f.LacksCapacity()), Policy),
                new("mother without guardianship capacity", Known(m, m.LacksCapacity()), Policy),
                new("both parents without guardianship capacity", bothWithout, OfficialForm),
                new("under 18", under18, Majority),
                .. grounds.Select(g => g.Finding),
            ],
            NextChange(birthDate, father, mother, on));
    }

    /// <summary>One parent who is able is enough to know.</summary>
    private static bool? BothWithoutCapacity(ParentState father, ParentState mother) =>
        father.LacksCapacity() && mother.LacksCapacity() ? true
        : (father is not ParentState.NotCollected && !father.LacksCapacity()) || (mother is not ParentState.NotCollected && !mother.LacksCapacity()) ? false
        : null;

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
public sealed record Determination(
    ChildCategory Category, LeftBehindReason? Reason, Difficulties Difficulties, IReadOnlyList<Finding> Findings, DateOnly? NextChange);

/// <summary>A condition of the rule, what was found (null = not known), where the condition stands, and the source system that told it, where one alone did.</summary>
public sealed record Finding(string Condition, bool? Found, string Basis, string? Source = null);
