using LeftBehind.Contracts.Registry;

namespace LeftBehind.Registry.Children;

/// <summary>
/// The grounds on which a child is in difficulty (困境, 国发〔2016〕36号): serious illness, severe disability, de-facto unsupported
/// (事实无人抚养, 民发〔2019〕62号), hardship, guardian missing. Each is told with the source that told it. Pure.
/// </summary>
public static class Difficulty
{
    private const string Policy = "国发〔2016〕36号";
    private const string Unsupported = "民发〔2019〕62号";

    /// <summary>Standing aid shows hardship; temporary and medical aid meet a single need and do not. Platform default.</summary>
    private const AidKinds OfHardship = AidKinds.MinimumLiving | AidKinds.ExtremePoverty;

    /// <summary>The conditions that tell of health, aid or guardian: to be shown to those alone who read these.</summary>
    public static IReadOnlySet<string> Conditions { get; } = Grounds(null, Needs.Unknown).Select(g => g.Finding.Condition).ToHashSet(StringComparer.Ordinal);

    /// <summary>Every ground with what was found.</summary>
    public static IReadOnlyList<(Difficulties Ground, Finding Finding)> Grounds(bool? bothParentsWithoutCapacity, Needs needs) =>
    [
        (Difficulties.SeriousIllness, Ill(needs)),
        (Difficulties.SevereDisability, new("severely disabled (grade 1 or 2)", Known(needs.Disability, d => d.Grade is DisabilityGrade.Grade1 or DisabilityGrade.Grade2), Policy, needs.Disability?.Source)),
        (Difficulties.DeFactoUnsupported, NotSupported(bothParentsWithoutCapacity, needs)),
        (Difficulties.Hardship, Hardship(needs)),
        (Difficulties.GuardianMissing, new("guardian missing", Known(needs.Guardian, g => g.Kind is GuardianKind.Missing), Policy, needs.Guardian?.Source)),
    ];

    /// <summary>The source that told a ground; null where the rule found it, or nobody told it.</summary>
    public static string? SourceOf(Difficulties ground, Needs needs) => Grounds(null, needs).First(g => g.Ground == ground).Finding.Source;

    private static Finding Ill(Needs needs)
    {
        var serious = needs.Illnesses.Values.FirstOrDefault(i => i.Illness is Illness.Serious);
        return new("seriously ill", needs.Illness is null ? null : needs.Illness is Illness.Serious, Policy, serious.Source);
    }

    /// <summary>Both parents without capacity, or civil affairs found so when they granted the allowance.</summary>
    private static Finding NotSupported(bool? bothParentsWithoutCapacity, Needs needs)
    {
        var allowance = Running(needs, AidKinds.BasicLivingAllowance);
        return new("de-facto unsupported", allowance is not null || bothParentsWithoutCapacity is true ? true : bothParentsWithoutCapacity, Unsupported, allowance);
    }

    private static Finding Hardship(Needs needs)
    {
        var source = Running(needs, OfHardship);
        var told = needs.Aids.Keys.Any(k => (k & OfHardship) != 0);
        return new("in hardship (minimum living or extreme poverty aid)", source is not null ? true : told ? false : null, Policy, source);
    }

    private static string? Running(Needs needs, AidKinds kinds) => needs.Aids.Where(a => a.Value.Runs && (a.Key & kinds) != 0).Select(a => a.Value.Source).FirstOrDefault();

    private static bool? Known<T>(T? told, Func<T, bool> holds) where T : struct => told is { } value ? holds(value) : null;
}
