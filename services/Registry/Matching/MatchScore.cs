using System.Globalization;
using LeftBehind.Contracts.Registry;

namespace LeftBehind.Registry.Matching;

/// <summary>
/// How much speaks for two files being one child, 0 to 100, with the evidence. A missing field weighs nothing: it lowers
/// confidence and vetoes nothing. The weights and the threshold are platform defaults. Only ever a suspicion: people settle it. Pure.
/// </summary>
/// <param name="Points">0 to 100.</param>
/// <param name="Evidence">Every feature with what it weighed.</param>
public sealed record MatchScore(int Points, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>From here on two files are suspected to be one child. Platform default.</summary>
    public const int Suspect = 48;

    /// <summary>What a family in common would add; pairs further below cannot reach the threshold by it.</summary>
    public const int MostOfFamily = 18;

    public bool IsSuspect => Points >= Suspect;

    /// <summary>The evidence as one line, the same for the same findings.</summary>
    public string Findings => string.Join(' ', Evidence.Select(e => $"{e.Feature}:{e.Agreement}"));

    /// <summary>Compares two files.</summary>
    public static MatchScore Of(MatchFeatures one, MatchFeatures other)
    {
        Evidence[] evidence =
        [
            Weigh(MatchFeature.Name, NameForms.Compare(one.Name, other.Name), 36, 12, -30),
            Weigh(MatchFeature.BirthDate, Dates(one.BirthDate, other.BirthDate), 30, 9, -24),
            Weigh(MatchFeature.Sex, Sexes(one.Sex, other.Sex), 3, 0, -18),
            Weigh(MatchFeature.Family, Families(one, other), MostOfFamily, 0, -6),
            Weigh(MatchFeature.Residence, Places(one, other), 12, 6, -3),
            Weigh(MatchFeature.Number, Numbers(one, other), 12, 0, -18),
        ];
        return new(AreTwo(one, other, evidence) ? 0 : Math.Clamp(evidence.Sum(e => e.Weight), 0, 100), evidence);
    }

    /// <summary>
    /// Whom nothing else makes one: different confirmed numbers; and twins, born on one day into one family with different given
    /// names. A bad or missing number is no reason for either.
    /// </summary>
    private static bool AreTwo(MatchFeatures one, MatchFeatures other, Evidence[] evidence)
    {
        Agreement Of(MatchFeature feature) => Array.Find(evidence, e => e.Feature == feature)!.Agreement;
        if (Of(MatchFeature.Number) is Agreement.Different && one.NumberVerified && other.NumberVerified)
            return true;
        return Of(MatchFeature.BirthDate) is Agreement.Same && Of(MatchFeature.Family) is Agreement.Same
            && Of(MatchFeature.Name) is Agreement.Near or Agreement.Different && NameForms.Given(one.Name) != NameForms.Given(other.Name);
    }

    private static Evidence Weigh(MatchFeature feature, Agreement agreement, int same, int near, int different) => new(feature, agreement, agreement switch
    {
        Agreement.Same => same,
        Agreement.Near => near,
        Agreement.Different => different,
        _ => 0,
    });

    /// <summary>Near: day and month swapped, or one digit typed wrong.</summary>
    private static Agreement Dates(DateOnly? one, DateOnly? other)
    {
        if (one is not { } a || other is not { } b)
            return Agreement.Unknown;
        if (a == b)
            return Agreement.Same;
        return (a.Year == b.Year && a.Month == b.Day && a.Day == b.Month) || NameForms.IsOneApart<char>(Digits(a), Digits(b)) ? Agreement.Near : Agreement.Different;
    }

    private static string Digits(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static Agreement Sexes(Sex one, Sex other) =>
        one is Sex.NotCollected || other is Sex.NotCollected ? Agreement.Unknown : one == other ? Agreement.Same : Agreement.Different;

    private static Agreement Families(MatchFeatures one, MatchFeatures other) =>
        one.Household == other.Household || one.Adults.Overlaps(other.Adults) ? Agreement.Same
        : one.Adults.Count == 0 || other.Adults.Count == 0 ? Agreement.Unknown
        : Agreement.Different;

    private static Agreement Places(MatchFeatures one, MatchFeatures other) =>
        one.Village == other.Village ? Agreement.Same : one.Town is { } town && town == other.Town ? Agreement.Near : Agreement.Different;

    private static Agreement Numbers(MatchFeatures one, MatchFeatures other) =>
        one.Number is null || other.Number is null ? Agreement.Unknown : one.Number == other.Number ? Agreement.Same : Agreement.Different;
}
